"""What the pages say of the list and of its offers, in words, by the clocks of the place."""

from typing import Any

from django.utils import timezone

from accessform.handoff.dates_in_words import say_moment
from accessform.handoff.models import ACTIVE, Appointment, AppointmentStatus, EarlierOffer, OfferStatus, WaitingEntry
from accessform.handoff.presenting import local_today
from accessform.handoff.waiting.entries import count_notices_left


def present_offer(offer: EarlierOffer) -> dict[str, Any]:
    """Return what the page of an offer shows: the time that is offered beside the one that the person has."""
    appointment = offer.entry.appointment
    now, place = timezone.now(), appointment.place
    today = local_today(place, now)
    until = offer.hold.held_until if offer.hold else None
    return {
        "offer": offer,
        "place": place,
        "state": _name_state(offer, appointment),
        "when": say_moment(offer.starts_at, place.zone, today=today),
        "present": say_moment(appointment.starts_at, place.zone, today=today),
        "until": say_moment(until, place.zone, today=today) if until and until > now else "",
        "is_waiting": offer.entry.is_waiting and count_notices_left(offer.entry) > 0,
    }


def _name_state(offer: EarlierOffer, appointment: Appointment) -> str:
    """Return where an offer stands for the person: open, accepted, refused, or over for whatever reason."""
    if offer.status != OfferStatus.OPEN:
        known = {OfferStatus.ACCEPTED: "accepted", OfferStatus.REFUSED: "refused"}
        return known.get(OfferStatus(offer.status), "over")
    kept = offer.hold is not None and offer.hold.status == AppointmentStatus.HELD and offer.starts_at > timezone.now()
    standing = appointment.status in ACTIVE and appointment.starts_at > offer.starts_at
    return "open" if kept and standing else "over"


def present_waiting(appointment: Appointment) -> dict[str, Any]:
    """Return what the page of an appointment says of the list: whether it is on it, and what is offered now."""
    entry = WaitingEntry.objects.filter(appointment=appointment).prefetch_related("offers__hold").first()
    place, today = appointment.place, local_today(appointment.place, timezone.now())
    offers = list(entry.offers.all()) if entry else []
    shown = [offer for offer in offers if _name_state(offer, appointment) == "open"]
    return {
        "waiting": bool(entry and entry.is_waiting),
        "notices_over": bool(entry and not count_notices_left(entry)),
        "offered": shown[0] if shown else None,
        "offered_when": say_moment(shown[0].starts_at, place.zone, today=today) if shown else "",
        "may_wait": appointment.starts_at.astimezone(place.zone).date() > today,
    }
