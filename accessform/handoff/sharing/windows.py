"""When a shared file may be opened. Pure."""

import datetime as dt
from dataclasses import dataclass

BEFORE = dt.timedelta(minutes=30)
AFTER = dt.timedelta(hours=2)
CODE_LIVES = dt.timedelta(minutes=15)
VISIT = dt.timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """From when until when, the end left out."""

    opens: dt.datetime
    closes: dt.datetime

    def holds(self, now: dt.datetime) -> bool:
        """Tell whether the file may be opened at `now`."""
        return self.opens <= now < self.closes


def window_of_appointment(starts_at: dt.datetime, ends_at: dt.datetime) -> OpenWindow:
    """Return the window of an appointment: from 30 minutes before its start to 2 hours after its end."""
    return OpenWindow(starts_at - BEFORE, ends_at + AFTER)
