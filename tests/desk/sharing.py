"""A journey shown at a desk, to read or to fill in together."""

from typing import Any

from django.utils import timezone

from accessform.handoff.models import Appointment, Handover
from accessform.journeys.models import Journey, StepAnswers
from tests.handoff.sharing_made import agree, make_filled_journey

SAFE = ("prenom", "loyer", "sante", "iban")
"""Every answer of the step « foyer »: chosen, that step opens to the agent and the others stay closed."""


def show(appointment: Appointment, **asked: Any) -> Handover:
    """Have the person of an appointment agree to show a filled journey at it."""
    journey = make_filled_journey()
    Appointment.objects.filter(pk=appointment.pk).update(journey=journey)
    appointment.refresh_from_db()
    return agree(journey, appointment.place, timezone.now(), appointment=appointment, **asked)


def complete(journey: Journey) -> None:
    """Leave every step without error."""
    StepAnswers.objects.filter(journey=journey).update(complete=True)
