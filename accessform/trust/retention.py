"""Nothing is kept longer than retention.toml says: the file is read here, and enforced by `manage.py purge`."""

import functools
import logging
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

FILE = Path(__file__).with_name("retention.toml")

PurgeHandler = Callable[[datetime, timedelta], int]

_handlers: dict[str, PurgeHandler] = {}
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """One kind of data and how long it is kept; `by_form` when each form may say another number of days."""

    name: str
    keep: timedelta
    by_form: bool = False

    @property
    def days(self) -> int:
        """Whole days, zero when it is kept less than a day."""
        return self.keep.days

    @property
    def hours(self) -> int:
        """The same time in hours."""
        return int(self.keep.total_seconds() // 3600)


@dataclass(frozen=True)
class PurgeReport:
    """What one run deleted, by name, and the names whose handler failed."""

    deleted: dict[str, int]
    failed: tuple[str, ...]


@functools.cache
def schedule() -> tuple[Kept, ...]:
    """Return the entries of retention.toml, in its order."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["kept"]
    return tuple(
        Kept(
            name=entry["name"],
            keep=timedelta(days=entry.get("days", 0), hours=entry.get("hours", 0)),
            by_form=entry.get("by_form", False),
        )
        for entry in entries
    )


def kept(name: str) -> Kept:
    """Return one entry; raises KeyError when there is none of that name."""
    return {entry.name: entry for entry in schedule()}[name]


def register(name: str, handler: PurgeHandler) -> None:
    """Have `handler(now, keep)` delete what is older than `keep` and return how many; rooms do so in AppConfig.ready.

    Raises ValueError when `name` belongs to another handler.
    """
    if _handlers.get(name, handler) is not handler:
        raise ValueError(f"two retention handlers are named {name!r}")
    _handlers[name] = handler


def registered() -> set[str]:
    """Return the names that have a handler."""
    return set(_handlers)


def purge(now: datetime) -> PurgeReport:
    """Delete all that has been kept long enough at `now`. One failing handler does not stop the others."""
    deleted: dict[str, int] = {}
    failed: list[str] = []
    for entry in schedule():
        try:
            deleted[entry.name] = _handlers[entry.name](now, entry.keep)
        except Exception:
            _log.exception("purge of %s failed", entry.name)
            failed.append(entry.name)
    return PurgeReport(deleted, tuple(failed))
