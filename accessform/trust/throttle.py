"""Slow down whoever tries codes or passwords one after another; counters live in the database, shared by processes.

Two ways to use it. Where a check is cheap: `is_blocked` before, `record_failure` after. Where several tries may run
at once (a code and its second element): `take_attempt` counts first, in one statement, and `clear` or
`give_back_attempt` when the try was right; parallel tries cannot slip between the look and the count.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Case, DateTimeField, F, PositiveIntegerField, QuerySet, Value, When
from django.utils import timezone

from accessform.trust.hashing import keyed_hash
from accessform.trust.limits import LIMITS
from accessform.trust.models import ThrottleCounter


def failures(scope: str, key: str) -> int:
    """Return how many failures count against `key` now. Raises KeyError for a scope without a limit."""
    oldest = timezone.now() - LIMITS[scope].window
    row = _rows(scope, key).filter(window_start__gt=oldest).values_list("count", flat=True).first()
    return row or 0


def is_blocked(scope: str, key: str) -> bool:
    """Tell whether `key` has used up its failures in `scope`."""
    return failures(scope, key) >= LIMITS[scope].failures


def record_failure(scope: str, key: str) -> int:
    """Count one failure and return how many count now; a window that has ended starts again at one."""
    now = timezone.now()
    if not _increment(scope, key, now):
        try:
            with transaction.atomic():
                ThrottleCounter.objects.create(
                    scope=scope, key_hash=keyed_hash(f"throttle:{scope}", key), window_start=now, count=1
                )
        except IntegrityError:
            _increment(scope, key, now)
    return failures(scope, key)


def take_attempt(scope: str, key: str) -> bool:
    """Count an attempt before it is checked; False when `key` was out of attempts already."""
    return record_failure(scope, key) <= LIMITS[scope].failures


def give_back_attempt(scope: str, key: str) -> None:
    """Take back one attempt that was right, and leave the failures of others counted."""
    _rows(scope, key).filter(count__gt=0).update(count=F("count") - 1)


def clear(scope: str, key: str) -> None:
    """Forget the failures of `key`."""
    _rows(scope, key).delete()


def blocked_for(scope: str, key: str) -> timedelta:
    """Return how long `key` stays closed, zero when it is open."""
    if not is_blocked(scope, key):
        return timedelta(0)
    start = _rows(scope, key).values_list("window_start", flat=True).first()
    return max(timedelta(0), start + LIMITS[scope].window - timezone.now()) if start else timedelta(0)


def purge_counters(*, before: datetime) -> int:
    """Delete the counters whose window began before `before`; return how many."""
    return ThrottleCounter.objects.filter(window_start__lt=before).delete()[0]


def _rows(scope: str, key: str) -> "QuerySet[ThrottleCounter]":
    return ThrottleCounter.objects.filter(scope=scope, key_hash=keyed_hash(f"throttle:{scope}", key))


def _increment(scope: str, key: str, now: datetime) -> int:
    """Add one to the row, or start its window again, in one UPDATE: atomic on SQLite and on PostgreSQL."""
    ended = When(window_start__lte=now - LIMITS[scope].window, then=Value(1))
    restarted = When(window_start__lte=now - LIMITS[scope].window, then=Value(now, output_field=DateTimeField()))
    return _rows(scope, key).update(
        count=Case(ended, default=F("count") + 1, output_field=PositiveIntegerField()),
        window_start=Case(restarted, default=F("window_start"), output_field=DateTimeField()),
    )
