"""Names that sound alike: a key of how a French name sounds, and the distance between two spellings."""

import re

_SOUNDS = (
    (r"[^a-z]", ""), (r"ph", "f"), (r"qu", "k"), (r"c(?=[eiy])", "s"), (r"sch|sh", "ch"), (r"ch", "C"), (r"c", "k"),
    (r"q", "k"),
    (r"g(?=[eiy])", "j"), (r"gu(?=[ei])", "g"), (r"y", "i"), (r"h", ""), (r"eau|au", "o"),
    (r"ai|ei|et$|er$|ez$", "e"),
    (r"[ae][mn](?![aeiou])", "A"), (r"[iu][mn](?![aeiou])", "I"), (r"o[mn](?![aeiou])", "O"), (r"z", "s"),
    (r"w", "v"), (r"x$", ""),
    (r"(.)\1+", r"\1"), (r"(?:e?[stdpxz])+$", ""), (r"e$", ""), (r"(.)\1+", r"\1"),
)  # fmt: skip
_RULES = tuple((re.compile(pattern), sound) for pattern, sound in _SOUNDS)


def sound_of(key: str) -> str:
    """Return a rough key of how a folded name sounds: « renne » and « rennes » share it."""
    for pattern, sound in _RULES:
        key = pattern.sub(sound, key)
    return key


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters are added, dropped, changed or swapped between two names; `most` + 1 beyond `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        here = [row]
        for column, facing in enumerate(other, start=1):
            cost = min(above[column] + 1, here[column - 1] + 1, above[column - 1] + (letter != facing))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == facing:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        if min(here) > most:
            return most + 1
        before, above = above, here
    return above[-1]
