"""What bounds a quantity in its sentence: at least, at most, more, less, before, after, within, from, to."""

import functools
import re
from typing import TYPE_CHECKING

from accessform.plain_language.facts.negation import denials, firmly_negated
from accessform.plain_language.facts.reading import Line, data, patterns

if TYPE_CHECKING:
    from accessform.plain_language.facts.quantities import Quantity

SLOT = "‹{}›"
OPPOSITE = {
    "more": "at_most",
    "at_most": "more",
    "less": "at_least",
    "at_least": "less",
    "before": "not_before",
    "after": "not_after",
}
REACH_OF_NE = 8
ATTRIBUTIVE = frozenset({"de", "depuis", "âgé", "âgée", "âgés", "âgées"})
BEING = frozenset({"ni", "pas", "est", "sont", "être", "soit", "soient", "sera", "était"})
TIMES = ("mois", "jour", "heure", "minute", "seconde", "date")


def masked(line: Line, found: "list[Quantity]") -> tuple[str, list[int]]:
    """Return `line.low` with each quantity replaced by its slot, and the offset in it of each token."""
    parts: list[str] = []
    offsets: list[int] = []
    starts = {quantity.first: at for at, quantity in enumerate(found)}
    position = length = 0
    while position < len(line.tokens):
        at = starts.get(position)
        text = line.tokens[position].low if at is None else SLOT.format(at)
        last = position if at is None else found[at].last
        offsets += [length] * (last - position + 1)
        parts.append(text)
        length += len(text) + 1
        position = last + 1
    return " ".join(parts), offsets


def bound(line: Line, found: "list[Quantity]") -> None:
    """Tell each quantity of a sentence what bounds it there, and whether it is denied."""
    if not found:
        return
    low, offsets = masked(line, found)
    negated = firmly_negated(line)
    _ranges(low, found)
    for at, quantity in enumerate(found):
        slot = SLOT.format(at)
        place = low.index(slot)
        first, last = quantity.first, quantity.last
        for name, start, end in _around(low, place, place + len(slot)):
            inside = [token for token, offset in enumerate(offsets) if start <= offset < end]
            said = line.tokens[inside[0]].low if inside else ""
            turned = said not in ("pas", "jamais", "ni") and any(
                token in negated for token in inside if line.tokens[token].low not in ("de", "le")
            )
            attribute = _is_attribute(line, inside, quantity.first)
            turned = (turned and not (attribute and any(one.last < first for one in found))) or (
                name in ("before", "after") and bool(patterns("markers", "denial.whole").search(line.low))
            )
            lasting = _lasts(line, inside, quantity.first)
            if turned and name in OPPOSITE:
                quantity.turned = True
                quantity.lasting |= lasting
                quantity.loose |= {name} if name == "after" or attribute or lasting else set()
            if name == "within" and denials(line):
                quantity.bounds.add("after")
            if name != "within" or quantity.unit in TIMES or quantity.unit.startswith("jour "):
                quantity.bounds.add(OPPOSITE.get(name, name) if turned else name)
            first, last = min([first, *inside]), max([last, *inside])
        quantity.around = line.surface(first, last)
        near = [token.low for token in line.tokens[max(0, first - REACH_OF_NE) : first]]
        if quantity.first in negated and "ne" in near and quantity.unit not in TIMES and "après" not in near:
            quantity.denied = line.surface(max(0, first - REACH_OF_NE), last)
    _share(low, found)


def _before(line: Line, inside: list[int], first: int) -> list[str]:
    """Return the two words before a bound, or before the quantity where the bound stands behind it."""
    start = min([*inside, first])
    return [token.low for token in line.tokens[max(0, start - 2) : start]]


def _is_attribute(line: Line, inside: list[int], first: int) -> bool:
    """Tell whether a bound belongs to a noun or to what goes on, and not to what is denied.

    « n'est pas ouvert aux personnes de moins de 25 ans », « ne paie plus depuis au moins un mois ».
    """
    before = _before(line, inside, first)
    if not before or before[-1] not in ATTRIBUTIVE:
        return False
    return before[-1] != "de" or before[0] not in BEING


def _lasts(line: Line, inside: list[int], first: int) -> bool:
    """Tell whether a bound may stand outside the denial: « n'a rien fait pendant plus de 30 minutes »."""
    return bool(set(_before(line, inside, first)[-1:]) & {"pendant", "durant"})


def _around(low: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return the bounds that stand just before and just behind the slot, with their place."""
    found: list[tuple[str, int, int]] = []
    before = low[:start].rstrip()
    for name in data("numbers")["before"]:
        match = _ending(name).search(before)
        if match and (not found or match.start() < found[0][1]):
            found = [(name, match.start(), match.end())]
    for name in data("numbers")["behind"]:
        behind = _beginning(name).match(low[end:])
        if behind and before.endswith(" depuis"):
            found = []
        if behind and all(kept[0] in ("within", "after") for kept in found):
            found.append((name, end + behind.end() - 1, end + behind.end()))
    return found


def _ending(name: str) -> re.Pattern[str]:
    return _compiled(
        _any(data("numbers")["before"][name])
        + r"(?: - (?:t - )?(?:ils?|elles?|on|vous))?(?: (?:le|un|ce|votre) (?:plafond|seuil|maximum|minimum|total))?"
        + r"(?: de)?(?: un délai de)?(?: les?| la| vos| ses| une? somme de| âge de| le âge de)?(?: \()?$"
    )


def _beginning(name: str) -> re.Pattern[str]:
    return _compiled(
        r"(?: par [^ ]+| de [^ ]+| (?:en|par|dans) (?:le )?‹\d+›)?(?: [^ ,.;:‹]+){0,7}?(?: ,)? ?"
        + _any(data("numbers")["behind"][name])
        + r"(?![^ ])(?:(?<= plus)(?= dans )|(?! (?:le |la |les |à |au |de |dans |sous |du )?‹))"
    )


def _any(listed: list[str]) -> str:
    return r"(?<![^ ])(?:" + "|".join(sorted(listed, key=len, reverse=True)) + ")"


@functools.cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


RANGES = (
    re.compile(r"entre (?:le |la |les )?‹(\d+)›(?: [^ ‹,.;]+){0,6}? et (?:le |la |les )?‹(\d+)›"),
    re.compile(r"‹(\d+)› à ‹(\d+)›"),
)


def _ranges(low: str, found: "list[Quantity]") -> None:
    for pattern in RANGES:
        for match in pattern.finditer(low):
            first, second = found[int(match.group(1))], found[int(match.group(2))]
            if not first.measured and second.measured:
                first.share_unit_of(second)
            first.bounds.add("from")
            second.bounds.add("to")


WORDS_BETWEEN = r"(?: [^ ,.;:?!‹]+){0,10}?"
SHARING = (
    re.compile(rf"‹(\d+)›{WORDS_BETWEEN} (?:et|ou){WORDS_BETWEEN} ‹(\d+)›"),
    re.compile(rf"‹(\d+)›{WORDS_BETWEEN} (?:, )?(?:soit|c'est-à-dire|ce qui fait|=) (?:de )?‹(\d+)›"),
)
"""« pas plus d'un mois pour… et deux mois pour… », « dans la limite de 60 %, soit 964 heures »: one bound for two."""


def _share(low: str, found: "list[Quantity]") -> None:
    for pattern, same_unit in zip(SHARING, (True, False), strict=True):
        for match in pattern.finditer(low):
            first, second = found[int(match.group(1))], found[int(match.group(2))]
            if first.measured and second.measured and (first.unit == second.unit or not same_unit):
                first.shared |= second.bounds
                second.shared |= first.bounds
