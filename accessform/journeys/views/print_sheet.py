"""« Imprimer ce que j'ai rempli »: a sheet to keep, to finish by hand, or to bring to someone."""

import uuid
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accessform.answers.printed_values import moment_in_words
from accessform.journeys.access import get_journey_or_404
from accessform.journeys.contact import current_service, dialled
from accessform.journeys.models import Journey, Submission
from accessform.journeys.receipt import PARIS
from accessform.journeys.resume import resume_link_for
from accessform.journeys.services.passage import load_passage
from accessform.journeys.sheet import build_sheet, words_on_sheet
from accessform.journeys.views.presented import present


@require_safe
@cache_control(private=True, no_store=True)
def show_sheet(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Show the sheet as a page made for paper; 404 for a journey of another session."""
    journey = get_journey_or_404(request, journey_id)
    level = present(request, journey_id).reading_level
    submission = Submission.objects.filter(journey=journey).first()
    answers = _answers(journey, submission)
    service = current_service(journey.version, answers)
    definition = journey.version.definition
    steps = build_sheet(definition, answers, level)
    context = {
        "journey_id": journey_id,
        "definition": definition,
        "steps": steps,
        "words": words_on_sheet(definition, steps, level),
        "service": service,
        "dialled": dialled(service.phone),
        "resume_page": settings.PUBLIC_URL + reverse("resume"),
        "qr": _qr_code(_resume_address(journey)),
        "made": moment_in_words(timezone.now().astimezone(PARIS)),
        "sent": moment_in_words(submission.submitted_at.astimezone(PARIS)) if submission else "",
        "reference": submission.reference if submission else "",
        "back": f"/d/{journey_id}/",
    }
    return render(request, "journeys/print_sheet.html", context)


def _answers(journey: Journey, submission: Submission | None) -> dict[str, Any]:
    """Return what was sent, else what is saved so far, hidden questions left out."""
    if submission is not None:
        return {entry["id"]: entry["value"] for step in submission.document["steps"] for entry in step["questions"]}
    return dict(load_passage(journey).path.answers)


def _resume_address(journey: Journey) -> str:
    """Return the address that a phone opens from the sheet: this journey's if it has a code, else the general one.

    Neither opens anything by itself: the person is asked for what they chose to be recognised by.
    """
    return settings.PUBLIC_URL + (resume_link_for(journey) or reverse("resume"))


def _qr_code(address: str) -> str:
    """Return the address as an SVG image without a name: the page names it."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=False))  # noqa: S308
