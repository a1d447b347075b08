"""/m/<token>: what a person is written, and how to stop it. Without login: the token is in the message."""

from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accessform.answers.printed_values import date_in_words
from accessform.messages.addresses import mask_address
from accessform.messages.links import find_recipient
from accessform.messages.models import Channel, OutboxMessage, Recipient, State
from accessform.messages.stops import is_address_stopped, is_stopped, of_matter, start_messages, stop_messages
from accessform.web.redirection import SeeOther


@csrf_exempt  # The token is what allows; a mail program's one-click POST (RFC 8058) brings no cookie.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_messages(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is planned; only a POST stops or starts, so that mail scanners, which GET every link, stop nothing."""
    recipient = find_recipient(token)
    if recipient is None:
        return render(request, "messages/gone.html", status=HTTPStatus.NOT_FOUND)
    if request.method != "POST":
        return render(request, "messages/messages.html", _describe(recipient))
    action = "stop" if "List-Unsubscribe" in request.POST else request.POST.get("action", "")
    if action in {"stop", "stop_all"}:
        stop_messages(recipient, everything=action == "stop_all")
    elif action == "start":
        start_messages(recipient)
    return SeeOther(reverse("messages", args=[token]))


def _describe(recipient: Recipient) -> dict[str, Any]:
    channel = Channel(recipient.channel)
    waiting = OutboxMessage.objects.filter(recipient__in=of_matter(recipient), state=State.DUE)
    everything = is_address_stopped(channel=channel, address=recipient.address)
    stopped = everything or is_stopped(channel=channel, address=recipient.address, subject=recipient.subject)
    return {
        "address": mask_address(channel, recipient.address),
        "stopped": stopped,
        "heading": "messages.stopped_all_title" if everything else "messages.stopped_title",
        "planned": [_say_day(message) for message in waiting.order_by("next_attempt_at")],
    }


def _say_day(message: OutboxMessage) -> str:
    return date_in_words(message.next_attempt_at.astimezone(ZoneInfo(message.zone)).date())
