"""When to ask RDV Service Public again. Pure.

It allows 50 requests a minute for one address; an agent who was just sent there chooses a time within minutes.
"""

import datetime as dt
import email.utils
import random

from accessform.handoff.providers.protocol import Status

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)

WAITING = (MINUTE / 2, MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR)
"""Waits between two questions while no time is chosen; the last one goes on."""
FAILING = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR)
"""Waits after attempts in a row without a usable answer."""
BOOKED = DAY
"""A booked appointment is looked at once a day, for installations that receive no webhook."""
PATIENCE = dt.timedelta(days=7)
"""A plan for which nobody has chosen a time after this is given up."""
JITTER = 0.2
LONGEST = DAY * (1 + JITTER)
"""No wait is longer: a later moment was set by a clock that has since been put right."""
RUN = 20
"""Questions in one run of the timer, every thirty seconds: under the limit, other requests included."""


def next_wait(*, status: Status, polls: int, failures: int, asked: float | None = None) -> dt.timedelta:
    """Return how long to wait: after `failures` in a row, after `polls` questions, and not less than was `asked`."""
    if failures:
        wait = FAILING[min(failures, len(FAILING)) - 1]
    elif status is Status.WAITING:
        wait = WAITING[min(polls, len(WAITING) - 1)]
    else:
        wait = BOOKED
    spread = wait * (1 + random.uniform(-JITTER, JITTER))  # noqa: S311
    return min(max(spread, dt.timedelta(seconds=asked or 0)), LONGEST)


def read_retry_after(text: str, *, now: dt.datetime) -> float | None:
    """Return the seconds of a Retry-After header, a number or a date, a day at most; None for anything else."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) <= 9:  # noqa: PLR2004
        return min(float(text), DAY.total_seconds())
    try:
        until = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if until.tzinfo is None:
        return None
    return min(max((until - now).total_seconds(), 0.0), DAY.total_seconds())
