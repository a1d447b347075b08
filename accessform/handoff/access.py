"""Who may see an appointment: the session that booked it or gave its code, and the one that holds its journey."""

import uuid
from urllib.parse import parse_qs, urlsplit

from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve

from accessform.adaptation.preferences import Presentation
from accessform.adaptation.services import load_state
from accessform.handoff.models import Appointment
from accessform.journeys.access import SESSION_KEY as JOURNEYS_KEY

APPOINTMENTS_KEY = "appointments"
CONTACT_KEY = "handoff_contact"
JOURNEY_PARAMETER = "demarche"


def grant(request: HttpRequest, appointment: Appointment) -> None:
    """Let this session open an appointment."""
    listed = request.session.get(APPOINTMENTS_KEY, [])
    if str(appointment.pk) not in listed:
        request.session[APPOINTMENTS_KEY] = [*listed, str(appointment.pk)]


def get_appointment_or_404(request: HttpRequest, appointment_id: uuid.UUID) -> Appointment:
    """Return the appointment if this session may see it; raises Http404 otherwise, whether it exists or not."""
    appointments = Appointment.objects.select_related("place", "motif", "contact", "agent")
    appointment = appointments.filter(pk=appointment_id).first()
    if appointment is None or not _may_open(request, appointment):
        raise Http404("no such appointment for this session")
    return appointment


def _may_open(request: HttpRequest, appointment: Appointment) -> bool:
    listed = str(appointment.pk) in request.session.get(APPOINTMENTS_KEY, [])
    return listed or str(appointment.journey_id) in request.session.get(JOURNEYS_KEY, [])


def read_journey_id(request: HttpRequest) -> uuid.UUID | None:
    """Return the journey that this page was reached from, if the session lists it; anything else counts as none."""
    return _listed(request, request.POST.get(JOURNEY_PARAMETER) or request.GET.get(JOURNEY_PARAMETER, ""))


def presented_at(request: HttpRequest, path: str) -> Presentation | None:
    """Return how a page of this room looks where it was reached from a journey of this session, None elsewhere."""
    parts = urlsplit(path)
    asked = request.POST.get(JOURNEY_PARAMETER) or parse_qs(parts.query).get(JOURNEY_PARAMETER, [""])[0]
    journey_id = _listed(request, asked) or _listed(request, _journey_of_appointment(parts.path))
    return load_state(journey_id).presentation(request.presentation) if journey_id else None  # type: ignore[attr-defined]


def _journey_of_appointment(path: str) -> str:
    """Return the id of the journey of the appointment that `path` shows, "" where there is none."""
    try:
        appointment_id = resolve(path).kwargs.get("appointment_id")
    except Resolver404:
        return ""
    found = Appointment.objects.filter(pk=appointment_id).values_list("journey_id", flat=True) if appointment_id else []
    return str(next(iter(found), ""))


def _listed(request: HttpRequest, journey_id: str) -> uuid.UUID | None:
    """Return the id if it is one, and this session's."""
    try:
        known = uuid.UUID(journey_id)
    except ValueError:
        return None
    return known if str(known) in request.session.get(JOURNEYS_KEY, []) else None
