"""The receipt of a journey that was sent, on screen and as PDF."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accessform.journeys.access import get_journey_or_404
from accessform.journeys.corrections.drafting import CITIZEN, find_draft
from accessform.journeys.corrections.notices import is_told
from accessform.journeys.corrections.telling import open_lines
from accessform.journeys.models import Submission
from accessform.journeys.printing.receipt_pdf import make_receipt_pdf, ways_to_send
from accessform.journeys.receipt import read_receipt
from accessform.journeys.views.presented import present


@require_safe
@cache_control(private=True, no_store=True)
def show_receipt(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Show the acknowledgement; 404 for a journey of another session, or one that was not sent."""
    submission = _submission_or_404(request, journey_id)
    level = present(request, journey_id).reading_level
    receipt = read_receipt(submission, level)
    context = {
        "receipt": receipt,
        "journey_id": journey_id,
        "ways": ways_to_send(receipt, level),
        "asked": open_lines(submission, level),
        "corrected_now": bool(receipt.corrections) and request.GET.get("corrige") == "1",
        "told": is_told(journey_id),
        "begun": find_draft(submission, CITIZEN) is not None,
    }
    return render(request, "journeys/receipt.html", context)


@require_safe
@cache_control(private=True, no_store=True)
def download_receipt(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Answer with the receipt as tagged PDF."""
    receipt = read_receipt(_submission_or_404(request, journey_id))
    response = HttpResponse(make_receipt_pdf(receipt), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="accuse-de-reception-{receipt.reference}.pdf"'
    return response


def _submission_or_404(request: HttpRequest, journey_id: uuid.UUID) -> Submission:
    journey = get_journey_or_404(request, journey_id)
    submission = Submission.objects.filter(journey=journey).first()
    if submission is None:
        raise Http404("this journey was not sent")
    submission.journey = journey
    return submission
