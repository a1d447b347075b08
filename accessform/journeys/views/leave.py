"""/d/<uuid>/quitter: « Effacer et quitter » asks once, then nothing stays on this device."""

import uuid
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accessform.adaptation.presenting import presented
from accessform.journeys.access import get_journey_or_404
from accessform.journeys.continuing import path_to_continue
from accessform.journeys.leaving import erase_everything, forget_device, has_way_back
from accessform.journeys.models import Journey, JourneyStatus
from accessform.web.redirection import SeeOther

FAREWELLS = {"garde", "efface", "envoye"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@presented
def leave_journey(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Ask once what to do; then do it, end the session, and clear what the browser kept of this site."""
    journey = get_journey_or_404(request, journey_id)
    action = request.POST.get("action", "")
    is_sent = journey.status == JourneyStatus.SUBMITTED
    if action == "erase":
        erase_everything(journey.pk)
        return _farewell(request, "envoye" if is_sent else "efface")
    if action == "forget" and has_way_back(journey):
        forget_device(journey.pk)
        return _farewell(request, "envoye" if is_sent else "garde")
    return _ask(request, journey, HTTPStatus.OK if request.method != "POST" else HTTPStatus.UNPROCESSABLE_ENTITY)


@never_cache
@require_http_methods(["GET", "HEAD"])
def farewell(request: HttpRequest, outcome: str) -> HttpResponse:
    """Say what was done; the page holds nothing of the person."""
    if outcome not in FAREWELLS:
        raise Http404("no such page")
    return render(request, "journeys/erased.html", _farewell_keys(outcome))


def _farewell_keys(outcome: str) -> dict[str, str]:
    name = {"garde": "kept", "efface": "erased", "envoye": "sent"}[outcome]
    return {"title_key": f"resume.farewell_{name}_title", "text_key": f"resume.farewell_{name}_text"}


def _ask(request: HttpRequest, journey: Journey, status: HTTPStatus) -> HttpResponse:
    context = {
        "journey": journey,
        "has_way_back": has_way_back(journey),
        "is_sent": journey.status == JourneyStatus.SUBMITTED,
        "back": path_to_continue(journey),
    }
    return render(request, "journeys/leave.html", context, status=status)


def _farewell(request: HttpRequest, outcome: str) -> HttpResponse:
    """End the session and lead to the last page. Cookies go; cache and storage too, in browsers that can."""
    request.session.flush()
    response = SeeOther(reverse("farewell", args=[outcome]))
    for name in request.COOKIES:
        response.delete_cookie(name)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
