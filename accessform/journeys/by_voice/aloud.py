"""What the card says, made for one POST by a local voice, never kept, never cached; `?mots`: the times of its words."""

import uuid

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from accessform.adaptation.services import load_state
from accessform.journeys.access import get_journey_or_404
from accessform.journeys.by_voice.heard import STATE
from accessform.journeys.by_voice.sealing import unseal
from accessform.journeys.services.passage import load_passage
from accessform.journeys.visit import Visit
from accessform.speech.middleware import WORDS_PARAMETER, sound_of_text, times_of_text
from accessform.speech.pages import passage_not_found_page

PRIVATE = "reponse"
"""The parameter that asks for a sensitive answer to be read aloud; only a button sends it."""


@require_POST
@cache_control(private=True, no_store=True)
def aloud(request: HttpRequest, journey_id: uuid.UUID, step_id: str) -> HttpResponseBase:
    """Say what the card of this journey's step shows, from the field that it posts; 404 for any other field."""
    journey = get_journey_or_404(request, journey_id)
    passage = load_passage(journey)
    step = passage.step(step_id)
    visit = Visit(request, passage, step, load_state(journey_id)) if step else None
    if visit is None:
        raise Http404("no such step in this form")
    request.presentation = visit.presentation  # type: ignore[attr-defined]
    sealed = unseal(request.POST.get(STATE, ""), visit, None)
    text = (sealed.private or sealed.aloud if PRIVATE in request.GET else sealed.aloud) if sealed else ""
    if sealed is None or not text:
        return passage_not_found_page(request)
    return times_of_text(text, sealed.rewritten) if WORDS_PARAMETER in request.GET else sound_of_text(request, text)
