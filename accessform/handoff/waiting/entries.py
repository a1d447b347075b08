"""Ask to be told of an earlier slot, and stop."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accessform.handoff.models import ACTIVE, Appointment, EarlierOffer, OfferStatus, WaitingEntry
from accessform.handoff.services.agendas import list_slots
from accessform.handoff.slots import Slot
from accessform.handoff.waiting.closing import end_offer
from accessform.handoff.waiting.rules import MOST_NOTICES, DayPart


def ask_earlier(*, appointment: Appointment, days: Collection[int], part: DayPart) -> WaitingEntry | None:
    """Put an appointment on the list, or change what would suit; None where it stands no more.

    Asking again keeps the place in the list, and the notices already given still count. What is free now is passed
    over: whoever asks has it before their eyes, and is told of what is freed later.
    """
    now = timezone.now()
    if appointment.status not in ACTIVE or appointment.starts_at <= now:
        return None
    free = [slot.start.isoformat() for slot in list_earlier(appointment)]
    wished = {"days": sorted(days), "part": part.value, "is_waiting": True, "passed_over": free}
    entry, _ = WaitingEntry.objects.update_or_create(appointment=appointment, defaults=wished)
    return entry


def list_earlier(appointment: Appointment) -> list[Slot]:
    """Return the free slots that come at least a day before an appointment, for the same motif and place."""
    place, present = appointment.place, appointment.starts_at.astimezone(appointment.place.zone)
    midnight = dt.datetime.combine(present.date(), dt.time(), tzinfo=place.zone)
    return [slot for slot in list_slots(place=place, motif=appointment.motif) if slot.start < midnight]


def count_notices_left(entry: WaitingEntry) -> int:
    """Return how often this person may still be told."""
    return MOST_NOTICES - entry.offers.count()


def stop_waiting(entry: WaitingEntry) -> None:
    """Take an appointment off the list; an offer that is open is refused by it. Twice is once."""
    with transaction.atomic():
        locked = WaitingEntry.objects.select_for_update().get(pk=entry.pk)
        locked.is_waiting = False
        locked.save(update_fields=["is_waiting"])
        for offer in EarlierOffer.objects.filter(entry=locked, status=OfferStatus.OPEN):
            end_offer(offer, OfferStatus.REFUSED)
