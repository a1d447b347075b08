"""What each amount is the amount of: two amounts may not change places between the things or acts beside them."""

from collections.abc import Sequence
from itertools import combinations

from accessform.plain_language.facts.differences import Change
from accessform.plain_language.facts.nearness import crossed, nearest
from accessform.plain_language.facts.quantities import Quantity
from accessform.plain_language.facts.reading import Reading

Key = tuple[str, str]
FEW = 3
"""Words with which a sentence says by itself what its amount is of; « Il a 48 heures. » takes those before it."""


def exchanged(standard: tuple[Reading, list[Quantity]], variant: tuple[Reading, list[Quantity]]) -> list[Change]:
    """Return the first two amounts of one unit that changed places: the words of each stand nearer to the other."""
    before, after = _words(*standard), _words(*variant)
    both = [key for key in before if key in after]
    for one, other in combinations(both, 2):
        if one[1] == other[1] and crossed((before[one], before[other]), (after[one], after[other])):
            return [Change("number", _told(one, standard[1]), _told(other, variant[1]))]
    return []


def _told(key: Key, listed: Sequence[Quantity]) -> str:
    return next(one.around for one in listed if (one.value, one.unit) == key)


def _words(reading: Reading, listed: Sequence[Quantity]) -> dict[Key, set[str]]:
    """Return the stems of the words that stand nearest to each amount, all its mentions together."""
    found: dict[Key, set[str]] = {}
    for number, line in enumerate(reading.lines):
        here = [one for one in listed if one.line == number]
        near = nearest(line, [(one.first, one.last) for one in here])
        for one, stems in zip(here, near, strict=True):
            mine = found.setdefault((one.value, one.unit), set())
            mine |= stems
            if len(mine) < FEW and number and all(other.line != number - 1 for other in listed):
                mine |= reading.lines[number - 1].stems
    return found
