"""Who may see an appointment: the session that booked it or gave its code, and the one that holds its journey."""

import uuid

from django.http import Http404, HttpRequest

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
    asked = request.POST.get(JOURNEY_PARAMETER) or request.GET.get(JOURNEY_PARAMETER, "")
    try:
        journey_id = uuid.UUID(asked)
    except ValueError:
        return None
    return journey_id if str(journey_id) in request.session.get(JOURNEYS_KEY, []) else None
