"""« Vérifiez vos réponses »: every answer, how to change it, and sending."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from accessform.journeys.access import get_journey_or_404
from accessform.journeys.by_voice.heard import WORDS, heard_words
from accessform.journeys.by_voice.sending import is_sending, led_by
from accessform.journeys.by_voice.sound import Trouble, has_sound, microphone_of, sound_of
from accessform.journeys.models import JourneyStatus
from accessform.journeys.services.passage import Passage, load_passage
from accessform.journeys.services.recapitulation import recapitulation
from accessform.journeys.services.submit_journey import Incomplete, submit_journey
from accessform.journeys.views.answers import see_other
from accessform.journeys.views.presented import present
from accessform.web.middleware import allow_microphone
from accessform.web.views import bad_request


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def check(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Show every answer; POST sends them, once whatever happens; words, typed or said, must say so themselves."""
    journey = get_journey_or_404(request, journey_id)
    if journey.status == JourneyStatus.SUBMITTED:
        return see_other(f"/d/{journey.pk}/recu")
    passage = load_passage(journey)
    if request.method == "POST":
        if (WORDS in request.POST or has_sound(request)) and not is_sending(heard_words(request)):
            return keep_unsent(request, passage)
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


def keep_unsent(request: HttpRequest, passage: Passage) -> HttpResponse:
    """Obey a command, or say that nothing was sent and what would send."""
    words = heard_words(request)
    address = led_by(words, passage.journey.pk, passage.path.steps[-1].id)
    return see_other(address) if address else draw(request, passage, unsent=True)


def draw(request: HttpRequest, passage: Passage, status: int = 200, *, unsent: bool = False) -> HttpResponse:
    """Return the page; `unsent` after words that do not send."""
    presentation = present(request, passage.journey.pk)
    level, sound = presentation.reading_level, sound_of(request)
    trouble = sound.trouble if sound else None
    context: dict[str, Any] = {
        "journey_id": passage.journey.pk,
        "form_title": passage.definition.title.at(level),
        "sections": recapitulation(passage, level),
        "key": uuid.uuid4(),
        "missing": [step for step in passage.path.steps if step.id not in passage.complete()],
        "refused": status != 200,  # noqa: PLR2004
        "voice": presentation.voice,
        "unsent": unsent,
        "words": heard_words(request),
        "trouble": Trouble.TOO_LONG_UNHEARD if trouble is Trouble.TOO_LONG else trouble,
        "microphone": microphone_of(presentation, trouble) if presentation.voice else None,
    }
    response = render(request, "journeys/check.html", context, status=status)
    if context["microphone"]:
        allow_microphone(response)
    return response
