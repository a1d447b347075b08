"""Book, move and cancel. Reading the agenda only proposes; the occupancy cells decide, at commit."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone

from accessform.handoff.codes import digest_code, make_code
from accessform.handoff.models import (
    ACTIVE,
    Appointment,
    AppointmentStatus,
    Contact,
    Motif,
    OccupancyCell,
    Place,
)
from accessform.handoff.reminders import plan_reminders
from accessform.handoff.services.agendas import find_slot, list_slots
from accessform.handoff.services.occupying import (
    end_expired_holds,
    leave,
    list_cell_starts,
    queue_for,
    take_cells,
    tell_freed,
    try_write,
)
from accessform.handoff.slots import Slot, find_nearest
from accessform.journeys.models import Journey


class Outcome(StrEnum):
    """What became of a wish to book, hold, move, cancel or close."""

    DONE = "done"
    SLOT_GONE = "slot_gone"
    ALREADY_BOOKED = "already_booked"
    CHANGED_ELSEWHERE = "changed_elsewhere"
    TOO_LATE = "too_late"
    TOO_EARLY = "too_early"


@dataclass(frozen=True, slots=True)
class Booking:
    """The outcome, the appointment where there is one, and the nearest free slots where the wished one has gone."""

    outcome: Outcome
    appointment: Appointment | None = None
    nearest: list[Slot] = field(default_factory=list)


def book_appointment(
    *, place: Place, motif: Motif, start: dt.datetime, contact: Contact, key: uuid.UUID, journey: Journey | None = None
) -> Booking:
    """Book the slot that begins at `start` for `contact`, with any agent who is free then.

    `key` names the POST: the same key always answers with the same appointment. Whoever loses a race gets the
    three nearest free slots. A journey that has an appointment for this motif keeps that one.
    """
    now = timezone.now()
    close_elapsed(journey=journey, motif=motif, now=now)
    already = partial(_find_held, key=key, journey=journey, motif=motif)
    wish = Appointment(place=place, motif=motif, journey=journey, contact=contact, key=key)
    return already() or take_slot(wish, start=start, now=now, already=already)


def take_slot(
    wish: Appointment, *, start: dt.datetime, now: dt.datetime, already: Callable[[], Booking | None]
) -> Booking:
    """Write `wish` with the first agent who is free at `start`; `already` answers when a race brought one meanwhile."""
    slot = find_slot(place=wish.place, motif=wish.motif, start=start, now=now)
    for agent in slot.agents if slot else ():
        wish.agent_id, wish.starts_at, wish.ends_at = agent, slot.start, slot.end
        if try_write(partial(_insert, wish)):
            return Booking(Outcome.DONE, wish)
        if held := already():
            return held
    left = list_slots(place=wish.place, motif=wish.motif, now=now)
    return Booking(Outcome.SLOT_GONE, nearest=find_nearest(left, start))


def _find_held(*, key: uuid.UUID, journey: Journey | None, motif: Motif) -> Booking | None:
    """Return the booking that this key, or this journey and motif, already has."""
    if replayed := Appointment.objects.filter(key=key).first():
        return Booking(Outcome.DONE, replayed)
    if journey is None:
        return None
    held = Appointment.objects.filter(journey=journey, motif=motif, status__in=ACTIVE).first()
    return Booking(Outcome.ALREADY_BOOKED, held) if held else None


def close_elapsed(*, journey: Journey | None, motif: Motif, now: dt.datetime) -> None:
    """Let a journey whose appointment has gone by take another one."""
    if journey is not None:
        for past in Appointment.objects.filter(journey=journey, motif=motif, status__in=ACTIVE, ends_at__lte=now):
            leave(past, AppointmentStatus.ELAPSED, since=ACTIVE, version=past.version)


def _insert(appointment: Appointment) -> None:
    """Write the appointment and its cells, all or nothing. Raises IntegrityError when a cell is taken."""
    appointment.code = make_code()
    appointment.code_digest = digest_code(appointment.code)
    appointment.travel_minutes = appointment.motif.travel_minutes
    wanted = list_cell_starts(appointment.starts_at, appointment.ends_at, appointment.travel_minutes)
    with transaction.atomic():
        queue_for({appointment.agent_id})
        end_expired_holds(appointment.agent_id, wanted)
        appointment.save(force_insert=True)
        take_cells(appointment, appointment.agent_id, wanted)


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
        if try_write(partial(_rewrite, appointment, slot, agent, version)):
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
    travel = appointment.motif.travel_minutes
    wanted = list_cell_starts(slot.start, slot.end, travel)
    with transaction.atomic():
        queue_for({appointment.agent_id, agent})
        end_expired_holds(agent, wanted)
        current = Appointment.objects.filter(pk=appointment.pk, version=version, status__in=ACTIVE)
        place_it = {"agent_id": agent, "starts_at": slot.start, "ends_at": slot.end, "travel_minutes": travel}
        if not current.update(**place_it, version=version + 1):
            raise _Stale("the appointment changed meanwhile")
        cells = OccupancyCell.objects.filter(appointment=appointment)
        kept = set(cells.filter(agent_id=agent, at__in=wanted).values_list("at", flat=True))
        take_cells(appointment, agent, wanted - kept)
        cells.exclude(agent_id=agent, at__in=wanted).delete()
        plan_reminders(appointment.pk)
        tell_freed(appointment.place_id)


def cancel_appointment(*, appointment: Appointment) -> Outcome:
    """Cancel an appointment and free its cells. Cancelling twice is cancelling once; the past is left as it was."""
    current = Appointment.objects.get(pk=appointment.pk)
    while current.status in ACTIVE:
        if current.starts_at <= timezone.now():
            return Outcome.TOO_LATE
        if leave(current, AppointmentStatus.CANCELLED_BY_USER, since=ACTIVE, version=current.version):
            return Outcome.DONE
        current.refresh_from_db()
    cancelled = current.status == AppointmentStatus.CANCELLED_BY_USER
    return Outcome.DONE if cancelled else Outcome.CHANGED_ELSEWHERE
