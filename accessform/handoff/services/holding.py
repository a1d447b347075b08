"""Keep a slot for somebody for a while: cells are taken, and free again by themselves when its end has come.

No timer runs: whoever reads the agenda counts an ended hold's cells as free, and whoever books them ends the hold in
the same transaction. Until somebody does, the person it was kept for may still take it.
"""

import datetime as dt
import uuid
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone

from accessform.handoff.models import ACTIVE, Appointment, AppointmentStatus, Contact, Motif, Place
from accessform.handoff.services.booking import Booking, Outcome, close_elapsed, take_slot
from accessform.handoff.services.occupying import leave, queue_for, retry_deadlock
from accessform.journeys.models import Journey

HELD = (AppointmentStatus.HELD,)


def hold_slot(
    *,
    place: Place,
    motif: Motif,
    start: dt.datetime,
    until: dt.datetime,
    key: uuid.UUID,
    contact: Contact | None = None,
    journey: Journey | None = None,
) -> Booking:
    """Hold the slot that begins at `start` until `until` (aware, at the latest its start), as book_appointment books.

    An agent who proposes on the phone gives the contact; then the appointment's code finds the hold, and the person
    takes it or leaves it. Raises ValueError for an end that has come already.
    """
    now = timezone.now()
    if until <= now:
        raise ValueError("a hold ends after it begins")
    wish = Appointment(place=place, motif=motif, contact=contact, journey=journey, key=key)
    wish.status, wish.held_until = AppointmentStatus.HELD, min(until, start)
    already = partial(_find_replayed, key)
    return already() or take_slot(wish, start=start, now=now, already=already)


def _find_replayed(key: uuid.UUID) -> Booking | None:
    replayed = Appointment.objects.filter(key=key).first()
    return Booking(Outcome.DONE, replayed) if replayed else None


def confirm_hold(
    *, appointment: Appointment, version: int, contact: Contact | None = None, journey: Journey | None = None
) -> Booking:
    """Turn a hold that is still at `version` into a booking; `contact` and `journey` replace those it has, if given.

    Answers DONE (also the second time), ALREADY_BOOKED with the appointment that the journey has for this motif,
    SLOT_GONE where the hold ended and somebody else may have the slot, TOO_LATE, or CHANGED_ELSEWHERE.
    """
    given = {name: value for name, value in (("contact", contact), ("journey", journey)) if value}
    close_elapsed(journey=journey or appointment.journey, motif=appointment.motif, now=timezone.now())
    try:
        confirmed = retry_deadlock(partial(_confirm, appointment, version, given))
    except IntegrityError:
        linked = journey.pk if journey else appointment.journey_id
        same = Appointment.objects.filter(journey=linked, motif=appointment.motif, status__in=ACTIVE)
        return Booking(Outcome.ALREADY_BOOKED, same.first())
    appointment.refresh_from_db()
    if confirmed or appointment.status in ACTIVE:
        return Booking(Outcome.DONE, appointment)
    if appointment.status == AppointmentStatus.EXPIRED:
        return Booking(Outcome.SLOT_GONE, appointment)
    late = appointment.starts_at <= timezone.now()
    return Booking(Outcome.TOO_LATE if late else Outcome.CHANGED_ELSEWHERE, appointment)


def _confirm(appointment: Appointment, version: int, given: dict[str, Contact | Journey]) -> bool:
    with transaction.atomic():
        queue_for({appointment.agent_id})
        held = Appointment.objects.filter(pk=appointment.pk, version=version, status__in=HELD)
        coming = held.filter(starts_at__gt=timezone.now())
        booked = {"status": AppointmentStatus.BOOKED, "held_until": None, "version": version + 1}
        return bool(coming.update(**booked, **given))


def extend_hold(*, appointment: Appointment, until: dt.datetime) -> bool:
    """Keep a hold for longer, at the latest until its start; False where it is a hold no more. Never shortens it."""
    with transaction.atomic():
        queue_for({appointment.agent_id})
        held = Appointment.objects.filter(pk=appointment.pk, status__in=HELD)
        end = min(until, appointment.starts_at)
        held.filter(held_until__lt=end).update(held_until=end)
        kept = held.values_list("held_until", flat=True).first()
    if kept is None:
        return False
    appointment.held_until = kept
    return True


def release_hold(*, appointment: Appointment) -> bool:
    """Give a held slot back; False where it is held no more."""
    freed = leave(appointment, AppointmentStatus.CANCELLED_BY_USER, since=HELD, version=appointment.version)
    appointment.refresh_from_db()
    return freed
