"""An appointment as a calendar file (RFC 5545), with nothing that says what it is about."""

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from accessform.handoff.models import Appointment
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel


def make_calendar(appointment: Appointment) -> bytes:
    """Return the .ics bytes: neutral title, times in UTC (every calendar shows them by its own clock), the address."""
    place = appointment.place
    event = Event()
    event.add("uid", f"{appointment.pk}@accessform")
    event.add("sequence", appointment.version)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.ends_at)
    event.add("summary", interface.text("handoff.calendar_title", ReadingLevel.STANDARD))
    if not appointment.motif.needs_phone:
        event.add("location", f"{place.address}, {place.postal_code} {place.city}")
    event.add("url", f"{settings.PUBLIC_URL}/rendez-vous/")
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//accessform//FR")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical()
