"""Words that exclude each other, one exchanged for the other: « vaut accord », « vaut refus »."""

import functools

from accessform.plain_language.facts.differences import Change, Differences
from accessform.plain_language.facts.negation import denials
from accessform.plain_language.facts.reading import Reading, data

KIND = "opposite"
YOU = frozenset({"vous", "votre", "vos"})
"""Where these come in, one of two parties may have become the reader, and the other alone keep its name."""


def compare_opposites(standard: Reading, variant: Reading) -> Differences:
    """Compare reviewed pairs of opposites: only where each text holds one side alone, and as many denials."""
    found = Differences()
    if _denied(standard) != _denied(variant):
        return found
    before, after = _words(standard), _words(variant)
    spoken_to = bool(YOU & after.keys()) and not YOU & before.keys()
    for one, other in _pairs("pairs") if spoken_to else _pairs("pairs") + _pairs("parties"):
        for here, there in ((one, other), (other, one)):
            if before.keys() & here and not before.keys() & there and after.keys() & there and not after.keys() & here:
                found.changed.append(Change(KIND, _first(before, here), _first(after, there)))
    return found


def _denied(reading: Reading) -> int:
    return sum(len(denials(line)) for line in reading.lines)


def _words(reading: Reading) -> dict[str, str]:
    """Return each word in small letters, with the words as they stand first."""
    words: dict[str, str] = {}
    for line in reading.lines:
        for at, token in enumerate(line.tokens):
            words.setdefault(token.low, line.surface(at, at))
    return words


def _first(words: dict[str, str], side: frozenset[str]) -> str:
    return next(surface for low, surface in words.items() if low in side)


@functools.cache
def _pairs(name: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple((frozenset(one.split()), frozenset(other.split())) for one, other in data("opposites")[name])
