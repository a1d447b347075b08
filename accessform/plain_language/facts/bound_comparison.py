"""What bounds one amount in two texts: the same, what says the same, or the other side said the other way round."""

from accessform.plain_language.facts.differences import Change, Differences, Fact
from accessform.plain_language.facts.negation import denials
from accessform.plain_language.facts.quantities import Quantity
from accessform.plain_language.facts.reading import Reading, patterns

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
COMPLEMENTS = {
    "more": {"at_most", "within", "before", "to"},
    "at_most": {"more", "after"},
    "within": {"more", "after"},
    "to": {"more", "after"},
    "less": {"at_least", "from"},
    "at_least": {"less", "before"},
    "from": {"less", "before"},
    "before": {"at_least", "after", "from", "not_before", "more"},
    "after": {"before", "within", "at_most"},
}
"""The other side of each bound: what is not « au moins 25 » is « moins de 25 »."""
LOWER = frozenset({"at_least", "more", "after", "from", "not_before"})
"""Bounds with what is more on their side."""
RANKED = frozenset({"before", "at_most"})
"""Bounds that an ordinal carries by itself: « jusqu'au troisième », « les trois premiers »."""
Found = tuple[Reading, list[Quantity]]
"""A text, and the mentions in it of one amount."""


def compare_bounds(standard: Found, variant: Found, found: Differences) -> None:
    """Compare what bounds one amount; what the one text says of one side the other may deny of the other side."""
    ones, others = standard[1], variant[1]
    before, after = _all_bounds(ones), _all_bounds(others)
    ranked = RANKED if any(quantity.value.endswith("e") for quantity in (*ones, *others)) else frozenset[str]()
    if not before and not after and all(one.denied for one in others) and not any(one.denied for one in ones):
        found.changed.append(Change("negation", ones[0].text, others[0].denied))
        return
    lost = {bound for bound in before if not _agrees(bound, after)}
    added = {bound for bound in after if not _agrees(bound, before)}
    if not (lost or added) or _loosely_alike(standard, variant):
        return
    if lost and added:
        if not (_said_from_the_other_side(standard, variant) or _turned_round(before, after, variant[0])):
            found.changed.append(Change("comparator", _said(ones, lost), _said(others, added)))
    elif lost - SOFT - ranked and not before - lost and not (_carried(lost, ones) or _beside(lost, variant)):
        found.lost.append(Fact("comparator", _said(ones, lost)))
    elif added - SOFT - ranked and (not after - added or _strange(added, before)) and not _carried(added, ones):
        found.added.append(Fact("comparator", _said(others, added)))


def _strange(added: set[str], before: set[str]) -> bool:
    """Tell whether a bound beside the right one is not its other side: « plus de 6 mois », « 6 mois ou plus »."""
    sides = set().union(*(COMPLEMENTS.get(bound, set()) for bound in before))
    return bool(before) and bool(added - SOFT - sides - {"about", "not_before", "not_after"})


def _beside(bounds: set[str], variant: Found) -> bool:
    """Tell whether the sentence of an amount, or one beside it, bounds it: « Combien ? 4 ou davantage »."""
    reading, quantities = variant
    sides = {"more" if bound in LOWER else "less" for bound in bounds}
    around = [line for one in quantities for line in reading.lines[max(0, one.line - 1) : one.line + 2]]
    return all(any(patterns("numbers", f"bounded_beside.{side}").search(line.low) for line in around) for side in sides)


def _carried(bounds: set[str], quantities: list[Quantity]) -> bool:
    """Tell whether the amount that a quantity is joined to carries these bounds for both."""
    shared = set().union(*(quantity.shared for quantity in quantities))
    return all(_agrees(bound, shared) for bound in bounds)


def _said_from_the_other_side(standard: Found, variant: Found) -> bool:
    """Tell whether « au moins 25 ans : oui » became « moins de 25 ans : non », the amount on the same side."""
    before, after = _all_bounds(standard[1]), _all_bounds(variant[1])
    if any(one.turned for one in (*standard[1], *variant[1])):
        return False
    if not all(after & COMPLEMENTS.get(bound, set()) for bound in before):
        return False
    return _denies(standard) != _denies(variant) or any(
        patterns("numbers", "other_side").search(line.low) for line in variant[0].lines
    )


def _denies(found: Found) -> bool:
    """Tell whether the sentence of an amount denies, or the answer to its question; « sinon » behind turns it."""
    reading, quantities = found
    for quantity in quantities:
        following = reading.lines[quantity.line + 1 : quantity.line + 2]
        line = reading.lines[quantity.line]
        around = [line, *(following if line.question else ())]
        denied = any(denials(one) or patterns("numbers", "none").search(one.low) for one in around)
        turned = any("sinon" in one.low.split() for one in (line, *following))
        if denied != turned:
            return True
    return False


def _loosely_alike(standard: Found, variant: Found) -> bool:
    """Tell whether two amounts are bounded alike, once what may stand outside the denial is read outside.

    Where both deny, both are read outside; where one text says by a noun what the other denies (« le silence gardé
    pendant plus de 4 mois », « ne répond pas pendant plus de 4 mois »), only what lasts is.
    """
    before, after = _all_bounds(standard[1]), _all_bounds(variant[1])
    outside, without = (set().union(*(one.loose for one in listed)) for listed in (standard[1], variant[1]))
    both_deny = all(any(denials(line) for line in reading.lines) for reading, _ in (standard, variant))
    if not both_deny and not any(one.lasting for one in (*standard[1], *variant[1])):
        return False
    pairs = [(outside, without)] if outside and without else [(outside, after), (before, without)]
    same = [{"less", "before"}, {"more", "after"}]
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
