"""Where a person who comes back goes on."""

from django.urls import reverse

from accessform.journeys.models import Journey, JourneyStatus
from accessform.journeys.services.passage import load_passage


def path_to_continue(journey: Journey) -> str:
    """Return the first shown step that is not complete, else the check of all answers; the receipt once sent."""
    if journey.status == JourneyStatus.SUBMITTED:
        return f"/d/{journey.pk}/recu"
    waiting = load_passage(journey).next_to_fill()
    if waiting is None:
        return reverse("journeys:check", args=[journey.pk])
    return reverse("journeys:step", args=[journey.pk, waiting.id])
