"""Two lists of quantities compared: each amount of one stands in the other, bounded alike, beside the same words."""

from collections.abc import Iterable
from itertools import combinations

from accessform.plain_language.facts.differences import Change, Differences, Fact
from accessform.plain_language.facts.negation import denials
from accessform.plain_language.facts.quantities import Quantity
from accessform.plain_language.facts.quantity_words import said_in_words
from accessform.plain_language.facts.reading import Reading, bare, carries_content, data

ALIKE = [
    {"within", "at_most", "before"},
    {"after", "more"},
    {"after", "at_least"},
    {"from", "at_least"},
    {"to", "at_most"},
    {"to", "before"},
    {"to", "less"},
    {"from", "more"},
    {"less", "before"},
    {"less", "within"},
    {"not_before", "at_least"},
    {"not_before", "before"},
    {"not_before", "after"},
    {"not_after", "at_most"},
    {"not_after", "within"},
    {"not_after", "before"},
    {"exactly", "at_most"},
    {"exactly", "at_least"},
]
"""Bounds that say the same of a delay or of a range; of two other bounds, one is not the other."""
SOFT = frozenset({"within", "exactly", "after", "from", "to"})
"""Bounds that a bare number may leave to its sentence: « vous avez 15 jours », « de 10 à 20 »."""
FEW = ("2", "3", "4", "5")
"""One of these numbers may only announce a list: « dans deux cas », « à deux conditions », « une des 2 dates »."""
PARTS = {",", ";", "et", "ou"}
NEAR = 7
"""How many tokens on each side of a quantity say what it is the quantity of."""


def compare_quantities(
    standard: tuple[Reading, list[Quantity]], variant: tuple[Reading, list[Quantity]]
) -> Differences:
    """Compare the quantities of two texts."""
    found = Differences()
    before, after = _by_key(standard[1]), _by_key(variant[1])
    lost = [ones for ones in before.values() if not _counterparts(ones, after) and not _announces(standard[0], ones)]
    added = [ones for ones in after.values() if not _counterparts(ones, before) and not _announces(variant[0], ones)]
    lost = [ones for ones in lost if not _is_once(ones[0], after) and not _is_rhythm(ones, after)]
    added = [ones for ones in added if not _is_once(ones[0], before) and not _is_rhythm(ones, before)]
    lost = [ones for ones in lost if not said_in_words(ones[0], standard[0], variant[0])]
    added = [ones for ones in added if not said_in_words(ones[0], variant[0], standard[0])]
    while lost and added:
        one, other = _nearest(lost, added)
        found.changed.append(Change(_kind(one, other), one.text, other.text))
    found.lost += [Fact(_kind(ones[0]), ones[0].text) for ones in lost]
    found.added += [Fact(_kind(ones[0]), ones[0].text) for ones in added]
    for ones in before.values():
        others = _counterparts(ones, after)
        both_deny = _denies(standard[0]) and _denies(variant[0])
        if others and not (both_deny and _loosely_alike(ones, others)):
            _compare_bounds(ones, others, variant[0], found)
    _compare_owners(standard, variant, found)
    return found


def _is_rhythm(ones: list[Quantity], others: dict[tuple[str, str], list[Quantity]]) -> bool:
    """Tell whether it only counts the time between two occasions, which the other text does not count as such."""
    return all(one.rhythm for one in ones) and not any(one.rhythm for listed in others.values() for one in listed)


def _nearest(lost: list[list[Quantity]], added: list[list[Quantity]]) -> tuple[Quantity, Quantity]:
    """Take out the lost and the added amount that most look like one another: the same digits, else the same unit."""
    likeness = [
        (one[0].digits == other[0].digits, one[0].unit == other[0].unit, -at, -place)
        for at, one in enumerate(lost)
        for place, other in enumerate(added)
    ]
    _, _, at, place = max(likeness)
    return lost.pop(-at)[0], added.pop(-place)[0]


def _kind(one: Quantity, other: Quantity | None = None) -> str:
    if one.unit in ("date", "time"):
        return one.unit
    return "unit" if other and one.digits == other.digits and one.unit != other.unit else "number"


def _by_key(listed: Iterable[Quantity]) -> dict[tuple[str, str], list[Quantity]]:
    kept: dict[tuple[str, str], list[Quantity]] = {}
    for quantity in listed:
        kept.setdefault((quantity.value, quantity.unit), []).append(quantity)
    return kept


def _counterparts(ones: list[Quantity], others: dict[tuple[str, str], list[Quantity]]) -> list[Quantity]:
    """Return the quantities of the other text that are the same amount; a unit may be left out, never changed."""
    value, unit = ones[0].value, ones[0].unit
    same = others.get((value, unit), [])
    if same:
        return same
    return [
        other
        for (number, counted), listed in others.items()
        if _ordinal_of(ones[0], listed[0])
        or (
            number == value
            and (not ones[0].measured or not listed[0].measured)
            and (not (ones[0].measured or listed[0].measured) or unit == "" or counted == "")
        )
        for other in listed
    ]


def _is_once(quantity: Quantity, others: dict[tuple[str, str], list[Quantity]]) -> bool:
    """Tell whether it is « 1 fois », which « une fois » says as well, while the other text counts no times."""
    return (quantity.value, quantity.unit) == ("1", "fois") and all(unit != "fois" for _, unit in others)


def _ordinal_of(one: Quantity, other: Quantity) -> bool:
    """Tell whether one is « quatrième (anniversaire) » and the other « 4 (ans) »."""
    if one.measured and other.measured and one.unit != other.unit:
        return False
    return one.digits == other.digits and (one.value.endswith("e") or other.value.endswith("e"))


def _announces(reading: Reading, ones: list[Quantity]) -> bool:
    """Tell whether the number only says how many things the text then lists."""
    for quantity in ones:
        line = reading.lines[quantity.line]
        before = line.tokens[quantity.first - 1].low if quantity.first else ""
        if quantity.measured or quantity.bounds - SOFT or quantity.value not in FEW:
            return False
        behind = line.tokens[quantity.last + 1].low if quantity.last + 1 < len(line.tokens) else ""
        after = line.tokens[quantity.last + 2].low if quantity.last + 2 < len(line.tokens) else ""
        if after == ":" and not quantity.bounds:
            continue
        if behind not in data("numbers")["announced"] and before not in (
            "les",
            "des",
            "ces",
            "vos",
            "aux",
            "le",
            "entre",
        ):
            return False
    return True


def _compare_bounds(ones: list[Quantity], others: list[Quantity], reading: Reading, found: Differences) -> None:
    before, after = _all_bounds(ones), _all_bounds(others)
    ranked = {"before"} if any(quantity.value.endswith("e") for quantity in (*ones, *others)) else set()
    if not before and not after and all(one.denied for one in others) and not any(one.denied for one in ones):
        found.changed.append(Change("negation", ones[0].text, others[0].denied))
        return
    lost = {bound for bound in before if not _agrees(bound, after)}
    added = {bound for bound in after if not _agrees(bound, before)}
    if not (lost or added) or _turned_round(before, after, reading):
        return
    if lost and added:
        found.changed.append(Change("comparator", _said(ones, lost), _said(others, added)))
    elif lost - SOFT - ranked and not before - lost:
        found.lost.append(Fact("comparator", _said(ones, lost)))
    elif added - SOFT - ranked and not after - added:
        found.added.append(Fact("comparator", _said(others, added)))


def _denies(reading: Reading) -> bool:
    return any(denials(line) for line in reading.lines)


def _loosely_alike(ones: list[Quantity], others: list[Quantity]) -> bool:
    """Tell whether two amounts are bounded alike, once what may stand outside the denial is read outside."""
    before, after = _all_bounds(ones), _all_bounds(others)
    outside, without = set().union(*(one.loose for one in ones)), set().union(*(one.loose for one in others))
    same = [{"less", "before"}, {"more", "after"}]
    pairs = [(outside, after), (before, without), (outside, without)]
    return any(one and other and (one == other or (one | other) in same) for one, other in pairs)


def _all_bounds(quantities: list[Quantity]) -> set[str]:
    return set().union(*(quantity.bounds for quantity in quantities))


def _turned_round(before: set[str], after: set[str], variant: Reading) -> bool:
    """Tell whether « périmé si interrompu plus d'un an » became « ne les arrêtez pas plus de 1 an. Sinon… »."""
    opposite = {frozenset(("more", "at_most")), frozenset(("less", "at_least"))}
    return frozenset(before | after) in opposite and any("sinon" in line.low.split() for line in variant.lines)


def _said(quantities: list[Quantity], bounds: set[str]) -> str:
    return next((quantity.around for quantity in quantities if quantity.bounds & bounds), quantities[0].text)


def _agrees(bound: str, others: set[str]) -> bool:
    return bound in others or any({bound, other} <= alike for alike in ALIKE for other in others)


def _compare_owners(
    standard: tuple[Reading, list[Quantity]], variant: tuple[Reading, list[Quantity]], found: Differences
) -> None:
    """Find two amounts that were exchanged: what stood beside the one stands beside the other."""
    before, after = _by_key(standard[1]), _by_key(variant[1])
    both = [key for key in before if key in after and len(before[key]) == 1 and len(after[key]) == 1]
    for one, other in combinations(both, 2):
        if one[1] != other[1]:
            continue
        mine, yours = _beside(standard[0], before[one][0], before[other][0])
        theirs, his = _beside(variant[0], after[one][0], after[other][0])
        straight = len(mine & theirs) + len(yours & his)
        crossed = len(mine & his) + len(yours & theirs)
        if crossed > straight + 1 and mine & his and yours & theirs:
            found.changed.append(Change("number", before[one][0].around, after[other][0].around))


def _beside(reading: Reading, one: Quantity, other: Quantity) -> tuple[set[str], set[str]]:
    """Return the words beside each of two quantities, and not beside both."""
    first, second = _near(reading, one, other), _near(reading, other, one)
    return first - second, second - first


def _near(reading: Reading, quantity: Quantity, other: Quantity) -> set[str]:
    tokens = reading.lines[quantity.line].tokens
    start, end = max(0, quantity.first - NEAR), min(len(tokens), quantity.last + 1 + NEAR)
    if other.line == quantity.line:
        if other.first < quantity.first:
            start = max(start, other.last + 1)
        else:
            end = next((at for at in range(quantity.last, other.first) if tokens[at].low in PARTS), other.first)
    return {bare(token.low)[:5] for token in tokens[start:end] if carries_content(token.low)}
