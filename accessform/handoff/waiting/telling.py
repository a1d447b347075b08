"""Tell a person of an earlier slot: one message, by the way that they gave. Without one, their page shows it."""

from django.utils import timezone

from accessform.handoff.dates_in_words import say_moment
from accessform.handoff.models import Appointment, AppointmentStatus, Contact, EarlierOffer, OfferStatus
from accessform.handoff.presenting import local_today
from accessform.handoff.reaching import choose_way
from accessform.handoff.waiting.closing import name_subject
from accessform.handoff.waiting.tokens import offer_link
from accessform.messages.models import OutboxMessage
from accessform.messages.services import queue_message
from accessform.plain_language.wording import ReadingLevel

KIND = "waiting.notice"
"""Its texts: waiting.notice_subject and waiting.notice_body, or waiting.notice_sms."""


class Stopped(Exception):
    """The person has said stop to these messages: nothing is to be offered to them."""


def tell_offer(offer: EarlierOffer, appointment: Appointment) -> None:
    """Queue the notice of an offer, in the transaction that writes it. Raises Stopped.

    It says when, until when, and where to answer: no form, no motif, no place.
    """
    way = choose_way(appointment.contact)
    if way is None or offer.hold is None or offer.hold.held_until is None:
        return
    zone, today = appointment.place.zone, local_today(appointment.place, timezone.now())
    words = {
        "when": say_moment(offer.starts_at, zone, today=today),
        "until": say_moment(offer.hold.held_until, zone, today=today),
        "link": offer_link(offer),
    }
    channel, address = way
    queued = queue_message(
        key=f"{name_subject(offer.entry)}:{offer.number}",
        kind=KIND,
        channel=channel,
        address=address,
        words=words,
        level=ReadingLevel.PLAIN,
        subject=name_subject(offer.entry),
        expires_at=offer.hold.held_until,
        zone=zone,
    )
    if queued is None:
        raise Stopped


def can_be_told(contact: Contact | None) -> bool:
    """Tell whether a message can reach this person."""
    return choose_way(contact) is not None


def is_still_wanted(message: OutboxMessage) -> bool:
    """Tell whether the offer that a message tells of can still be taken; asked just before it leaves."""
    entry_id = message.subject.partition(":")[2]
    still_open = EarlierOffer.objects.filter(entry=entry_id, status=OfferStatus.OPEN)
    return still_open.filter(hold__status=AppointmentStatus.HELD, hold__held_until__gt=timezone.now()).exists()
