"""One appointment at one's own desk: its facts, the file shown for it, and how it ended."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accessform.desk.access import agent_required, get_appointment_or_404
from accessform.desk.services.days import Moment, describe
from accessform.handoff.calling_off import find_notice
from accessform.handoff.dates_in_words import say_moment
from accessform.handoff.models import Appointment, AppointmentStatus
from accessform.handoff.services.booking import Outcome
from accessform.handoff.services.closing import EARLIEST, SINCE, close_appointment
from accessform.handoff.sharing.urgent import is_allowed
from accessform.messages.models import Channel
from accessform.web.redirection import SeeOther
from accessform.web.views import bad_request

ENDS = {
    "recu": AppointmentStatus.SEEN,
    "pas-venu": AppointmentStatus.NO_SHOW,
    "annule": AppointmentStatus.CANCELLED_BY_SERVICE,
}
SAID = {
    AppointmentStatus.SEEN: "C'est noté : la personne a été reçue.",
    AppointmentStatus.NO_SHOW: "C'est noté : la personne n'est pas venue.",
    AppointmentStatus.CANCELLED_BY_SERVICE: "Le rendez-vous est annulé.",
}
TOLD = {
    Channel.EMAIL: "Un e-mail prévient la personne.",
    Channel.SMS: "Un SMS prévient la personne, de 8 h à 20 h.",
    Channel.LETTER: "Une lettre prévient la personne. Appelez aussi, si c'est bientôt.",
}
NOT_TOLD = "Aucun message ne peut prévenir la personne. Appelez-la."
TOO_EARLY = "Il est trop tôt pour le dire. Revenez à l'heure du rendez-vous."
CHANGED = "Ce rendez-vous a changé entre-temps. Le voici comme il est maintenant."
MAX_DIGITS = 9


@agent_required
@require_safe
def appointment(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """Show an appointment; 404 for one of another desk."""
    return draw(request, get_appointment_or_404(request.user, appointment_id))


@agent_required
@require_POST
def close(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """Say how an appointment ended; said twice is said once, and a change made elsewhere is shown, not written over."""
    row = get_appointment_or_404(request.user, appointment_id)
    end, version = ENDS.get(request.POST.get("end", "")), request.POST.get("version", "")
    if end is None or not (version.isascii() and version.isdigit() and len(version) <= MAX_DIGITS):
        return bad_request(request)
    outcome = close_appointment(appointment=row, outcome=end, version=int(version))
    if outcome is Outcome.DONE:
        messages.success(request, SAID[end])
    else:
        messages.warning(request, TOO_EARLY if outcome is Outcome.TOO_EARLY else CHANGED)
    return SeeOther(reverse("desk:appointment", args=[row.pk]))


def draw(request: HttpRequest, row: Appointment, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
    """Return the page of an appointment; `refusal` says why its file does not open."""
    now, zone = timezone.now(), row.place.zone
    line = describe(row, now)
    context = {
        "line": line,
        "when": say_moment(row.starts_at, zone, today=now.astimezone(zone).date()),
        "day": row.starts_at.astimezone(zone).date(),
        "ends": _ends(row),
        "may_cancel": line.moment is Moment.AHEAD,
        "email": row.contact.email if row.contact else "",
        "told": _say_told(row),
        "refusal": "",
        "may_open_urgently": is_allowed(request.user),
        "here": "",
        **more,
    }
    return render(request, "desk/appointment.html", context, status=status)


def _say_told(row: Appointment) -> str:
    """Return how a person is told that the service called their appointment off, "" for any other appointment."""
    if row.status != AppointmentStatus.CANCELLED_BY_SERVICE:
        return ""
    channel = find_notice(row)
    return TOLD[channel] if channel else NOT_TOLD


def _ends(row: Appointment) -> list[str]:
    """Return how this appointment may be said to have ended now."""
    now = timezone.now()
    return [
        name
        for name, end in ENDS.items()
        if end in EARLIEST and row.status in SINCE[end] and now >= row.starts_at - EARLIEST[end]
    ]
