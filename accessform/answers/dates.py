"""Dates and hours as people write them. What is not known is asked, never filled in."""

import datetime as dt
import re
import unicodedata

from accessform.answers.printed_values import MONTHS, date_in_words
from accessform.answers.refusals import Raw, Refused, first
from accessform.answers.texts import clean
from forms_catalog.definition import Constraints

_WEEKDAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_CENTURIES = (1900, 2000)
EARLIEST = dt.date(1850, 1, 1)
LATEST = dt.date(2199, 12, 31)

_NUMERIC = re.compile(r"^(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})$")
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_COMPACT = re.compile(r"^(\d{2})(\d{2})(\d{4}|\d{2})$")
_NAMED = re.compile(r"^(\d{1,2})(?:\s*(?:er|e|eme))?[\s./-]*([a-z]{3,9})\.?[\s,./-]*(\d{4}|\d{2})$")
_WITHOUT_YEAR = re.compile(r"^\d{1,2}(?:er)?\s*[/.\-\s]\s*(?:\d{1,2}|[a-z]{3,9})$")
_HOUR = re.compile(r"^(\d{1,2})\s*(?:h|heures?|:|\.)?\s*(?:(\d{2})\s*(?:min|mn|minutes?)?)?$")


def parse_date(raw: Raw, constraints: Constraints, today: dt.date) -> str:
    """Read a day and return it in ISO form; a two-digit year is taken only where the bounds leave one century."""
    return read_date(first(raw), constraints, today).isoformat()


def read_date(text: str, constraints: Constraints, today: dt.date) -> dt.date:
    """Read « 3/2/48 », « 3 mars 1948 », « 03.02.1948 », « 1er janvier 1950 »; refuses with a code that asks."""
    day, month, year = _parts(_plain(text))
    low, high = bound(constraints.min, today), bound(constraints.max, today)
    found = _day(int(day), month, int(year)) if len(year) == 4 else _century(int(day), month, int(year), low, high)
    if not EARLIEST <= found <= LATEST:
        raise Refused("date_year", year=found.year)
    if low and found < low:
        raise Refused("date_too_early", min=date_in_words(low))
    if high and found > high:
        raise Refused("date_too_late", max=date_in_words(high))
    return found


def bound(value: int | float | str | None, today: dt.date) -> dt.date | None:
    """Return a bound of the form as a day; "today" is the day of the answer, in the form's time zone."""
    if value is None:
        return None
    return today if value == "today" else dt.date.fromisoformat(str(value))


def _plain(text: str) -> str:
    """Return lower case without accents, weekday or the small words around a date."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", clean(text).lower()) if not unicodedata.combining(c))
    folded = re.sub(rf"^(?:le\s+)?(?:(?:{_WEEKDAYS})\.?,?\s+)?", "", folded)
    return re.sub(r"^le\s+", "", folded).rstrip(".").strip()


def _parts(text: str) -> tuple[str, int, str]:
    """Return day, month and year as written; refuses what is no date."""
    if iso := _ISO.match(text):
        return iso[3], int(iso[2]), iso[1]
    if numeric := _NUMERIC.match(text) or _COMPACT.match(text):
        return numeric[1], int(numeric[2]), numeric[3]
    if named := _NAMED.match(text):
        return named[1], _month(named[2]), named[3]
    raise Refused("date_without_year" if _WITHOUT_YEAR.match(text) else "date_unreadable")


def _month(name: str) -> int:
    """Return the month that a name or its beginning (three letters or more) says without doubt."""
    folded = ["".join(c for c in unicodedata.normalize("NFKD", m) if not unicodedata.combining(c)) for m in MONTHS]
    matching = [number for number, month in enumerate(folded, start=1) if month.startswith(name)]
    if len(matching) != 1:
        raise Refused("date_unreadable")
    return matching[0]


def _day(day: int, month: int, year: int) -> dt.date:
    if not 1 <= month <= 12:
        raise Refused("date_month", month=month)
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise Refused("date_impossible", month=MONTHS[month - 1]) from error


def _century(day: int, month: int, year: int, low: dt.date | None, high: dt.date | None) -> dt.date:
    """Return the only day within the bounds; refuses, naming both years, where two remain."""
    candidates = []
    refusal: Refused | None = None
    for century in _CENTURIES:
        try:
            candidates.append(_day(day, month, century + year))
        except Refused as error:
            refusal = error
    if not candidates:
        assert refusal is not None  # noqa: S101 - both centuries were tried
        raise refusal
    allowed = [found for found in candidates if (not low or found >= low) and (not high or found <= high)]
    if len(allowed) == 1:
        return allowed[0]
    raise Refused("date_two_digit_year", first=1900 + year, second=2000 + year)


def parse_datetime(raw: Raw, constraints: Constraints, today: dt.date) -> str:
    """Read a day and an hour; returns local "2026-11-21T14:30"."""
    if not first(raw, "date").strip():
        raise Refused("required", "date")
    if not first(raw, "time").strip():
        raise Refused("time_missing", "time")
    try:
        day = read_date(first(raw, "date"), constraints, today)
    except Refused as refusal:
        raise Refused(refusal.code, "date", **refusal.details) from refusal
    hour, minute = read_time(first(raw, "time"))
    return f"{day.isoformat()}T{hour:02}:{minute:02}"


def read_time(text: str) -> tuple[int, int]:
    """Read « 14h30 », « 14:30 », « 9 heures », « midi »."""
    said = _plain(text)
    if said == "midi":
        return 12, 0
    found = _HOUR.match(said)
    if not found:
        raise Refused("time_unreadable", "time")
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > 23 or minute > 59:
        raise Refused("time_unreadable", "time")
    return hour, minute
