"""Bodies and offices: a variant may not name one that the standard does not, nor give one another's name."""

import functools

from accessform.plain_language.facts.differences import Change, Differences, Fact
from accessform.plain_language.facts.reading import Line, Reading, bare, carries_content, data

KIND = "body"
GENERIC = {"service", "administration"}
"""Words that may stand for a body that the standard leaves unnamed."""
RANKING = {"premier", "première", "ancien", "ancienne", "nouveau", "nouvelle", "dernier", "dernière"}
REACH = 6
"""Tokens behind a body in which its name may go on: « commission de recours amiable »."""


@functools.cache
def body_of(low: str) -> str:
    """Return the class of the body that a word names, empty where it names none."""
    return _bodies().get(low, "") or _bodies().get(low.removesuffix("s"), "")


@functools.cache
def _bodies() -> dict[str, str]:
    return {word: name for name, words in data("actors")["bodies"].items() for word in words.split()}


def compare_bodies(standard: Reading, variant: Reading) -> Differences:
    """Compare the bodies that both texts name, with what tells each from the others of its class."""
    found = Differences()
    before, after = _named(standard), _named(variant)
    known = standard.stems | standard.beginnings
    lost = [words for name, _, words in before if all(name != other for other, _, _ in after)]
    for name, complement, words in after:
        new = all(name != other for other, _, _ in before)
        told = {stem for other, stems, _ in before if other == name for stem in stems}
        gone = told and not any(_like(stem, other) for stem in told for other in variant.stems | variant.beginnings)
        among = told if gone else known
        strange = complement and not any(_like(stem, other) for stem in complement for other in among)
        if (new and not _told_otherwise(name, standard) and (lost or name not in GENERIC)) or (
            strange and not new and complement
        ):
            if lost:
                found.changed.append(Change(KIND, lost[0], words))
            else:
                found.added.append(Fact(KIND, words))
            return found
    return found


def _like(stem: str, other: str) -> bool:
    return stem == other or stem[:4] == other[:4]


def _named(reading: Reading) -> list[tuple[str, tuple[str, ...], str]]:
    """Return the bodies named: class, stems of the complement, words."""
    found = []
    for line in reading.lines:
        position = 0
        while position < len(line.tokens):
            name = "" if _is_verb(line, position) else body_of(line.tokens[position].low)
            if name:
                complement, last = _complement(line, position)
                found.append((name, complement, line.surface(position, last)))
                position = last
            position += 1
    return found


def _is_verb(line: Line, at: int) -> bool:
    """Tell whether « juge » or « expert » is what somebody does: « la commission juge votre dossier »."""
    before = line.tokens[at - 1].low if at else ""
    following = line.tokens[at + 1].low if at + 1 < len(line.tokens) else ""
    if before in ("il", "elle", "on", "ils", "elles", "celui-ci", "celle-ci"):
        return True
    return carries_content(before) and following in ("votre", "vos", "le", "la", "les", "que", "si")


def _complement(line: Line, at: int) -> tuple[tuple[str, ...], int]:
    """Return the stems of « de recours amiable » behind « commission », and the last token of the name."""
    stems: list[str] = []
    last = at
    if at + 1 < len(line.tokens) and line.tokens[at + 1].low not in ("de", "du", "des", "aux"):
        return (), at
    for place in range(at + 1, min(len(line.tokens), at + REACH)):
        low = line.tokens[place].low
        if carries_content(low) and low not in RANKING:
            stems.append(line.tokens[place].stem)
            last = place
            break
        if low not in ("de", "du", "des", "le", "la", "les", "aux") and low not in RANKING:
            break
    return tuple(stems), last


def _told_otherwise(name: str, standard: Reading) -> bool:
    """Tell whether the standard speaks of the body by another word, or leaves it to be understood."""
    allowed = set(data("actors")["understood"].get(name, "").split())
    words = {bare(token.low) for line in standard.lines for token in line.tokens}
    return bool(allowed & (words | standard.stems))
