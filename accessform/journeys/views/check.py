"""« Vérifiez vos réponses »: every answer, how to change it, and sending."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from accessform.journeys.access import get_journey_or_404
from accessform.journeys.models import JourneyStatus
from accessform.journeys.services.passage import Passage, load_passage
from accessform.journeys.services.recapitulation import recapitulation
from accessform.journeys.services.submit_journey import Incomplete, submit_journey
from accessform.journeys.views.answers import see_other
from accessform.journeys.views.presented import present
from accessform.web.views import bad_request


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def check(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Show every answer; POST sends them, once whatever happens."""
    journey = get_journey_or_404(request, journey_id)
    if journey.status == JourneyStatus.SUBMITTED:
        return see_other(f"/d/{journey.pk}/recu")
    passage = load_passage(journey)
    if request.method == "POST":
        return send(request, passage)
    return draw(request, passage)


def send(request: HttpRequest, passage: Passage) -> HttpResponse:
    """Send the answers; what is missing is shown with its step."""
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return bad_request(request)
    try:
        submit_journey(passage=passage, key=key)
    except Incomplete:
        return draw(request, passage, status=422)
    return see_other(f"/d/{passage.journey.pk}/recu")


def draw(request: HttpRequest, passage: Passage, status: int = 200) -> HttpResponse:
    """Return the page."""
    level = present(request, passage.journey.pk).reading_level
    context: dict[str, Any] = {
        "journey_id": passage.journey.pk,
        "form_title": passage.definition.title.at(level),
        "sections": recapitulation(passage, level),
        "key": uuid.uuid4(),
        "missing": [step for step in passage.path.steps if step.id not in passage.complete()],
        "refused": status != 200,  # noqa: PLR2004
    }
    return render(request, "journeys/check.html", context, status=status)
