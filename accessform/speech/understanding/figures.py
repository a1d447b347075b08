"""Numbers said piece by piece – telephone, postal code, account – as the strings of figures they may be."""

from collections.abc import Mapping
from dataclasses import dataclass

from accessform.speech.understanding.numerals import readings
from accessform.speech.understanding.transcript import Tokens

MOST_READINGS = 600
"""Ways of cutting one utterance that are followed from a place, those of fewest pieces: a telephone makes hundreds."""
BROKEN = 10
"""What a cut through words that a hyphen joins costs, in pieces: more than any number of pieces saves."""
TIMES = {"double": 2, "doubles": 2, "triple": 3, "triples": 3}
NAMED_TIMES = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_ARTICLES = frozenset({"le", "la", "l", "les", "un", "de"})
_SKIPPED = frozenset({"cle", "clef", "la", "est",
    "et", "puis", "ensuite", "apres", ".", "-", "/", "espace", "tiret", "point",
})  # fmt: skip


@dataclass(frozen=True)
class Cut:
    """One way to read the tokens as figures, with the number of pieces it takes."""

    text: str
    pieces: int


def cuts(tokens: Tokens, longest: int, letters: Mapping[str, str] | None = None) -> tuple[Cut, ...]:
    """Return every way to read all the tokens as figures, of `longest` signs at most, fewest pieces first.

    `letters` gives the letters that some words stand for. Nothing comes back where a token is neither.
    """
    ways: dict[int, dict[str, int]] = {0: {"": 0}}
    for place in range(len(tokens)):
        so_far = ways.pop(place, {})
        if len(so_far) > MOST_READINGS:
            so_far = dict(sorted(so_far.items(), key=lambda way: way[1])[:MOST_READINGS])
        for text, end, cost in _pieces(tokens, place, letters or {}):
            following = ways.setdefault(end, {})
            for before, pieces in so_far.items():
                joined = before + text
                if len(joined) <= longest:
                    following[joined] = min(following.get(joined, 10**6), pieces + cost)
    found = ways.get(len(tokens), {})
    return tuple(sorted((Cut(text, pieces) for text, pieces in found.items() if text), key=lambda cut: cut.pieces))


def _pieces(tokens: Tokens, place: int, letters: Mapping[str, str]) -> list[tuple[str, int, int]]:
    """Return the pieces that may begin at `place`: their text, the place after, their cost."""
    token = tokens[place]
    if token.word in letters:
        return [(letters[token.word], place + 1, 1)]
    if token.word in _SKIPPED:
        return [("", place + 1, 0)]
    if repeated := _repeated(tokens, place):
        return repeated
    if token.is_figure:
        plain = [(token.word, place + 1, 1)]
        mixed = [(str(value), end, 1) for value, end in readings(tokens, place) if _has_words(tokens, place, end)]
        return plain + mixed
    return [
        (str(value), end, 1 + BROKEN * _breaks(tokens, end)) for value, end in readings(tokens, place)
    ]  # fmt: skip


def _has_words(tokens: Tokens, start: int, end: int) -> bool:
    return any(not tokens[place].is_figure for place in range(start, end))


def _breaks(tokens: Tokens, end: int) -> bool:
    return end < len(tokens) and tokens[end].joined


def _repeated(tokens: Tokens, place: int) -> list[tuple[str, int, int]]:
    """Return « deux fois le huit », « double zéro », « trois zéros » as the figures they stand for."""
    word = tokens[place].word
    after = place + 1
    following = tokens[after].word if after < len(tokens) else ""
    times = TIMES.get(word)
    if times is None and following == "fois":
        times, after = NAMED_TIMES.get(word), after + 1
    elif times is None and following == "zeros" and word in NAMED_TIMES:
        return [("0" * NAMED_TIMES[word], after + 1, 1)]
    if times is None:
        return []
    if after < len(tokens) and tokens[after].word in _ARTICLES and after + 1 < len(tokens):
        after += 1
    return [
        (_as_written(tokens, after, value, end) * times, end, 1) for value, end in readings(tokens, after)
    ] or _figure_with_zero(tokens, after, times)


def _as_written(tokens: Tokens, start: int, value: int, end: int) -> str:
    return tokens[start].word if end == start + 1 and tokens[start].is_figure else str(value)


def _figure_with_zero(tokens: Tokens, place: int, times: int) -> list[tuple[str, int, int]]:
    if place < len(tokens) and tokens[place].is_figure:
        return [(tokens[place].word * times, place + 1, 1)]
    return []
