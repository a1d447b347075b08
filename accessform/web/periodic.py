"""What must happen again and again: rooms register it, `manage.py tick` does it."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)


@dataclass
class Job:
    """Something to do every `seconds`. It must be harmless when done twice or by two machines at once."""

    name: str
    seconds: float
    do: Callable[[], object]
    due_at: float = field(default=0.0, compare=False)


_jobs: dict[str, Job] = {}


def register(name: str, *, seconds: float, do: Callable[[], object]) -> None:
    """Have `do` called every `seconds` by the timer process; a second registration of a name replaces the first."""
    _jobs[name] = Job(name, seconds, do)


def jobs() -> list[Job]:
    """Return what is registered, in the order of registration."""
    return list(_jobs.values())


def run_due_jobs(now: float | None = None) -> list[str]:
    """Run every job that is due and return their names; one that fails is logged and does not stop the others."""
    now = time.monotonic() if now is None else now
    done = []
    for job in jobs():
        if job.due_at > now:
            continue
        job.due_at = now + job.seconds
        try:
            job.do()
        except Exception:
            logger.exception("periodic job %s failed", job.name)
        done.append(job.name)
    return done
