"""When reminders leave: before what is to come, by the clocks of the place, never at night. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from accessform.messages.hours import DAY_BEGINS, is_night

AT = dt.time(10)
"""Local time at which reminders of a coming day leave."""

DEADLINE_DAYS = (15, 5, 1)
DRAFT_DAYS = (7, 1)
APPOINTMENT_DAYS = (7, 1)
SAME_DAY = dt.timedelta(hours=2)
SHORTEST = dt.timedelta(hours=1)
"""A reminder nearer than this to an appointment reminds nobody in time."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One reminder: its name among those of its subject, when it leaves and when it is worth nothing any more."""

    name: str
    send_at: dt.datetime
    expires_at: dt.datetime


def plan_before_day(day: dt.date, days: Iterable[int], *, zone: ZoneInfo, now: dt.datetime) -> list[Planned]:
    """Return the reminders so many `days` before a day, those still ahead of `now`; each lasts until that day ends."""
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=zone)
    at = {before: dt.datetime.combine(day - dt.timedelta(days=before), AT, tzinfo=zone) for before in days}
    return [Planned(f"{before}d", _utc(moment), _utc(end)) for before, moment in at.items() if moment > now]


def plan_before_appointment(starts_at: dt.datetime, *, zone: ZoneInfo, now: dt.datetime) -> list[Planned]:
    """Return the reminders of an appointment: a week and a day before at 10 h, and two hours before.

    The last one leaves at 8 h where two hours before is night, if an hour remains.
    """
    end = starts_at - SHORTEST
    day = starts_at.astimezone(zone).date()
    planned = [
        Planned(one.name, one.send_at, _utc(end))
        for one in plan_before_day(day, APPOINTMENT_DAYS, zone=zone, now=now)
        if one.send_at < end
    ]
    last = starts_at - SAME_DAY
    if is_night(last, zone):
        last = dt.datetime.combine(day, dt.time(DAY_BEGINS), tzinfo=zone)
    if now < last <= end and not is_night(last, zone):
        planned.append(Planned("2h", _utc(last), _utc(end)))
    return planned


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)
