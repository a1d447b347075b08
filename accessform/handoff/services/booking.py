"""Book, move and cancel. Reading the agenda only proposes; the occupancy cells decide, at commit."""

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from accessform.handoff.codes import digest_code, make_code
from accessform.handoff.models import (
    ACTIVE,
    AgentProfile,
    Appointment,
    AppointmentStatus,
    Contact,
    Motif,
    OccupancyCell,
    Place,
)
from accessform.handoff.services.agendas import find_slot, list_slots
from accessform.handoff.slots import Slot, cell_start, find_nearest, list_cells
from accessform.journeys.models import Journey

logger = logging.getLogger(__name__)

DEADLOCK = "40P01"
Written = TypeVar("Written")


class Outcome(StrEnum):
    """What became of a wish to book, move or cancel."""

    DONE = "done"
    SLOT_GONE = "slot_gone"
    ALREADY_BOOKED = "already_booked"
    CHANGED_ELSEWHERE = "changed_elsewhere"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Booking:
    """The outcome, the appointment where there is one, and the nearest free slots where the wished one has gone."""

    outcome: Outcome
    appointment: Appointment | None = None
    nearest: list[Slot] = field(default_factory=list)


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


def book_appointment(
    *, place: Place, motif: Motif, start: dt.datetime, contact: Contact, key: uuid.UUID, journey: Journey | None = None
) -> Booking:
    """Book the slot that begins at `start` for `contact`, with any agent who is free then.

    `key` names the POST: the same key always answers with the same appointment. Whoever loses a race gets the
    three nearest free slots. A journey that has an appointment for this motif keeps that one.
    """
    now = timezone.now()
    _close_elapsed(journey=journey, motif=motif, now=now)
    if held := _find_held(key=key, journey=journey, motif=motif):
        return held
    slot = find_slot(place=place, motif=motif, start=start, now=now)
    for agent in slot.agents if slot else ():
        appointment = Appointment(agent_id=agent, place=place, motif=motif, journey=journey, contact=contact, key=key)
        appointment.starts_at, appointment.ends_at = slot.start, slot.end
        if _try(partial(_insert, appointment)):
            return Booking(Outcome.DONE, appointment)
        if held := _find_held(key=key, journey=journey, motif=motif):
            return held
    left = list_slots(place=place, motif=motif, now=now)
    return Booking(Outcome.SLOT_GONE, nearest=find_nearest(left, start))


def _find_held(*, key: uuid.UUID, journey: Journey | None, motif: Motif) -> Booking | None:
    """Return the booking that this key, or this journey and motif, already has."""
    if replayed := Appointment.objects.filter(key=key).first():
        return Booking(Outcome.DONE, replayed)
    if journey is None:
        return None
    held = Appointment.objects.filter(journey=journey, motif=motif, status__in=ACTIVE).first()
    return Booking(Outcome.ALREADY_BOOKED, held) if held else None


def _close_elapsed(*, journey: Journey | None, motif: Motif, now: dt.datetime) -> None:
    """Let a journey whose appointment has gone by take another one."""
    if journey is not None:
        past = Appointment.objects.filter(journey=journey, motif=motif, status__in=ACTIVE, ends_at__lte=now)
        if past.exists():
            past.update(status=AppointmentStatus.ELAPSED)


def _try(write: Callable[[], None]) -> bool:
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


def _insert(appointment: Appointment) -> None:
    """Write the appointment and its cells, all or nothing. Raises IntegrityError when a cell is taken."""
    appointment.code = make_code()
    appointment.code_digest = digest_code(appointment.code)
    with transaction.atomic():
        _queue_for({appointment.agent_id})
        appointment.save(force_insert=True)
        _take_cells(appointment, appointment.agent_id, _list_cell_starts(appointment.starts_at, appointment.ends_at))


def _queue_for(agents: set[int]) -> None:
    """Make writers of one agent's agenda wait for each other, in the order of ids.

    The constraints alone keep the agenda right. But two writers that meet in the exclusion constraint deadlock, and
    PostgreSQL needs a second (deadlock_timeout) to notice. SQLite has one writer at a time and skips the lock.
    """
    if connection.features.has_select_for_update:
        list(AgentProfile.objects.select_for_update(no_key=True).filter(pk__in=agents).order_by("pk").values_list("pk"))


def _list_cell_starts(start: dt.datetime, end: dt.datetime) -> set[dt.datetime]:
    return {cell_start(number) for number in list_cells(start, end)}


def _take_cells(appointment: Appointment, agent: int, starts: set[dt.datetime]) -> None:
    """Take cells in order of time, so that two writers never wait for each other. Raises IntegrityError."""
    OccupancyCell.objects.bulk_create(
        OccupancyCell(agent_id=agent, at=at, appointment=appointment) for at in sorted(starts)
    )


def list_slots_for_move(appointment: Appointment, *, now: dt.datetime | None = None) -> list[Slot]:
    """Return where an appointment may move: the free slots and those that overlap it, its own start left out."""
    slots = list_slots(place=appointment.place, motif=appointment.motif, now=now, freeing=appointment.pk)
    return [slot for slot in slots if slot.start != appointment.starts_at]


def move_appointment(*, appointment: Appointment, start: dt.datetime, version: int) -> Booking:
    """Move an appointment to the slot that begins at `start`, if it is still at `version`.

    The new cells are taken and the old ones freed in one transaction: it is never without a slot, never with two.
    """
    now = timezone.now()
    if problem := _refuse_change(appointment, start=start, version=version, now=now):
        return problem
    place, motif = appointment.place, appointment.motif
    slot = find_slot(place=place, motif=motif, start=start, now=now, freeing=appointment.pk)
    same_agent_first = sorted(slot.agents, key=lambda agent: agent != appointment.agent_id) if slot else []
    for agent in same_agent_first:
        if _try(partial(_rewrite, appointment, slot, agent, version)):
            appointment.refresh_from_db()
            return Booking(Outcome.DONE, appointment)
        appointment.refresh_from_db()
        if problem := _refuse_change(appointment, start=start, version=version, now=now):
            return problem
    left = list_slots_for_move(appointment, now=now)
    return Booking(Outcome.SLOT_GONE, appointment, find_nearest(left, start))


def _refuse_change(appointment: Appointment, *, start: dt.datetime, version: int, now: dt.datetime) -> Booking | None:
    """Return why an appointment cannot move, or DONE when it already stands where it is asked to go."""
    if appointment.status not in ACTIVE:
        return Booking(Outcome.CHANGED_ELSEWHERE, appointment)
    if appointment.starts_at == start:
        return Booking(Outcome.DONE, appointment)
    if appointment.starts_at <= now:
        return Booking(Outcome.TOO_LATE, appointment)
    return Booking(Outcome.CHANGED_ELSEWHERE, appointment) if appointment.version != version else None


class _Stale(IntegrityError):
    """The appointment changed between the page and the tap."""


def _rewrite(appointment: Appointment, slot: Slot, agent: int, version: int) -> None:
    """Compare and swap, then take the new cells and free the old ones. Raises IntegrityError when either fails."""
    wanted = _list_cell_starts(slot.start, slot.end)
    with transaction.atomic():
        _queue_for({appointment.agent_id, agent})
        current = Appointment.objects.filter(pk=appointment.pk, version=version, status__in=ACTIVE)
        if not current.update(agent_id=agent, starts_at=slot.start, ends_at=slot.end, version=version + 1):
            raise _Stale("the appointment changed meanwhile")
        cells = OccupancyCell.objects.filter(appointment=appointment)
        kept = set(cells.filter(agent_id=agent, at__in=wanted).values_list("at", flat=True))
        _take_cells(appointment, agent, wanted - kept)
        cells.exclude(agent_id=agent, at__in=wanted).delete()


def cancel_appointment(*, appointment: Appointment) -> Outcome:
    """Cancel an appointment and free its cells. Cancelling twice is cancelling once; the past is left as it was."""
    now = timezone.now()
    with transaction.atomic():
        current = Appointment.objects.select_for_update().get(pk=appointment.pk)
        if current.status == AppointmentStatus.CANCELLED_BY_USER:
            return Outcome.DONE
        if current.status not in ACTIVE:
            return Outcome.CHANGED_ELSEWHERE
        if current.starts_at <= now:
            return Outcome.TOO_LATE
        current.status = AppointmentStatus.CANCELLED_BY_USER
        current.version += 1
        current.save(update_fields=["status", "version"])
        current.cells.all().delete()
    return Outcome.DONE
