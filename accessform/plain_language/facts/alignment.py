"""Which sentences of a variant speak of which sentences of the standard."""

from dataclasses import dataclass

from accessform.plain_language.facts.reading import Line, Reading

CLOSE = 0.34
"""Share of a sentence's words that another sentence must hold to be joined to its group as well."""


@dataclass(frozen=True)
class Group:
    """Sentences of the standard and those of the variant that say the same things, as far as their words tell."""

    standard: tuple[Line, ...]
    variant: tuple[Line, ...]


def groups_of(standard: Reading, variant: Reading) -> list[Group]:
    """Return the groups, in the order of the standard; every sentence stands in exactly one."""
    if not standard.lines or not variant.lines:
        return [Group(standard.lines, variant.lines)]
    owner = _owners(standard, variant)
    home = {at: at for at in range(len(standard.lines))}
    for at, line in enumerate(standard.lines):
        if at not in owner.values():
            nearest = _nearest_owned(line, at, owner, variant)
            home[at] = home[nearest]
    return [
        Group(
            tuple(line for at, line in enumerate(standard.lines) if home[at] == root),
            tuple(line for at, line in enumerate(variant.lines) if home[owner[at]] == root),
        )
        for root in sorted(set(home.values()))
    ]


def _owners(standard: Reading, variant: Reading) -> dict[int, int]:
    """Return for each sentence of the variant the sentence of the standard that it shares most words with."""
    owner: dict[int, int] = {}
    last = 0
    for at, line in enumerate(variant.lines):
        shares = [_shared(line, other) for other in standard.lines]
        best = max(shares)
        near = [place for place, share in enumerate(shares) if share == best]
        owner[at] = min(near, key=lambda place: (abs(place - last), place)) if best > 0 else last
        last = owner[at]
    return owner


def _nearest_owned(line: Line, at: int, owner: dict[int, int], variant: Reading) -> int:
    """Return the sentence of the standard whose group holds what most resembles `line`."""
    shares = [
        (_shared(line, other), -abs(owner[place] - at), owner[place]) for place, other in enumerate(variant.lines)
    ]
    return max(shares)[2]


def _shared(line: Line, other: Line) -> float:
    """Return how much of two sentences is common: shared stems against the shorter of both, rare ones alike."""
    common = len(line.marks & other.marks)
    return common / (min(len(line.marks), len(other.marks)) or 1) + common / 100
