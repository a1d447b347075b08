"""Who wants an earlier slot, which one fits, and until when it is kept for them. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from accessform.messages.hours import is_night, wait_for_day

MOST_NOTICES = 3
"""How often one appointment's person is told of an earlier slot."""
ANSWER_TIME = dt.timedelta(hours=4)
"""How long a slot is kept for who was told of it, and how much longer at each request."""
MORNING_TIME = dt.timedelta(hours=2)
"""How long after people may be reached again it is kept, where those hours would end at night."""
SHORTEST = dt.timedelta(hours=1)
"""With less time to answer than this, nobody is told."""
NOON = dt.time(12)


class DayPart(StrEnum):
    """When in the day a person can come."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, slots=True)
class EarlierWish:
    """What would suit: days of the week (0 is Monday; none means any) and a part of the day."""

    days: frozenset[int] = frozenset()
    part: DayPart = DayPart.ANY


def fits(start: dt.datetime, wish: EarlierWish, *, present: dt.datetime, zone: ZoneInfo) -> bool:
    """Tell whether a slot suits: at least one day before the `present` appointment, on a day and at an hour wished."""
    local = start.astimezone(zone)
    if local.date() >= present.astimezone(zone).date():
        return False
    if wish.days and local.weekday() not in wish.days:
        return False
    return wish.part is DayPart.ANY or (local.time() < NOON) is (wish.part is DayPart.MORNING)


def plan_end(*, now: dt.datetime, start: dt.datetime, notice: dt.timedelta, zone: ZoneInfo) -> dt.datetime | None:
    """Return until when a slot is kept for who is told of it now, or None where it is night or the time too short.

    Four hours; where they would end at night, until two hours into the next day. Never beyond the shortest notice of
    the slot itself.
    """
    if is_night(now, zone):
        return None
    end = min(lengthen(now, zone), start - notice)
    return end if end - now >= SHORTEST else None


def lengthen(since: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the end of one more stretch to answer in, begun at `since`."""
    end = since + ANSWER_TIME
    return wait_for_day(end, zone) + MORNING_TIME if is_night(end, zone) else end
