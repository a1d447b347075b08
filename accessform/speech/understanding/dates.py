"""Dates as they are said; what is missing is asked, what is known waits for it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from accessform.answers.dates import EARLIEST, LATEST, bound
from accessform.answers.printed_values import date_in_words
from accessform.speech.understanding.date_slots import CENTURIES, WEEKDAYS, Slots, slots_of
from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.numerals import is_numeric
from accessform.speech.understanding.phrases import phrases, question, spans
from accessform.speech.understanding.relative_days import relative_day
from accessform.speech.understanding.transcript import Tokens
from accessform.speech.understanding.understood import NO_MATCH, Understood, answered, asked

_BORN = frozenset({"ne", "nee", "naissance", "nes"})
_LONGEST_LIFE = dt.timedelta(days=122 * 366)
"""Longer than anybody lived: a year of birth before is not meant."""


def read_date(heard: Heard) -> Understood:
    """Understand a day, alone or with what the previous question already knew."""
    found = find_day(heard, heard.tokens)
    return answered(found.isoformat()) if isinstance(found, dt.date) else found


def find_day(heard: Heard, tokens: Tokens) -> dt.date | Understood:
    """Return the day that tokens say, or the question to ask."""
    words = [token.word for token in tokens]
    relative = relative_day(words, heard.today)
    if isinstance(relative, dt.date):
        return _bounded(relative, heard)
    if relative or spans(words, _inexact()):
        return asked(question("date.exact"))
    known = _known(heard.pending)
    found = slots_of(tokens, known, heard.today)
    if found is None:
        has_parts = any(is_numeric(token) for token in tokens) or any(word in WEEKDAYS for word in words)
        is_event = bool(spans(words, phrases("doubt.events")))
        return asked(question("date.again"), **_kept(known)) if has_parts or is_event else NO_MATCH
    return complete(found, heard)


def _inexact() -> frozenset[tuple[str, ...]]:
    return phrases("doubt.bounds")


def _known(pending: Mapping[str, Any]) -> Slots:
    """Return the parts of a day that the previous ask kept."""
    parts = {name: pending.get(name) for name in ("day", "month", "year")}
    years = pending.get("years")
    return Slots(
        **{name: value for name, value in parts.items() if isinstance(value, int)},
        years=tuple(year for year in years if isinstance(year, int)) if isinstance(years, list) else (),
    )


def _kept(slots: Slots) -> dict[str, Any]:
    kept: dict[str, Any] = {
        name: value
        for name, value in (("day", slots.day), ("month", slots.month), ("year", slots.year))
        if value is not None
    }
    return kept | ({"years": list(slots.years)} if slots.years else {})


def complete(slots: Slots, heard: Heard) -> dt.date | Understood:
    """Return the day of these parts, or the question for the part that misses or does not fit."""
    born = bool(_BORN & {token.word for token in heard.tokens})
    slots = _with_century(slots, heard, born=born)
    missing = [name for name, value in (("day", slots.day), ("month", slots.month)) if value is None]
    if slots.year is None and slots.years and not missing:
        return asked(question("date.years", first=slots.years[0], second=slots.years[-1]), **_kept(slots))
    if slots.year is None:
        missing.append("year")
    if missing == ["day", "month", "year"]:
        return asked(question("date.again"))
    if missing:
        return asked(question(f"date.{'_'.join(missing)}"), **_kept(slots))
    try:
        day = dt.date(slots.year or 0, slots.month or 0, slots.day or 0)
    except ValueError:
        return asked(question("date.impossible"))
    if slots.weekday is not None and day.weekday() != slots.weekday:
        weekday = WEEKDAYS_IN_ORDER[slots.weekday]
        return asked(question("date.weekday", date=date_in_words(day), weekday=weekday))
    return _bounded(day, heard)


WEEKDAYS_IN_ORDER = tuple(WEEKDAYS)


def _with_century(slots: Slots, heard: Heard, *, born: bool) -> Slots:
    """Settle a two-digit year where the bounds, or a birth and today, leave one century."""
    if slots.year is not None or slots.short_year is None:
        return slots
    years = [century + slots.short_year for century in CENTURIES]
    allowed = tuple(year for year in years if _year_fits(year, slots, heard, born=born))
    if len(allowed) == 1:
        return replace(slots, year=allowed[0])
    return replace(slots, years=allowed or tuple(years))


def _year_fits(year: int, slots: Slots, heard: Heard, *, born: bool) -> bool:
    try:
        first = dt.date(year, slots.month or 1, slots.day or 1)
        last = dt.date(year, slots.month or 12, slots.day or 28)
    except ValueError:
        return False
    low, high = _bounds(heard)
    if born and heard.today:
        high = min(high or heard.today, heard.today)
        low = max(low or EARLIEST, heard.today - _LONGEST_LIFE)
    return (low is None or last >= low) and (high is None or first <= high)


def _bounds(heard: Heard) -> tuple[dt.date | None, dt.date | None]:
    """Return the form's bounds; « today » without a day is no bound."""
    low, high = heard.constraints.min, heard.constraints.max
    today = heard.today
    if today is None:
        low, high = (None if value == "today" else value for value in (low, high))
    return bound(low, today or dt.date.min), bound(high, today or dt.date.max)


def _bounded(day: dt.date, heard: Heard) -> dt.date | Understood:
    low, high = _bounds(heard)
    if low and day < low:
        return asked(question("date.too_early", min=date_in_words(low)))
    if high and day > high:
        return asked(question("date.too_late", max=date_in_words(high)))
    if not EARLIEST <= day <= LATEST:
        return asked(question("date.far", year=day.year))
    return day
