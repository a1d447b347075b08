"""Quantities: a number, its unit, and what bounds it (at least, at most, more, less, within, after)."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from accessform.plain_language.facts.literals import Literal
from accessform.plain_language.facts.negation import denials, firmly_negated
from accessform.plain_language.facts.numerals import Numeral, numeral_at
from accessform.plain_language.facts.reading import Line, Reading, carries_content, data, stem_of

SLOT = "‹{}›"
IN_A_SLOT = re.compile(r"‹(\d+)›")
OPPOSITE = {
    "more": "at_most",
    "at_most": "more",
    "less": "at_least",
    "at_least": "less",
    "before": "at_least",
    "after": "before",
}
HOURS_IN_A_DAY = 24
TIMES = ("mois", "jour", "heure", "minute", "seconde", "date")
DATED = ("date", "time")


@dataclass(eq=False)
class Quantity:
    """A number with its unit as counted (months for years, days for weeks) and its bounds."""

    value: str
    unit: str
    text: str
    line: int
    first: int
    last: int
    bounds: set[str] = field(default_factory=set)
    told: str = ""
    around: str = ""
    """The quantity with the words that bound it."""

    @property
    def digits(self) -> str:
        """Return the number as it was told, before its unit was converted."""
        return self.told or self.value

    @property
    def measured(self) -> bool:
        """Tell whether the unit is one of measure, money or time, and not a noun counted."""
        return self.unit != "" and not self.unit.startswith("=")


def quantities_of(reading: Reading, literals: Sequence[Literal]) -> list[Quantity]:
    """Return the quantities of `reading`, dates and times of day among them, out of its other literals."""
    taken = {point: literal for literal in literals for point in range(literal.start, literal.end)}
    found: list[Quantity] = []
    for at, line in enumerate(reading.lines):
        inside = _in_line(line, at, taken)
        _bound(line, inside)
        found += inside
    return found


def _in_line(line: Line, number: int, taken: dict[int, Literal]) -> list[Quantity]:
    found: list[Quantity] = []
    position = 0
    while position < len(line.tokens):
        literal = taken.get(line.tokens[position].start)
        if literal:
            last = max(at for at, token in enumerate(line.tokens) if token.start < literal.end)
            if literal.kind in DATED:
                surface = line.surface(position, last)
                found.append(Quantity(literal.key, literal.kind, surface, number, position, last))
            position = last + 1
            continue
        numeral = _numeral(line, position)
        if numeral is None:
            position += 1
            continue
        quantity = _with_unit(line, number, numeral)
        found += [] if _comes_back(line, numeral.first) else [quantity]
        position = quantity.last + 1
    return found


def _numeral(line: Line, at: int) -> Numeral | None:
    numeral = numeral_at(line.tokens, at)
    if numeral or line.tokens[at].low not in ("un", "une", "le", "la", "l'année"):
        return numeral
    return _one(line, at)


ONE_BEFORE = {"moins", "plus", "maximum", "minimum"}
LAST_WORDS_BEFORE_THE_PERIOD = {"dans", "sous"}


def _one(line: Line, at: int) -> Numeral | None:
    """Return 1 for « un mois », « au moins un membre », « dans l'année », not for the article « un »."""
    lows = [token.low for token in line.tokens[max(0, at - 3) : at + 3]]
    here = min(at, 3)
    following = lows[here + 1] if here + 1 < len(lows) else ""
    before = lows[here - 1] if here else ""
    if line.tokens[at].low in ("le", "la"):
        counted = following in ("mois", "année", "semaine", "trimestre", "jour")
        return Numeral("1", at, at) if before == "dans" and counted else None
    if following in ("et", "à") and here + 2 < len(lows) and numeral_at(line.tokens, at + 2):
        return Numeral("1", at, at)
    if (
        following in _units()
        and following
        not in ("point", "points", "seconde", "m", "t", "fois", "heure", "minute", "jour", "euros", "reprise")
    ) or (following == "fois" and before in ONE_BEFORE):
        return Numeral("1", at, at)
    if before in ("moins", "maximum", "minimum") or (
        before == "de" and here > 1 and lows[here - 2] in ("plus", "moins")
    ):
        return Numeral("1", at, at)
    if following in ("jour", "heure", "minute") and before in ("de", "dans", "sous", "pendant", "avez", "a"):
        return Numeral("1", at, at)
    return None


def _comes_back(line: Line, first: int) -> bool:
    """Tell whether the number counts the time between two occasions: « tous les trois mois »."""
    return " ".join(token.low for token in line.tokens[max(0, first - 2) : first]) in ("tous les", "toutes les")


@functools.cache
def _units() -> dict[str, tuple[str, int]]:
    return {word: (unit, count) for unit, count, words in data("numbers")["units"].values() for word in words.split()}


def _with_unit(line: Line, number: int, numeral: Numeral) -> Quantity:
    value, unit, last = numeral.value, "", numeral.last
    after = last + 1
    while after < len(line.tokens) and line.tokens[after].low in (
        "de",
        "dernier",
        "derniers",
        "dernières",
        "premiers",
        "premières",
        "prochains",
        "bons",
        "des",
        "autres",
        "longs",
    ):
        after += 1
    low = line.tokens[after].low if after < len(line.tokens) else ""
    longer = (
        next(
            (words for words in data("numbers")["longer_units"] if line.low[line.offsets[after] :].startswith(words)),
            "",
        )
        if low
        else ""
    )
    units = _units()
    if longer:
        unit, last = data("numbers")["longer_units"][longer], after + longer.count(" ")
    elif low in units and not (low in ("h", "m", "t", "l", "g") and line.tokens[after].text.isupper()):
        unit, count = units[low]
        value, last = _times(value, count), after
        unit, last = _kind_of_days(line, unit, last)
        value, unit = (
            (_times(value, 1, HOURS_IN_A_DAY), "jour") if unit == "heure" and _whole_days(value) else (value, unit)
        )
    elif low and carries_content(low) and not numeral.ordinal and after == numeral.last + 1:
        unit = "=" + stem_of(low)
    return Quantity(
        value + ("e" if numeral.ordinal else ""),
        unit,
        line.surface(numeral.first, last),
        number,
        numeral.first,
        last,
        told=numeral.value,
    )


def _kind_of_days(line: Line, unit: str, last: int) -> tuple[str, int]:
    following = line.tokens[last + 1].low if last + 1 < len(line.tokens) else ""
    for kind, words in data("numbers")["kinds_of_days"].items():
        if unit == "jour" and following in words:
            return f"jour {kind}", last + 1
    return unit, last


def _times(value: str, count: int, divided: int = 1) -> str:
    try:
        whole = format(Decimal(value) * count / divided, "f")
    except (InvalidOperation, ValueError):
        return value
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def _whole_days(value: str) -> bool:
    return (
        value.isdigit()
        and len(value) < HOURS_IN_A_DAY
        and int(value) >= HOURS_IN_A_DAY
        and int(value) % HOURS_IN_A_DAY == 0
    )


def masked(line: Line, found: list[Quantity]) -> tuple[str, list[int]]:
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


def _bound(line: Line, found: list[Quantity]) -> None:
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
            turned = any(token in negated for token in inside if line.tokens[token].low not in ("pas", "de", "le"))
            if name == "within" and denials(line):
                quantity.bounds.add("after")
            if name != "within" or quantity.unit in TIMES or quantity.unit.startswith("jour "):
                quantity.bounds.add(OPPOSITE.get(name, name) if turned else name)
            first, last = min([first, *inside]), max([last, *inside])
        quantity.around = line.surface(first, last)


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
        if behind and all(kept[0] in ("within", "after") for kept in found):
            found.append((name, end + behind.end() - 1, end + behind.end()))
    return found


def _ending(name: str) -> re.Pattern[str]:
    return _compiled(
        _any(data("numbers")["before"][name]) + r"(?: de)?(?: un délai de)?(?: les?| la| une? somme de)?(?: \()?$"
    )


def _beginning(name: str) -> re.Pattern[str]:
    return _compiled(
        r"(?: par [^ ]+| de [^ ]+)?(?: [^ ,.;:‹]+){0,5}?(?: ,)? ?"
        + _any(data("numbers")["behind"][name])
        + r"(?![^ ])(?! (?:le |la |les |à |au |de |dans |sous |du )?‹)"
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


def _ranges(low: str, found: list[Quantity]) -> None:
    for pattern in RANGES:
        for match in pattern.finditer(low):
            first, second = found[int(match.group(1))], found[int(match.group(2))]
            if not first.measured and second.measured:
                _share_unit(first, second)
            first.bounds.add("from")
            second.bounds.add("to")


def _share_unit(first: Quantity, second: Quantity) -> None:
    first.unit = second.unit
    if first.value.isdigit() and second.text:
        word = second.text.split()[-1].lower()
        first.value = _times(first.value, _units().get(word, ("", 1))[1])
