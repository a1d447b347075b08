"""Two lists of quantities compared: each amount of one stands in the other, bounded alike, beside the same words."""

from collections.abc import Iterable
from itertools import takewhile

from accessform.plain_language.facts.bound_comparison import SOFT, compare_bounds
from accessform.plain_language.facts.differences import Change, Differences, Fact
from accessform.plain_language.facts.quantities import Quantity
from accessform.plain_language.facts.quantity_owners import exchanged
from accessform.plain_language.facts.quantity_words import counted_apart, just_below, one_away, ranks, said_in_words
from accessform.plain_language.facts.reading import Line, Reading, data

FEW = ("2", "3", "4", "5")
"""One of these numbers may only announce a list: « dans deux cas », « à deux conditions », « une des 2 dates »."""
ALREADY_NAMED = frozenset({"les", "des", "ces", "vos", "ses", "leurs", "nos", "tous", "toutes", "aux", "le", "entre"})
"""What stands before the number of things that the text already told: « chez ses 2 parents »."""


def compare_quantities(
    standard: tuple[Reading, list[Quantity]], variant: tuple[Reading, list[Quantity]]
) -> Differences:
    """Compare the quantities of two texts."""
    found = Differences()
    before, after = _by_key(standard[1]), _by_key(variant[1])
    lost = [ones for ones in before.values() if not _counterparts(ones, after) and not _announces(standard[0], ones)]
    added = [
        ones
        for ones in after.values()
        if not _counterparts(ones, before)
        and (not _announces(variant[0], ones) or _counted_otherwise(ones, before))
        and not _steps(variant[0], ones)
        and not _counts_up(ones, before, after)
        and not _counts_the_list(variant[0], ones)
        and not just_below(ones[0], standard[1])
    ]
    lost = [ones for ones in lost if not _is_once(ones[0], after) and not _is_rhythm(ones, after)]
    added = [ones for ones in added if not _is_once(ones[0], before) and not _is_rhythm(ones, before)]
    lost = [ones for ones in lost if not said_in_words(ones[0], standard[0], variant[0])]
    added = [ones for ones in added if not said_in_words(ones[0], variant[0], standard[0])]
    lost, added = _unlike(standard, lost, variant, added), _unlike(variant, added, standard, lost)
    if not lost:
        added = [ones for ones in added if not all(ranks(one, variant[0]) for one in ones)]
    while lost and added:
        one, other = _nearest(lost, added)
        found.changed.append(Change(_kind(one, other), one.text, other.text))
    found.lost += [Fact(_kind(ones[0]), ones[0].text) for ones in lost]
    found.added += [Fact(_kind(ones[0]), ones[0].text) for ones in added]
    for ones in before.values():
        others = _counterparts(ones, after)
        if others:
            compare_bounds((standard[0], ones), (variant[0], others), found)
    found.changed += exchanged(standard, variant)
    return found


def _unlike(
    own: tuple[Reading, list[Quantity]],
    gone: list[list[Quantity]],
    other: tuple[Reading, list[Quantity]],
    others: list[list[Quantity]],
) -> list[list[Quantity]]:
    """Return what no amount of `others`, which one text alone has too, says in another way."""
    rest = [one for ones in others for one in ones]
    return [ones for ones in gone if not one_away(ones[0], rest) and not counted_apart(ones[0], own[0], other[0], rest)]


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
        if _ordinal_of(ones[0], listed[0]) or (number == value and _may_be_one_unit(unit, counted))
        for other in listed
    ]


def _may_be_one_unit(unit: str, other: str) -> bool:
    """Tell whether two units may count the same: one left out, two nouns, or « 5 autorisations » and « 5 fois »."""
    if not unit or not other:
        return True
    return all(one.startswith("=") or one == "fois" for one in (unit, other))


def _is_once(quantity: Quantity, others: dict[tuple[str, str], list[Quantity]]) -> bool:
    """Tell whether it is « 1 fois », which « une fois » says as well, while the other text counts no times."""
    return (quantity.value, quantity.unit) == ("1", "fois") and all(unit != "fois" for _, unit in others)


def _ordinal_of(one: Quantity, other: Quantity) -> bool:
    """Tell whether one is « quatrième (anniversaire) » and the other « 4 (ans) »."""
    if one.measured and other.measured and one.unit != other.unit:
        return False
    if any(listed.measured and listed.unit == "mois" and " an" not in listed.text for listed in (one, other)):
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
        if behind not in data("numbers")["announced"] and before not in ALREADY_NAMED:
            return False
    return True


def _counted_otherwise(ones: list[Quantity], others: dict[tuple[str, str], list[Quantity]]) -> bool:
    """Tell whether the other text counts the same things, and finds another number: « les 3 parents »."""
    unit = ones[0].unit
    return unit.startswith("=") and any(counted == unit for _, counted in others)


def _counts_the_list(reading: Reading, ones: list[Quantity]) -> bool:
    """Tell whether as many items as the number says follow it: « Deux cas : »."""
    for one in ones:
        items = takewhile(_is_item, reading.lines[one.line + 1 :])
        if one.measured or one.bounds or str(len(list(items))) != one.value:
            return False
    return True


def _is_item(line: Line) -> bool:
    return line.item or line.text.lstrip().startswith(("-", "•", "–"))


def _steps(reading: Reading, ones: list[Quantity]) -> bool:
    """Tell whether the number is only the place of a thing in a list: « Étape 1 »."""
    return all(
        one.first and reading.lines[one.line].tokens[one.first - 1].low in data("numbers")["places_in_a_list"]
        for one in ones
    )


def _counts_up(
    ones: list[Quantity],
    before: dict[tuple[str, str], list[Quantity]],
    after: dict[tuple[str, str], list[Quantity]],
) -> bool:
    """Tell whether it stands in « 1, 2 et 3 », of which the standard tells the end: « jusqu'au troisième »."""
    if ones[0].measured or not ones[0].digits.isdigit():
        return False
    told, named = _unmeasured(before), _unmeasured(after)
    return any(set(range(1, end + 1)) <= named and int(ones[0].digits) < end <= len(named) for end in told)


def _unmeasured(listed: dict[tuple[str, str], list[Quantity]]) -> set[int]:
    """Return the whole numbers that count no measure."""
    return {int(one.digits) for ones in listed.values() for one in ones if one.digits.isdigit() and not one.measured}
