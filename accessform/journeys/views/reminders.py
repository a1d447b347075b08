"""/d/<uuid>/rappels: ask to be reminded of a draft, or once sent to be told of requests; or take it back."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accessform.adaptation.presenting import presented
from accessform.answers.printed_values import date_in_words, phone_in_figures
from accessform.journeys.access import get_journey_or_404
from accessform.journeys.corrections.notices import asked_subject, stop_telling, wish_to_be_told
from accessform.journeys.models import Journey, JourneyStatus, ResumeAccess, ResumeLink
from accessform.journeys.reminders import deadline_subject, draft_subject, last_day, remind_of_draft, stop_reminding
from accessform.messages.models import Channel, Recipient
from accessform.messages.wish_form import Posted, present_wishes, read_wish, refuse, take_wish
from accessform.web.redirection import SeeOther


@dataclass(frozen=True, slots=True)
class Matter:
    """What a person may be told of on this page: of their draft, or of what the service asks once it was sent."""

    subject: str
    begin: Callable[..., None]
    end: Callable[..., None]
    words: dict[str, str]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@presented
def remind(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Show what is agreed to by channel; POST begins or ends one."""
    journey = get_journey_or_404(request, journey_id)
    matter = _matter(journey)
    if request.method != "POST":
        return _page(request, journey, matter)
    posted = read_wish(request.POST)
    if posted is None or posted.channel not in _channels(journey):
        return SeeOther(request.path)
    if posted.ends:
        matter.end(journey=journey, channel=posted.channel)
        return SeeOther(request.path)
    level = request.presentation.reading_level  # type: ignore[attr-defined]
    error = take_wish(
        posted,
        subject=matter.subject,
        keep=lambda: matter.begin(journey=journey, channel=posted.channel, address=posted.address, level=level),
    )
    return _page(request, journey, matter, refuse(posted, error)) if error else SeeOther(request.path)


def _matter(journey: Journey) -> Matter:
    if journey.status != JourneyStatus.DRAFT:
        words = {
            "title": "messages.remind_asked_title",
            "intro": "messages.remind_asked_intro",
            "back": reverse("receipt", args=[journey.pk]),
            "back_words": "messages.back_to_receipt",
        }
        return Matter(asked_subject(journey.pk), wish_to_be_told, stop_telling, words)
    day = last_day(journey)
    words = {
        "title": "messages.remind_draft_title",
        "intro": "messages.remind_deadline_intro" if day else "messages.remind_draft_intro",
        "day": date_in_words(day) if day else "",
        "back": reverse("keep_journey", args=[journey.pk]),
        "back_words": "messages.back_to_draft",
    }
    return Matter(draft_subject(journey.pk), remind_of_draft, stop_reminding, words)


def _channels(journey: Journey) -> set[Channel]:
    """Return the channels that lead back: a text message only says where to type a code, so one must exist."""
    has_code = ResumeAccess.objects.filter(journey=journey).exists()
    return {Channel.EMAIL, Channel.SMS} if has_code else {Channel.EMAIL}


def _page(request: HttpRequest, journey: Journey, matter: Matter, posted: Posted | None = None) -> HttpResponse:
    page = present_wishes(matter.subject, known=_known(journey), posted=posted, only=_channels(journey))
    context = {
        "journey": journey,
        "page": page,
        "day": "",
        **matter.words,
        "no_code": Channel.SMS not in _channels(journey),
        "code_page": reverse("keep_journey", args=[journey.pk]),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if page.errors else HTTPStatus.OK
    return render(request, "messages/remind.html", context, status=status)


def _known(journey: Journey) -> dict[Channel, str]:
    """Return the addresses that the person gave for this journey, so that nobody types them twice (WCAG 3.3.7)."""
    link = ResumeLink.objects.filter(journey=journey).first()
    known = {Channel.EMAIL: link.email if link else ""}
    for recipient in Recipient.objects.filter(subject__in=(draft_subject(journey.pk), deadline_subject(journey.pk))):
        channel = Channel(recipient.channel)
        known[channel] = phone_in_figures(recipient.address) if channel == Channel.SMS else recipient.address
    return known
