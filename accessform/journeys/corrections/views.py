"""« J'ai oublié ou mal écrit quelque chose »: the citizen's pages, from the receipt."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from accessform.journeys.access import get_journey_or_404
from accessform.journeys.corrections import pages
from accessform.journeys.corrections.desk import Place
from accessform.journeys.corrections.drafting import CITIZEN
from accessform.journeys.corrections.sending import Sender
from accessform.journeys.models import Corrector, Submission
from accessform.journeys.views.presented import present


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def choose(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Choose which answers; 404 unless this session's journey was sent."""
    return pages.choose(request, *_open(request, journey_id))


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def answer(request: HttpRequest, journey_id: uuid.UUID, question_id: str) -> HttpResponse:
    """Answer one question again; 404 for a question that is not asked."""
    return pages.answer(request, *_open(request, journey_id), question_id)


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def check(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Check before and after, and send."""
    return pages.check(request, *_open(request, journey_id))


def _open(request: HttpRequest, journey_id: uuid.UUID) -> tuple[Submission, Place]:
    journey = get_journey_or_404(request, journey_id)
    submission = Submission.objects.filter(journey=journey).first()
    if submission is None:
        raise Http404("this journey was not sent")
    submission.journey = journey
    place = Place(
        sender=Sender(CITIZEN, Corrector.CITIZEN.value),
        level=present(request, journey_id).reading_level,
        home=reverse("correct", args=[journey_id]),
        back=reverse("receipt", args=[journey_id]),
    )
    return submission, place
