"""Retention handlers for what belongs to no room: counters of failures, sessions, finished tasks."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accessform.trust.retention import PurgeReport, purge
from accessform.trust.throttle import purge_counters


def purge_failures(now: datetime, keep: timedelta) -> int:
    """Delete the throttle counters whose first failure is older than `keep`."""
    return purge_counters(before=now - keep)


def purge_sessions(now: datetime, keep: timedelta) -> int:
    """Delete ended sessions; SESSION_COOKIE_AGE sets their end at `keep` after the last write (a check holds it)."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]


def purge_tasks(now: datetime, keep: timedelta) -> int:
    """Delete the records of tasks that ended longer ago than `keep`; they held ids only."""
    return DBTaskResult.objects.filter(finished_at__lt=now - keep).delete()[0]


def purge_now() -> PurgeReport:
    """Enforce retention.toml once; the timer calls it every hour."""
    return purge(timezone.now())
