"""End an offer: the slot is free for the next one, and a notice that has not left is withdrawn."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accessform.handoff.models import (
    ACTIVE,
    Appointment,
    AppointmentStatus,
    EarlierOffer,
    OfferStatus,
    WaitingEntry,
)
from accessform.handoff.services.occupying import end_holds, queue_for, tell_freed
from accessform.messages.services import drop_messages, forget_messages

SUBJECT = "earlier"


def name_subject(entry: WaitingEntry) -> str:
    """Return what the messages about an entry are about."""
    return f"{SUBJECT}:{entry.pk}"


def end_offer(offer: EarlierOffer, status: OfferStatus, *, tell: bool = True) -> None:
    """Give an open offer its end; its hold goes with it. Call it in a transaction that locked the entry.

    Without `tell`, the caller offers the freed slot itself.
    """
    if not EarlierOffer.objects.filter(pk=offer.pk, status=OfferStatus.OPEN).update(status=status):
        return
    drop_messages(subject=name_subject(offer.entry))
    if offer.hold_id:
        hold = Appointment.objects.get(pk=offer.hold_id)
        queue_for({hold.agent_id})
        if end_holds({hold.pk}) and tell:
            tell_freed(hold.place_id)


def list_lapsed(*, place_id: int | None = None) -> list[EarlierOffer]:
    """Return the open offers whose time is over, whose slot was taken over, or whose appointment changed (1 query)."""
    return list(_lapsed_offers(place_id=place_id).select_related("entry__appointment"))


def _lapsed_offers(*, place_id: int | None = None) -> "QuerySet[EarlierOffer]":
    now = timezone.now()
    lost = Q(hold=None) | ~Q(hold__status=AppointmentStatus.HELD) | Q(hold__held_until__lte=now)
    over = ~Q(entry__appointment__status__in=ACTIVE) | Q(entry__appointment__starts_at__lte=now)
    needless = Q(entry__is_waiting=False) | Q(entry__appointment__starts_at__lte=F("starts_at"))
    lapsed = EarlierOffer.objects.filter(lost | over | needless, status=OfferStatus.OPEN)
    return lapsed if place_id is None else lapsed.filter(entry__appointment__place=place_id)


def close_if_lapsed(offer: EarlierOffer) -> bool:
    """End an open offer that serves no more, and tell nobody; False where it serves, or is over already."""
    with transaction.atomic():
        WaitingEntry.objects.select_for_update().filter(pk=offer.entry_id).first()
        if not _lapsed_offers().filter(pk=offer.pk).exists():
            return False
        end_offer(offer, OfferStatus.LAPSED, tell=False)
    return True


def forget_entries(appointments: Iterable[uuid.UUID]) -> None:
    """Erase what was said to those who wait with these appointments, and free what is held for them."""
    for entry in WaitingEntry.objects.filter(appointment__in=list(appointments)):
        with transaction.atomic():
            for offer in EarlierOffer.objects.filter(entry=entry, status=OfferStatus.OPEN):
                end_offer(offer, OfferStatus.LAPSED)
            forget_messages(subject=name_subject(entry))
