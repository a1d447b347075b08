"""« Pourquoi ? »: everything that changed or was offered in a journey, each with its facts and its undo."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accessform.adaptation import choices, services
from accessform.adaptation.explanation import build_explanation, labels_of
from accessform.adaptation.models import AdaptiveState
from accessform.journeys.access import get_journey_or_404
from accessform.web.redirection import SeeOther
from accessform.web.views import bad_request


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def explanation(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Show the page, or do what one of its buttons says and show it anew. 400 on an unknown button."""
    journey = get_journey_or_404(request, journey_id)
    state = services.load_state(journey.pk)
    if request.method == "POST":
        verb, _, argument = request.POST.get("action", "").partition(":")
        if not _done(request, state, verb, argument):
            return bad_request(request)
        return SeeOther(reverse("journeys:why", args=[journey.pk]))
    return render(request, "adaptation/explanation.html", _context(request, journey, state))


def _context(request: HttpRequest, journey: Any, state: AdaptiveState) -> dict[str, Any]:
    """Return what the page shows, at the level of this journey's pages."""
    base = request.presentation  # type: ignore[attr-defined]
    request.presentation = state.presentation(base)  # type: ignore[attr-defined]
    labels = labels_of(journey.version.definition, request.presentation.reading_level)  # type: ignore[attr-defined]
    return {
        "journey_id": journey.pk,
        "explanation": build_explanation(state.policy_state, base=base, labels=labels),
        "why_url": reverse("journeys:why", args=[journey.pk]),
        "json_url": reverse("journeys:why_json", args=[journey.pk]),
        "back_url": reverse("journeys:home", args=[journey.pk]),
    }


def _done(request: HttpRequest, state: AdaptiveState, verb: str, argument: str) -> bool:
    """Carry out one button; tell whether there is such a button. The session keeps what is not of one journey."""
    if verb == "undo":
        services.undo_change(state=state, change_id=argument)
    elif verb == "undo_all":
        services.undo_all(state=state)
    elif verb == "accept":
        services.accept_offer(state=state, offer_id=argument)
    elif verb == "take_back":
        choices.take_back(request, argument)
    elif verb in ("stop", "resume"):
        choices.choose(request, help_offers=verb == "resume")
        services.stop_help(state=state) if verb == "stop" else services.resume_help(state=state)
    elif verb in ("auto_on", "auto_off"):
        choices.choose(request, auto_adapt=verb == "auto_on")
        services.set_auto_adapt(state=state, on=verb == "auto_on")
    elif verb in ("count_on", "count_off"):
        choices.choose(request, counters=verb == "count_on")
        services.resume_help(state=state) if verb == "count_on" else services.stop_counting(state=state)
    else:
        return False
    return True


@require_safe
@cache_control(private=True, no_store=True)
def explanation_json(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Give the person their own copy: every decision with its rule, version and counts."""
    journey = get_journey_or_404(request, journey_id)
    record = services.load_state(journey.pk).as_record()
    headers = {"Content-Disposition": 'attachment; filename="pourquoi.json"'}
    return JsonResponse(record, json_dumps_params={"ensure_ascii": False, "indent": 2}, headers=headers)
