"""Take and free an agent's time, cell by cell. The unique constraint on cells decides, at commit."""

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Collection
from functools import partial
from typing import TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from accessform.handoff.announcing import time_freed
from accessform.handoff.models import AgentProfile, Appointment, AppointmentStatus, OccupancyCell
from accessform.handoff.reminders import plan_reminders
from accessform.handoff.slots import cell_start, list_cells

logger = logging.getLogger(__name__)

DEADLOCK = "40P01"
Written = TypeVar("Written")


def retry_deadlock(write: Callable[[], Written]) -> Written:
    """Run `write`, and once more if PostgreSQL chose it to break a deadlock; the second deadlock is raised."""
    try:
        return write()
    except OperationalError as error:
        if not is_deadlock(error):
            raise
        logger.info("a booking met a deadlock and is tried once more")
        return write()


def is_deadlock(error: OperationalError) -> bool:
    """Tell whether PostgreSQL gave up this write to break a deadlock."""
    return getattr(error.__cause__, "sqlstate", None) == DEADLOCK


def try_write(write: Callable[[], None]) -> bool:
    """Run a write that others may beat; False when they did."""
    try:
        retry_deadlock(write)
    except IntegrityError:
        return False
    except OperationalError as error:
        if is_deadlock(error):
            return False
        raise
    return True


def queue_for(agents: Collection[int]) -> None:
    """Make writers of one agent's agenda wait for each other, in the order of ids. Call it first in a transaction.

    The constraints alone keep the agenda right. But two writers that meet in the exclusion constraint deadlock, and
    PostgreSQL needs a second (deadlock_timeout) to notice. SQLite has one writer at a time and skips the lock.
    """
    if connection.features.has_select_for_update:
        list(AgentProfile.objects.select_for_update(no_key=True).filter(pk__in=agents).order_by("pk").values_list("pk"))


def list_cell_starts(start: dt.datetime, end: dt.datetime, travel_minutes: int = 0) -> set[dt.datetime]:
    """Return the cells of a meeting, those of the way there and back included."""
    way = dt.timedelta(minutes=travel_minutes)
    return {cell_start(number) for number in list_cells(start - way, end + way)}


def take_cells(appointment: Appointment, agent: int, starts: set[dt.datetime]) -> None:
    """Take cells in order of time, so that two writers never wait for each other. Raises IntegrityError."""
    OccupancyCell.objects.bulk_create(
        OccupancyCell(agent_id=agent, at=at, appointment=appointment) for at in sorted(starts)
    )


def end_expired_holds(agent: int, starts: Collection[dt.datetime]) -> None:
    """End the holds of an agent that stand in these cells and whose end has come.

    Call it after queue_for and before take_cells: who takes a slot over ends its hold in the same transaction.
    """
    in_the_way = Appointment.objects.filter(cells__agent=agent, cells__at__in=starts, held_until__lte=timezone.now())
    held = in_the_way.filter(status=AppointmentStatus.HELD)
    end_holds(set(held.values_list("pk", flat=True)))


def end_holds(holds: Collection[uuid.UUID], *, keep_cells: bool = False) -> int:
    """Write that these holds are over: their cells go, and whom they were for; return how many were still held.

    With `keep_cells`, the caller gives the cells to another appointment in the same transaction.
    """
    if not holds:
        return 0
    over = Appointment.objects.filter(pk__in=holds, status=AppointmentStatus.HELD)
    ended = over.update(status=AppointmentStatus.EXPIRED, contact=None, version=F("version") + 1)
    if not keep_cells:
        OccupancyCell.objects.filter(appointment__in=holds, appointment__status=AppointmentStatus.EXPIRED).delete()
    return ended


def leave(appointment: Appointment, status: AppointmentStatus, *, since: Collection[str], version: int) -> bool:
    """Give an appointment a status that occupies nothing, if it is still at `version` and in one of `since`.

    Its cells and reminders go in the same transaction; False where it has changed meanwhile. Who waits for time is
    told at commit.
    """
    with transaction.atomic():
        current = Appointment.objects.filter(pk=appointment.pk, version=version, status__in=since)
        if not current.update(status=status, version=version + 1):
            return False
        OccupancyCell.objects.filter(appointment=appointment).delete()
        plan_reminders(appointment.pk)
        tell_freed(appointment.place_id)
    return True


def tell_freed(place_id: int) -> None:
    """Tell, after the commit, that time was freed at a place; what listens and fails changes nothing here."""
    transaction.on_commit(partial(_send_freed, place_id), robust=True)


def _send_freed(place_id: int) -> None:
    for _receiver, answer in time_freed.send_robust(sender=None, place_id=place_id):
        if isinstance(answer, Exception):
            logger.error("nobody could be told that time was freed: %s", type(answer).__name__)
