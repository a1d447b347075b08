"""Offer what was freed: the first in the list whom it suits is told, and the slot is kept for them meanwhile.

Harmless when done twice, by two machines at once, or cut half way: hold, offer and notice are one transaction.
"""

import datetime as dt
import itertools
import uuid

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from accessform.handoff.models import ACTIVE, Appointment, EarlierOffer, Motif, OfferStatus, Place, WaitingEntry
from accessform.handoff.services.agendas import list_slots
from accessform.handoff.services.booking import Outcome
from accessform.handoff.services.holding import hold_slot
from accessform.handoff.slots import Slot
from accessform.handoff.waiting.closing import close_if_lapsed, list_lapsed
from accessform.handoff.waiting.rules import MOST_NOTICES, fits, plan_end
from accessform.handoff.waiting.telling import Stopped, tell_offer
from accessform.handoff.waiting.tokens import digest_token
from accessform.trust.link_tokens import make_link_token


def make_offers(*, place_id: int | None = None) -> int:
    """End what has lapsed, then offer what is free to those who wait, of one place or of all; return how many offers.

    Who asked first is served first, with the earliest slot that suits; a slot that was refused, or not answered, goes
    to the next. Nobody is told at night.
    """
    for offer in list_lapsed(place_id=place_id):
        close_if_lapsed(offer)
    made = 0
    for (place, motif), entries in itertools.groupby(_list_waiting(place_id), key=_by_agenda):
        made += _offer_agenda(place, motif, list(entries))
    return made


def on_time_freed(*, place_id: int, **_told: object) -> None:
    """Offer at once what was just freed at a place."""
    make_offers(place_id=place_id)


def _by_agenda(entry: WaitingEntry) -> tuple[Place, Motif]:
    return entry.appointment.place, entry.appointment.motif


def _list_waiting(place_id: int | None) -> list[WaitingEntry]:
    """Return those who may be told now, agenda by agenda, in the order of the list (1 query)."""
    waiting = WaitingEntry.objects.filter(
        is_waiting=True, appointment__status__in=ACTIVE, appointment__starts_at__gt=timezone.now()
    )
    if place_id is not None:
        waiting = waiting.filter(appointment__place=place_id)
    now_open = Count("offers", filter=Q(offers__status=OfferStatus.OPEN))
    ready = waiting.annotate(told=Count("offers"), now_open=now_open).filter(told__lt=MOST_NOTICES, now_open=0)
    related = ready.select_related("appointment__place", "appointment__motif", "appointment__contact")
    order = ("appointment__place", "appointment__motif__position", "appointment__motif__slug", "created_at", "pk")
    return list(related.prefetch_related("offers").order_by(*order))


def _offer_agenda(place: Place, motif: Motif, entries: list[WaitingEntry]) -> int:
    """Share the free slots of one agenda among those who wait for it."""
    free = list_slots(place=place, motif=motif)
    left = {slot.start: slot.capacity for slot in free}
    made = 0
    for entry in entries:
        _forget_taken(entry, left)
        known = {*entry.passed_over, *(offer.starts_at.isoformat() for offer in entry.offers.all())}
        for slot in free:
            if left[slot.start] and slot.start.isoformat() not in known and _suits(entry, slot):
                left[slot.start] -= 1
                made += _offer(entry, slot)
                break
    return made


def _forget_taken(entry: WaitingEntry, free: dict[dt.datetime, int]) -> None:
    """A start that was free when the person asked, and is not any more, counts as freed the next time it is."""
    still = [start for start in entry.passed_over if dt.datetime.fromisoformat(start) in free]
    if still != entry.passed_over:
        entry.passed_over = still
        WaitingEntry.objects.filter(pk=entry.pk).update(passed_over=still)


def _suits(entry: WaitingEntry, slot: Slot) -> bool:
    appointment = entry.appointment
    zone = appointment.place.zone
    return fits(slot.start, entry.wish, present=appointment.starts_at, zone=zone) and _plan(entry, slot) is not None


def _plan(entry: WaitingEntry, slot: Slot) -> dt.datetime | None:
    notice = dt.timedelta(hours=entry.appointment.motif.notice_hours)
    return plan_end(now=timezone.now(), start=slot.start, notice=notice, zone=entry.appointment.place.zone)


def _offer(entry: WaitingEntry, slot: Slot) -> bool:
    """Hold the slot, write the offer and queue its notice, all or nothing; False where somebody was quicker."""
    try:
        with transaction.atomic():
            return _write_offer(entry, slot)
    except IntegrityError:
        return False
    except Stopped:
        WaitingEntry.objects.filter(pk=entry.pk).update(is_waiting=False)
        return False


def _write_offer(entry: WaitingEntry, slot: Slot) -> bool:
    locked = WaitingEntry.objects.select_for_update().filter(pk=entry.pk, is_waiting=True).first()
    until, appointment = _plan(entry, slot), entry.appointment
    if locked is None or until is None or not _stands(entry):
        return False
    agenda = {"place": appointment.place, "motif": appointment.motif}
    booking = hold_slot(**agenda, start=slot.start, until=until, key=uuid.uuid4())
    if booking.outcome is not Outcome.DONE:
        return False
    token = make_link_token()
    offer = EarlierOffer.objects.create(
        entry=entry,
        number=EarlierOffer.objects.filter(entry=entry).count() + 1,
        hold=booking.appointment,
        starts_at=slot.start,
        token=token,
        token_digest=digest_token(token),
    )
    tell_offer(offer, appointment)
    return True


def _stands(entry: WaitingEntry) -> bool:
    """Tell whether the appointment is still what it was when the list was read, and nothing else is offered."""
    same = Appointment.objects.filter(pk=entry.appointment_id, starts_at=entry.appointment.starts_at)
    open_offers = entry.offers.filter(status=OfferStatus.OPEN)
    return same.filter(status__in=ACTIVE).exists() and not open_offers.exists()
