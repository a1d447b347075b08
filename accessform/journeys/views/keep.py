"""/d/<uuid>/reprendre: get the code, or a link, to come back later. And a copy of everything held."""

import uuid
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accessform.adaptation.presenting import presented
from accessform.journeys.access import get_journey_or_404
from accessform.journeys.continuing import path_to_continue
from accessform.journeys.models import Journey, ResumeAccess, ResumeLink, SecondElement
from accessform.journeys.resume import BadSecondElement, make_access
from accessform.journeys.resume_codes import grouped, spelled
from accessform.journeys.resume_mail import TooManyMessages, send_link
from accessform.trust.export import export_journey
from accessform.web.redirection import SeeOther


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@presented
def keep_journey(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Show the code, or what to choose to get one; make the code, or send the link."""
    journey = get_journey_or_404(request, journey_id)
    if request.method != "POST":
        return _page(request, journey, error="")
    action = request.POST.get("action", "")
    try:
        if action == "send":
            _send(journey, request.POST.get("email", "")[:320])
            return SeeOther(f"{reverse('keep_journey', args=[journey.pk])}?envoye=1")
        kind = SecondElement.WORD if action == "word" else SecondElement.BIRTH_DATE
        make_access(journey=journey, kind=kind, second=request.POST.get(kind.value, "")[:200])
    except BadSecondElement as bad:
        return _page(request, journey, error=bad.code)
    except ValidationError:
        return _page(request, journey, error="email_unreadable")
    except TooManyMessages:
        return _page(request, journey, error="too_many_messages")
    return SeeOther(reverse("keep_journey", args=[journey.pk]))


@never_cache
@require_GET
def journey_data(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Give everything that is held about the journey, as a JSON file (GDPR, art. 15 and 20)."""
    journey = get_journey_or_404(request, journey_id)
    answer = JsonResponse(export_journey(journey.pk), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    return answer


def _send(journey: Journey, email: str) -> None:
    """Send the link. Raises ValidationError for what is no address, TooManyMessages."""
    validate_email(email.strip())
    send_link(journey=journey, email=email)


FIELD_OF_ERROR = {
    "birth_date_unreadable": "birth_date",
    "word_too_short": "word",
    "email_unreadable": "email",
    "too_many_messages": "email",
}


def _page(request: HttpRequest, journey: Journey, *, error: str) -> HttpResponse:
    """Show the page, with `error` (words: `resume.<error>`) by its field."""
    access = ResumeAccess.objects.filter(journey=journey).first()
    context = {
        "journey": journey,
        "back": path_to_continue(journey),
        "code": grouped(access.code) if access else "",
        "spelled": spelled(access.code) if access else [],
        "second_kind": access.second_kind if access else "",
        "link_is_sent": "envoye" in request.GET and ResumeLink.objects.filter(journey=journey).exists(),
        "error_key": f"resume.{error}" if error else "",
        "error_field": FIELD_OF_ERROR.get(error, ""),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render(request, "journeys/resume_keep.html", context, status=status)
