"""Ask to be reminded of an appointment, by one channel or the other, or take it back."""

import uuid
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from accessform.adaptation.presenting import presented
from accessform.handoff.access import get_appointment_or_404
from accessform.handoff.models import ACTIVE, Appointment
from accessform.handoff.reminders import remind_of_appointment, stop_reminding, subject_of
from accessform.messages.models import Channel
from accessform.messages.wish_form import Posted, present_wishes, read_wish, refuse, take_wish, takes_texts
from accessform.web.redirection import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@presented
def remind(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """Show what is agreed to by channel; POST begins or ends one."""
    appointment = get_appointment_or_404(request, appointment_id)
    if appointment.status not in ACTIVE:
        return SeeOther(reverse("appointment", args=[appointment.pk]))
    if request.method != "POST":
        return _page(request, appointment)
    posted = read_wish(request.POST)
    if posted is None:
        return SeeOther(request.path)
    if posted.ends:
        stop_reminding(appointment=appointment, channel=posted.channel)
        return SeeOther(request.path)
    level = request.presentation.reading_level  # type: ignore[attr-defined]
    error = take_wish(
        posted,
        subject=subject_of(appointment.pk),
        keep=lambda: remind_of_appointment(
            appointment=appointment, channel=posted.channel, address=posted.address, level=level
        ),
    )
    return _page(request, appointment, refuse(posted, error)) if error else SeeOther(request.path)


def _page(request: HttpRequest, appointment: Appointment, posted: Posted | None = None) -> HttpResponse:
    page = present_wishes(subject_of(appointment.pk), known=_known(appointment), posted=posted)
    context = {
        "page": page,
        "title": "messages.remind_appointment_title",
        "intro": "messages.remind_appointment_intro",
        "day": "",
        "no_code": False,
        "back": reverse("appointment", args=[appointment.pk]),
        "back_words": "messages.back_to_appointment",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if page.errors else HTTPStatus.OK
    return render(request, "messages/remind.html", context, status=status)


def _known(appointment: Appointment) -> dict[Channel, str]:
    """Return the addresses that the person gave for this appointment, so that nobody types them twice (WCAG 3.3.7)."""
    contact = appointment.contact
    if contact is None:
        return {}
    mobile = contact.phone_in_figures if contact.phone and takes_texts(contact.phone) else ""
    return {Channel.EMAIL: contact.email or "", Channel.SMS: mobile}
