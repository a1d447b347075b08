"""Take an earlier slot, leave it to the next, or keep it longer. What the person has is never lost on the way."""

from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone

from accessform.handoff.models import (
    ACTIVE,
    Appointment,
    AppointmentStatus,
    EarlierOffer,
    OccupancyCell,
    OfferStatus,
    WaitingEntry,
)
from accessform.handoff.reminders import plan_reminders
from accessform.handoff.services.booking import Outcome
from accessform.handoff.services.holding import extend_hold
from accessform.handoff.services.occupying import end_holds, queue_for, retry_deadlock, tell_freed
from accessform.handoff.waiting.closing import end_offer, name_subject
from accessform.handoff.waiting.rules import lengthen
from accessform.messages.services import drop_messages


class _Changed(IntegrityError):
    """The appointment changed while its offer was being taken."""


def accept_offer(offer: EarlierOffer) -> Outcome:
    """Move the appointment onto the slot that is held for it: the cells change hands in one transaction.

    Answers DONE (also the second time); SLOT_GONE where the slot is kept no more; TOO_LATE where one of the two hours
    has come; CHANGED_ELSEWHERE where the appointment was cancelled, or moved to as early a time.
    """
    try:
        return retry_deadlock(partial(_accept, offer))
    except _Changed:
        return Outcome.CHANGED_ELSEWHERE


def _accept(offer: EarlierOffer) -> Outcome:
    with transaction.atomic():
        entry = WaitingEntry.objects.select_for_update().get(pk=offer.entry_id)
        offer.refresh_from_db()
        if offer.status == OfferStatus.ACCEPTED:
            return Outcome.DONE
        hold = Appointment.objects.filter(pk=offer.hold_id).first() if offer.hold_id else None
        if offer.status != OfferStatus.OPEN or hold is None:
            return Outcome.SLOT_GONE
        appointment = Appointment.objects.get(pk=entry.appointment_id)
        if refused := _refuse(appointment, hold):
            end_offer(offer, OfferStatus.LAPSED)
            return refused
        queue_for({appointment.agent_id, hold.agent_id})
        if not end_holds({hold.pk}, keep_cells=True):
            end_offer(offer, OfferStatus.LAPSED)
            return Outcome.SLOT_GONE
        _take_over(appointment, hold)
        EarlierOffer.objects.filter(pk=offer.pk).update(status=OfferStatus.ACCEPTED, hold=None)
        WaitingEntry.objects.filter(pk=entry.pk).update(is_waiting=False)
        Appointment.objects.filter(pk=hold.pk).delete()
        drop_messages(subject=name_subject(entry))
        plan_reminders(appointment.pk)
        tell_freed(appointment.place_id)
    return Outcome.DONE


def _refuse(appointment: Appointment, hold: Appointment) -> Outcome | None:
    """Return why an appointment cannot take what is held for it, None where it can."""
    if appointment.status not in ACTIVE or appointment.starts_at <= hold.starts_at:
        return Outcome.CHANGED_ELSEWHERE
    return Outcome.TOO_LATE if hold.starts_at <= timezone.now() else None


def _take_over(appointment: Appointment, hold: Appointment) -> None:
    """Put the appointment where its hold stood, cells included. Raises _Changed where it is not at its version."""
    OccupancyCell.objects.filter(appointment=appointment).delete()
    OccupancyCell.objects.filter(appointment=hold).update(appointment=appointment)
    current = Appointment.objects.filter(pk=appointment.pk, version=appointment.version, status__in=ACTIVE)
    moved = current.update(
        agent_id=hold.agent_id,
        starts_at=hold.starts_at,
        ends_at=hold.ends_at,
        travel_minutes=hold.travel_minutes,
        version=appointment.version + 1,
    )
    if not moved:
        raise _Changed


def refuse_offer(offer: EarlierOffer) -> None:
    """Leave the slot to the next in the list; the person stays on it. Twice is once."""
    with transaction.atomic():
        WaitingEntry.objects.select_for_update().get(pk=offer.entry_id)
        end_offer(offer, OfferStatus.REFUSED)


def keep_longer(offer: EarlierOffer) -> bool:
    """Keep the slot for one more stretch, at the latest until its hour; False where it is kept no more."""
    hold = offer.hold
    if hold is None or hold.status != AppointmentStatus.HELD or hold.held_until is None:
        return False
    since = max(hold.held_until, timezone.now())
    return extend_hold(appointment=hold, until=lengthen(since, hold.place.zone))
