"""Who may open a journey: the session that started or resumed it; its step pages also open to a consented helper."""

import uuid

from django.http import Http404, HttpRequest

from accessform.journeys.helping import Helping, find_helping
from accessform.journeys.models import Journey

SESSION_KEY = "journeys"


def grant(request: HttpRequest, journey: Journey) -> None:
    """Let this session open `journey`, under a new session key."""
    listed = request.session.get(SESSION_KEY, [])
    request.session.cycle_key()
    request.session[SESSION_KEY] = [*[known for known in listed if known != str(journey.pk)], str(journey.pk)]


def get_journey_or_404(request: HttpRequest, journey_id: uuid.UUID) -> Journey:
    """Return the journey if this session lists it; raises Http404 otherwise, whether it exists or not."""
    if str(journey_id) not in request.session.get(SESSION_KEY, []):
        raise Http404("no such journey for this session")
    return _get(journey_id)


def get_journey_to_fill(request: HttpRequest, journey_id: uuid.UUID) -> tuple[Journey, Helping | None]:
    """Return the journey, and how this session helps with it where it is another person's.

    Raises Http404 for a journey that is neither this session's nor shown to it, HelpEnded where it is shown no more.
    """
    if str(journey_id) in request.session.get(SESSION_KEY, []):
        return _get(journey_id), None
    helping = find_helping(request, journey_id)
    if helping is None:
        raise Http404("no such journey for this session")
    return _get(journey_id), helping


def _get(journey_id: uuid.UUID) -> Journey:
    try:
        return (
            Journey.objects.select_related("version__form")
            .defer("version__source", "version__compiled")
            .get(pk=journey_id)
        )
    except Journey.DoesNotExist as error:
        raise Http404("this journey was erased") from error


def listed_journeys(request: HttpRequest) -> list[uuid.UUID]:
    """Return the journeys that this session may open (registered with adaptation)."""
    return [uuid.UUID(known) for known in request.session.get(SESSION_KEY, [])]
