"""Quantities: a number, its unit, and what bounds it (at least, at most, more, less, within, after)."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from accessform.plain_language.facts.bounds import bound
from accessform.plain_language.facts.literals import Literal
from accessform.plain_language.facts.numerals import Numeral, numeral_at
from accessform.plain_language.facts.reading import Line, Reading, carries_content, data, patterns, stem_of

HOURS_IN_A_DAY = 24
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
    loose: set[str] = field(default_factory=set)
    """Bounds as they are outside the denial, where they may stand outside: « n'a rien fait pendant plus de… »."""
    turned: bool = False
    """Whether a denial turned one of its bounds: « ne dépasse pas 3 » is at most 3."""
    lasting: bool = False
    """Whether it is how long something lasts or does not: « pendant plus de 4 mois »."""
    shared: set[str] = field(default_factory=set)
    """Bounds of the quantity that it is joined to: « pas plus d'un mois et deux mois », « 60 %, soit 964 heures »."""
    told: str = ""
    rhythm: bool = False
    """Whether it counts the time between two occasions: « tous les trois mois »."""
    denied: str = ""
    """The words that deny it, from « ne » on, where the amount is the object of what is denied."""
    around: str = ""
    """The quantity with the words that bound it."""

    def share_unit_of(self, other: "Quantity") -> None:
        """Take the unit of the other end of a range: in « de 16 à 25 ans », 16 is of years."""
        self.unit = other.unit
        if self.value.isdigit() and other.text:
            self.value = _times(self.value, _units().get(other.text.split()[-1].lower(), ("", 1))[1])

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
        bound(line, inside)
        found += inside
    return found


def _in_line(line: Line, number: int, taken: dict[int, Literal]) -> list[Quantity]:
    found: list[Quantity] = []
    position = 0
    idioms = {
        at
        for match in patterns("numbers", "idioms").finditer(line.low)
        for at in range(line.token_at(match.start()), line.token_at(match.end() - 1) + 1)
    }
    while position < len(line.tokens):
        if position in idioms:
            position += 1
            continue
        literal = taken.get(line.tokens[position].start)
        if literal:
            last = max(at for at, token in enumerate(line.tokens) if token.start < literal.end)
            if literal.kind in DATED:
                found.append(_dated(line, number, literal, position, last))
            position = last + 1
            continue
        numeral = _numeral(line, position)
        if numeral is None:
            position += 1
            continue
        quantity = _with_unit(line, number, numeral)
        quantity.rhythm = _comes_back(line, numeral.first)
        found.append(quantity)
        position = quantity.last + 1
    return found


def _dated(line: Line, number: int, literal: Literal, first: int, last: int) -> Quantity:
    """Return a date or a time of day; « 8 heures » is 8 hours, as « huit heures » is."""
    hours = literal.key.removesuffix(":00")
    value, unit = (hours, "heure") if literal.kind == "time" and hours != literal.key else (literal.key, literal.kind)
    return Quantity(value, unit, line.surface(first, last), number, first, last)


def _numeral(line: Line, at: int) -> Numeral | None:
    numeral = numeral_at(line.tokens, at)
    if numeral or line.tokens[at].low not in ("un", "une", "le", "la", "l'année"):
        return numeral
    return _one(line, at)


OF_A_YEAR = frozenset({"scolaire", "civile", "universitaire", "fiscale", "en"})
"""What follows the year that is meant, and no delay of a year: « dans l'année scolaire »."""
ONE_BEFORE = {"moins", "plus", "maximum", "minimum"}


def _one(line: Line, at: int) -> Numeral | None:
    """Return 1 for « un mois », « au moins un membre », « dans l'année », not for the article « un »."""
    lows = [token.low for token in line.tokens[max(0, at - 3) : at + 3]]
    here = min(at, 3)
    following = lows[here + 1] if here + 1 < len(lows) else ""
    before = lows[here - 1] if here else ""
    if line.tokens[at].low in ("le", "la"):
        after = lows[here + 2] if here + 2 < len(lows) else ""
        counted = following in ("mois", "année", "semaine", "trimestre", "jour") and after not in OF_A_YEAR
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
        before == "de" and here > 1 and lows[here - 2] in ("plus", "moins") and "à" not in lows[: here - 2]
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


PASSED_OVER = frozenset(
    "de des dernier derniers dernières premiers premières prochains bons autres longs".split()  # noqa: SIM905
)
"""Words that may stand between a number and its unit: « les trois premiers mois »."""
SHORT_SIGNS = ("h", "m", "t", "l", "g")


def _with_unit(line: Line, number: int, numeral: Numeral) -> Quantity:
    """Return the number with the unit behind it, the noun that it counts, or nothing."""
    share = numeral.value.endswith(" %")
    value, unit, last = numeral.value.removesuffix(" %"), "%" if share else "", numeral.last
    after = next((at for at in range(last + 1, len(line.tokens)) if line.tokens[at].low not in PASSED_OVER), None)
    if after is not None and not share:
        value, unit, last = _unit_at(line, after, numeral)
    return Quantity(
        value + ("e" if numeral.ordinal else ""),
        unit,
        line.surface(numeral.first, last),
        number,
        numeral.first,
        last,
        told=numeral.value,
    )


def _unit_at(line: Line, after: int, numeral: Numeral) -> tuple[str, str, int]:
    """Return the value, the unit and the last token of a number whose unit, if it has one, is token `after`."""
    token = line.tokens[after]
    longer = next(
        (said for said in data("numbers")["longer_units"] if line.low[line.offsets[after] :].startswith(said)), ""
    )
    if longer:
        return numeral.value, data("numbers")["longer_units"][longer], after + longer.count(" ")
    if token.low in _units() and not (token.low in SHORT_SIGNS and token.text.isupper()):
        return _converted(line, after, numeral.value)
    if carries_content(token.low) and not numeral.ordinal and after == numeral.last + 1:
        return numeral.value, "=" + stem_of(token.low), numeral.last
    return numeral.value, "", numeral.last


def _converted(line: Line, after: int, value: str) -> tuple[str, str, int]:
    """Return a measure in the unit that it is counted in: « un an et demi » is 18 months, « 48 heures » 2 days."""
    unit, count = _units()[line.tokens[after].low]
    value = _times(value, count)
    unit, last = _kind_of_days(line, unit, after)
    if [token.low for token in line.tokens[last + 1 : last + 3]] in (["et", "demi"], ["et", "demie"]):
        value, last = _and_a_half(value, count), last + 2
    if unit == "heure" and _whole_days(value):
        return _times(value, 1, HOURS_IN_A_DAY), "jour", last
    return value, unit, last


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


def _and_a_half(value: str, count: int) -> str:
    """Add half a unit, `count` being how many of what is counted the unit makes: « un an et demi » is 18 months."""
    return _times(str(Decimal(value) * 2 + count), 1, 2) if value.isdigit() else value


def _whole_days(value: str) -> bool:
    return (
        value.isdigit()
        and len(value) < HOURS_IN_A_DAY
        and int(value) >= HOURS_IN_A_DAY
        and int(value) % HOURS_IN_A_DAY == 0
    )
