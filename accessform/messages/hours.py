"""When a person may be reached: never at night. Pure."""

import datetime as dt
from zoneinfo import ZoneInfo

DAY_BEGINS, DAY_ENDS = 8, 20
"""Local hours between which messages leave."""


def is_night(instant: dt.datetime, zone: ZoneInfo) -> bool:
    """Tell whether clocks of `zone` show an hour at which nobody is written to."""
    return not DAY_BEGINS <= instant.astimezone(zone).hour < DAY_ENDS


def wait_for_day(instant: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return `instant`, or the next 8 h by the clocks of `zone` where it is night."""
    local = instant.astimezone(zone)
    if not is_night(instant, zone):
        return instant
    day = local.date() if local.hour < DAY_BEGINS else local.date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(DAY_BEGINS), tzinfo=zone).astimezone(dt.UTC)
