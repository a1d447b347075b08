"""Is a service open now, and when does it open next? Hours are in OpenStreetMap's notation. Pure."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

from accessform.handoff.territories import (
    MAINLAND,
    find_department,
    find_postal_code,
    find_time_zone,
    list_public_holidays,
)

HORIZON = dt.timedelta(days=21)
UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class DoorState:
    """Whether a service answers at one instant. `is_open` is None where the hours cannot be read.

    `changes_at` (local, aware) is when it closes if it is open, opens if it is closed, None beyond three weeks.
    """

    is_open: bool | None
    changes_at: dt.datetime | None = None


@lru_cache(maxsize=512)
def _parse(hours: str, zone: ZoneInfo) -> OpeningHours | None:
    """Return the parsed hours, or None where they are empty or malformed."""
    if not hours.strip():
        return None
    try:
        return OpeningHours(hours, timezone=zone, country="FR", auto_country=False, auto_timezone=False)
    except ParserError:
        return None


def can_read_hours(hours: str) -> bool:
    """Tell whether hours can be read: what is stored always can."""
    return _parse(hours, MAINLAND) is not None


def _list_open_spells(
    parsed: OpeningHours, *, start: dt.datetime, department: str, says_holidays: bool, closures: Collection[dt.date]
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Yield when it is open, from `start` over the horizon.

    The days in `closures` are closed; so are public holidays unless the hours name them.
    """
    end = start + HORIZON
    closed = set(closures)
    if not says_holidays:
        closed |= list_public_holidays(department=department, first=start.date(), last=end.date())
    for opens, closes, state, _comment in parsed.intervals(start, end):
        if state != State.OPEN:
            continue
        for spell_start, spell_end in _split_by_day(opens, closes):
            if spell_start.date() not in closed:
                yield spell_start, spell_end


def _split_by_day(start: dt.datetime, end: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    while start < end:
        midnight = dt.datetime.combine(start.date() + dt.timedelta(days=1), dt.time(), tzinfo=start.tzinfo)
        yield start, min(midnight, end)
        start = midnight


def read_door(*, hours: str, at: dt.datetime, department: str = "", closures: Collection[dt.date] = ()) -> DoorState:
    """Tell whether a service with these hours is open at an aware instant, by the clocks of its department.

    `closures` are the local days on which it is closed whatever its hours say.
    """
    zone = find_time_zone(department)
    parsed = _parse(hours, zone)
    if parsed is None:
        return DoorState(is_open=None)
    now = at.astimezone(zone)
    named = "PH" in hours
    spells = _list_open_spells(parsed, start=now, department=department, says_holidays=named, closures=closures)
    opens, closes = next(spells, (None, None))
    if opens is None or closes is None:
        return DoorState(is_open=False)
    if opens > now:
        return DoorState(is_open=False, changes_at=opens)
    return DoorState(is_open=True, changes_at=_follow(closes, spells, until=now + HORIZON))


def _follow(
    closes: dt.datetime, spells: Iterator[tuple[dt.datetime, dt.datetime]], *, until: dt.datetime
) -> dt.datetime | None:
    """Join spells that touch at midnight; None for a service that does not close within the horizon."""
    for opens, next_close in spells:
        if opens != closes:
            break
        closes = next_close
    return closes if closes < until else None


def read_service_door(*, hours: str, address: str, at: dt.datetime) -> DoorState:
    """Same as read_door, the department read from the postal code of the service's address."""
    return read_door(hours=hours, at=at, department=find_department(find_postal_code(address)))
