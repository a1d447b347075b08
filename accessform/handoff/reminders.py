"""Reminders of appointments, for who asked: a week, a day and two hours before, by the clocks of the place."""

import uuid

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accessform.handoff.dates_in_words import say_day, say_time_of
from accessform.handoff.models import ACTIVE, Appointment
from accessform.handoff.presenting import make_stamp
from accessform.messages.models import Channel, OutboxMessage, ReminderWish
from accessform.messages.planning import plan_before_appointment
from accessform.messages.reminding import queue_reminders
from accessform.messages.services import drop_messages, forget_messages
from accessform.messages.wanted import subject_id
from accessform.messages.wishes import end_wish, wish_reminders
from accessform.plain_language.interface import text
from accessform.plain_language.wording import ReadingLevel

SUBJECT = "appointment"
KIND = "appointment"


def subject_of(appointment_id: uuid.UUID) -> str:
    """Return what messages about an appointment are filed under."""
    return f"{SUBJECT}:{appointment_id}"


def remind_of_appointment(*, appointment: Appointment, channel: Channel, address: str, level: ReadingLevel) -> None:
    """Keep the wish to be reminded by one channel, and queue what is still ahead. Raises BadAddress, AddressStopped."""
    with transaction.atomic():
        wish_reminders(subject=subject_of(appointment.pk), channel=channel, address=address, level=level)
        plan_reminders(appointment.pk)


def stop_reminding(*, appointment: Appointment, channel: Channel) -> None:
    """Take the wish for one channel back; what was to go by it goes by the other one, where there is one."""
    with transaction.atomic():
        end_wish(subject=subject_of(appointment.pk), channel=channel)
        plan_reminders(appointment.pk)


def plan_reminders(appointment_id: uuid.UUID) -> None:
    """Withdraw the reminders that wait and queue those of the appointment as it now stands: booked, moved or over.

    Call it in the transaction that changes the appointment.
    """
    subject = subject_of(appointment_id)
    drop_messages(subject=subject, reminders_only=True)
    appointment = Appointment.objects.select_related("place", "motif").filter(pk=appointment_id).first()
    if appointment is None or appointment.status not in ACTIVE:
        return
    zone = appointment.place.zone
    queue_reminders(
        subject=subject,
        kind=KIND,
        occasion=_occasion(appointment),
        planned=plan_before_appointment(appointment.starts_at, zone=zone, now=timezone.now()),
        words=lambda wish: _words(appointment, wish),
        zone=zone,
    )


def forget_reminders(appointment_id: uuid.UUID) -> None:
    """Erase the wishes, addresses and messages of an appointment."""
    forget_messages(subject=subject_of(appointment_id))


def is_still_wanted(message: OutboxMessage) -> bool:
    """Tell whether the appointment still stands at the time that a message tells of (registered with messages)."""
    appointment = Appointment.objects.filter(pk=subject_id(message), status__in=ACTIVE).first()
    if appointment is None:
        return False
    return message.number is None or f":{_occasion(appointment)}:" in message.key


def _occasion(appointment: Appointment) -> str:
    return make_stamp(appointment.starts_at)


def _words(appointment: Appointment, wish: ReminderWish) -> dict[str, str]:
    """Return what a reminder says: the time, and the address where one comes; never the motif nor the place's name."""
    place, zone = appointment.place, appointment.place.zone
    local = appointment.starts_at.astimezone(zone)
    where = text(
        f"messages.where_{appointment.motif.mode}",
        wish.reading_level,
        address=f"{place.address}, {place.postal_code} {place.city}",
    )
    return {
        "day": say_day(local.date()),
        "hour": say_time_of(appointment.starts_at, zone),
        "where": where,
        "link": f"{settings.PUBLIC_URL}{reverse('find_appointment')}",
    }
