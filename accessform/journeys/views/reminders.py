"""/d/<uuid>/rappels: ask to be reminded of a draft, by one channel or the other, or take it back."""

import uuid
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accessform.adaptation.presenting import presented
from accessform.answers.printed_values import date_in_words
from accessform.journeys.access import get_journey_or_404
from accessform.journeys.models import Journey, JourneyStatus, ResumeAccess, ResumeLink
from accessform.journeys.reminders import draft_subject, last_day, remind_of_draft, stop_reminding
from accessform.messages.models import Channel
from accessform.messages.wish_form import Posted, present_wishes, read_wish, refuse, take_wish
from accessform.web.redirection import SeeOther


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@presented
def remind(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Show what is agreed to by channel; POST begins or ends one."""
    journey = get_journey_or_404(request, journey_id)
    if journey.status != JourneyStatus.DRAFT:
        return SeeOther(reverse("journeys:home", args=[journey.pk]))
    if request.method != "POST":
        return _page(request, journey)
    posted = read_wish(request.POST)
    if posted is None or posted.channel not in _channels(journey):
        return SeeOther(request.path)
    if posted.ends:
        stop_reminding(journey=journey, channel=posted.channel)
        return SeeOther(request.path)
    level = request.presentation.reading_level  # type: ignore[attr-defined]
    error = take_wish(
        posted,
        subject=draft_subject(journey.pk),
        keep=lambda: remind_of_draft(journey=journey, channel=posted.channel, address=posted.address, level=level),
    )
    return _page(request, journey, refuse(posted, error)) if error else SeeOther(request.path)


def _channels(journey: Journey) -> set[Channel]:
    """Return the channels that lead back: a text message only says where to type a code, so one must exist."""
    has_code = ResumeAccess.objects.filter(journey=journey).exists()
    return {Channel.EMAIL, Channel.SMS} if has_code else {Channel.EMAIL}


def _page(request: HttpRequest, journey: Journey, posted: Posted | None = None) -> HttpResponse:
    link = ResumeLink.objects.filter(journey=journey).first()
    known = {Channel.EMAIL: link.email if link else ""}
    page = present_wishes(draft_subject(journey.pk), known=known, posted=posted, only=_channels(journey))
    day = last_day(journey)
    context = {
        "journey": journey,
        "page": page,
        "title": "messages.remind_draft_title",
        "intro": "messages.remind_deadline_intro" if day else "messages.remind_draft_intro",
        "day": date_in_words(day) if day else "",
        "no_code": Channel.SMS not in _channels(journey),
        "back": reverse("keep_journey", args=[journey.pk]),
        "back_words": "messages.back_to_draft",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if page.errors else HTTPStatus.OK
    return render(request, "messages/remind.html", context, status=status)
