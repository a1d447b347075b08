"""Tell a person that the service called their appointment off: one message, by the way that they chose or gave."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accessform.handoff import reminders
from accessform.handoff.dates_in_words import say_day, say_time_of
from accessform.handoff.models import Appointment, AppointmentStatus
from accessform.handoff.reaching import choose_way
from accessform.handoff.reminders import subject_of
from accessform.messages.addresses import BadAddress
from accessform.messages.hours import wait_for_day
from accessform.messages.models import Channel, OutboxMessage, State
from accessform.messages.reminding import choose_wish
from accessform.messages.services import queue_message
from accessform.messages.wanted import subject_id
from accessform.messages.wishes import list_wishes
from accessform.plain_language.interface import text
from accessform.plain_language.wording import ReadingLevel

KIND = "called_off"


def tell_called_off(appointment: Appointment) -> OutboxMessage | None:
    """Queue the message in the transaction that calls the appointment off; None where nobody can be written to, or
    only after the hour.

    It goes by the channel on which the person asked for reminders, else to the address that they gave to be told of
    changes. It says the hour, how to choose another, and the place's number: no form, no motif, no place.
    """
    way = _choose(appointment)
    if way is None or _comes_too_late(appointment, way[0]):
        return None
    channel, address, level = way
    try:
        return queue_message(
            key=_key(appointment),
            kind=KIND,
            channel=channel,
            address=address,
            words=_words(appointment, channel, level),
            level=level,
            subject=subject_of(appointment.pk),
            expires_at=None if channel == Channel.LETTER else appointment.starts_at,
            zone=appointment.place.zone,
        )
    except BadAddress:
        return None


def find_notice(appointment: Appointment) -> Channel | None:
    """Return by what the person is told, or is being told, that their appointment is called off; None for nothing."""
    notices = OutboxMessage.objects.filter(key=_key(appointment)).exclude(state__in=(State.DROPPED, State.GIVEN_UP))
    notice = notices.select_related("recipient").first()
    return Channel(notice.recipient.channel) if notice else None


def is_still_wanted(message: OutboxMessage) -> bool:
    """Tell whether a message about an appointment still says the truth (registered with messages)."""
    if message.kind != KIND:
        return reminders.is_still_wanted(message)
    off = AppointmentStatus.CANCELLED_BY_SERVICE
    return Appointment.objects.filter(pk=subject_id(message), status=off).exists()


def _key(appointment: Appointment) -> str:
    return f"{subject_of(appointment.pk)}:{KIND}"


def _choose(appointment: Appointment) -> tuple[Channel, str, ReadingLevel] | None:
    wishes = list_wishes(subject_of(appointment.pk))
    if wishes:
        wish = choose_wish(wishes, left=appointment.starts_at - timezone.now())
        return Channel(wish.channel), wish.address, wish.reading_level
    way = choose_way(appointment.contact)
    return (*way, ReadingLevel.PLAIN) if way else None


def _comes_too_late(appointment: Appointment, channel: Channel) -> bool:
    """Tell whether a message by this channel would leave once the appointment's hour has come; a letter has no hour."""
    now = timezone.now()
    leaves = wait_for_day(now, appointment.place.zone) if channel == Channel.SMS else now
    return channel != Channel.LETTER and leaves >= appointment.starts_at


def _words(appointment: Appointment, channel: Channel, level: ReadingLevel) -> dict[str, str]:
    """Return what the message says; a text message holds no more than the shortest words."""
    place, zone = appointment.place, appointment.place.zone
    call = f"messages.{KIND}_{'call_sms' if channel == Channel.SMS else 'call'}"
    return {
        "day": say_day(appointment.starts_at.astimezone(zone).date()),
        "hour": say_time_of(appointment.starts_at, zone),
        "link": f"{settings.PUBLIC_URL}{reverse('find_appointment')}",
        "call": text(call, level, phone=place.phone) if place.phone else "",
    }
