"""« Documents à envoyer encore »: send what was put off, once the form has been sent."""

import uuid
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from accessform.answers.refusals import Refused
from accessform.journeys.access import get_journey_or_404
from accessform.journeys.late_documents import AwaitedDocument, awaited_documents, receive_documents
from accessform.journeys.models import Submission
from accessform.journeys.services.store_uploads import MEGABYTE
from accessform.journeys.views.presented import present
from accessform.journeys.views.uploads import is_too_much
from accessform.plain_language import interface


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def send_pieces(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Show the documents still to send, or take one; 404 unless this session's journey was sent."""
    journey = get_journey_or_404(request, journey_id)
    level = present(request, journey_id).reading_level
    submission = Submission.objects.filter(journey=journey).first()
    if submission is None:
        raise Http404("this journey was not sent")
    submission.journey = journey
    awaited = awaited_documents(submission)
    if request.method != "POST":
        return _page(request, submission, awaited)
    asked = next((one for one in awaited if one.question.id == request.POST.get("question")), None)
    if asked is None:
        raise Http404("no such document is awaited")
    refusal = _receive(request, submission, asked)
    if refusal is not None:
        error = interface.text(f"answers.{refusal.code}", level, **refusal.details)
        return _page(request, submission, awaited_documents(submission), refused=asked, error=error)
    response = HttpResponseRedirect(f"{reverse('pieces', args=[journey_id])}?recu={asked.question.id}")
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def _receive(request: HttpRequest, submission: Submission, asked: AwaitedDocument) -> Refused | None:
    """Take what the POST brings for one document; return why it was not taken, or not wholly."""
    if is_too_much(request):
        return Refused("file_too_much", max=settings.FILE_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE)
    uploads = request.FILES.getlist("upload")
    if not uploads:
        return Refused("file_missing")
    return receive_documents(submission=submission, awaited=asked, uploads=uploads).refusal


def _page(
    request: HttpRequest,
    submission: Submission,
    awaited: list[AwaitedDocument],
    *,
    refused: AwaitedDocument | None = None,
    error: str = "",
) -> HttpResponse:
    context = {
        "journey_id": submission.journey_id,
        "reference": submission.reference,
        "awaited": awaited,
        "received": any(one.files and one.question.id == request.GET.get("recu") for one in awaited),
        "refused_id": refused.question.id if refused else "",
        "error": error,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render(request, "journeys/pieces.html", context, status=status)
