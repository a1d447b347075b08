"""/reprendre: come back with a code, a printed sheet or a link. A GET never opens anything."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accessform.adaptation.services import record_resumed
from accessform.journeys.access import grant
from accessform.journeys.continuing import path_to_continue
from accessform.journeys.models import Journey
from accessform.journeys.resume import (
    Attempt,
    Refusal,
    journey_on_sheet,
    link_named,
    open_with_code,
    open_with_sheet,
    use_link,
)
from accessform.journeys.resume_mail import TooManyMessages, send_link
from accessform.trust.limits import LIMITS
from accessform.trust.network import client_network
from accessform.web.redirection import SeeOther

ERASE = "erase"
PAUSES = {Refusal.PAUSED, Refusal.NETWORK_PAUSED}

_BLANK = {"by_sheet": False, "typed_code": "", "refusal": "", "title_key": "", "text_key": ""}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Ask for the code and the second element, and open the draft where it was."""
    if request.method != "POST":
        return render(request, "journeys/resume.html", _BLANK)
    typed_code = request.POST.get("code", "")[:100]
    attempt = open_with_code(
        typed_code=typed_code, second=request.POST.get("second", "")[:200], network=client_network(request)
    )
    return _answer(request, attempt, {**_BLANK, "typed_code": typed_code})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume_link(request: HttpRequest, token: str) -> HttpResponse:
    """Open a journey from a printed sheet, with the second element, or from a message, with a button."""
    journey_id = journey_on_sheet(token)
    if journey_id is None:
        return _mailed_link(request, token)
    if request.method != "POST":
        return render(request, "journeys/resume.html", {**_BLANK, "by_sheet": True})
    attempt = open_with_sheet(
        journey_id=journey_id, second=request.POST.get("second", "")[:200], network=client_network(request)
    )
    return _answer(request, attempt, {**_BLANK, "by_sheet": True})


def _mailed_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button that opens the journey, or the one that sends a new link; do what was pressed."""
    found = link_named(token)
    if found is None:
        return _link_page(request, "unknown", HTTPStatus.NOT_FOUND)
    link, is_open = found
    if request.method == "POST" and request.POST.get("action") == "renew":
        try:
            send_link(journey=link.journey, email=link.email)
        except TooManyMessages:
            return _link_page(request, "too_many", HTTPStatus.TOO_MANY_REQUESTS)
        return SeeOther(reverse("resume_link_sent"))
    if not is_open:
        return _link_page(request, "closed", HTTPStatus.GONE)
    if request.method != "POST":
        return _link_page(request, "open", HTTPStatus.OK)
    use_link(link)
    return _enter(request, link.journey)


@never_cache
@require_http_methods(["GET", "HEAD"])
def link_sent(request: HttpRequest) -> HttpResponse:
    """Say that a new link is on its way."""
    return _link_page(request, "sent", HTTPStatus.OK)


def _link_page(request: HttpRequest, state: str, status: HTTPStatus) -> HttpResponse:
    """Show the page of a mailed link; its words are `resume.link_<state>_title` and `_text`."""
    keys = {"title_key": f"resume.link_{state}_title", "text_key": f"resume.link_{state}_text"}
    return render(request, "journeys/resume_link.html", {"state": state, **keys}, status=status)


def _answer(request: HttpRequest, attempt: Attempt, context: dict[str, object]) -> HttpResponse:
    """Let in who was right; else show the page again with one message, 429 while it is paused."""
    if attempt.journey is not None:
        return _enter(request, attempt.journey)
    assert attempt.refusal is not None  # noqa: S101 - an attempt without a journey always says why
    paused = attempt.refusal in PAUSES
    page = {**context, "refusal": attempt.refusal, **_refusal_keys(attempt.refusal)}
    status = HTTPStatus.TOO_MANY_REQUESTS if paused else HTTPStatus.UNPROCESSABLE_ENTITY
    response = render(request, "journeys/resume.html", page, status=status)
    if paused:
        response.headers["Retry-After"] = str(int(LIMITS["resume_code"].window.total_seconds()))
    return response


def _refusal_keys(refusal: Refusal) -> dict[str, str]:
    return {"title_key": f"resume.{refusal}_title", "text_key": f"resume.{refusal}_text"}


def _enter(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Give this session the journey, under a new session key, and go where it was left (or to its erasure)."""
    grant(request, journey)
    Journey.objects.filter(pk=journey.pk).update(touched_at=timezone.now())
    record_resumed(journey_id=journey.pk)
    if request.POST.get("action") == ERASE:
        return SeeOther(reverse("leave_journey", args=[journey.pk]))
    return SeeOther(path_to_continue(journey))
