"""« Me prévenir si un rendez-vous se libère plus tôt » : ask, stop, and answer what is offered."""

import uuid
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from accessform.adaptation.presenting import presented
from accessform.handoff.access import get_appointment_or_404
from accessform.handoff.dates_in_words import DAYS
from accessform.handoff.models import EarlierOffer, WaitingEntry
from accessform.handoff.views.appointments import present_appointment
from accessform.handoff.waiting.answering import accept_offer, keep_longer, refuse_offer
from accessform.handoff.waiting.entries import ask_earlier, count_notices_left, list_earlier, stop_waiting
from accessform.handoff.waiting.presenting import present_offer
from accessform.handoff.waiting.rules import DayPart
from accessform.handoff.waiting.telling import can_be_told
from accessform.handoff.waiting.tokens import find_offer
from accessform.web.redirection import SeeOther

private = cache_control(private=True, no_store=True)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@presented
def ask(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """Ask what would suit; POST puts the appointment on the list."""
    appointment = get_appointment_or_404(request, appointment_id)
    context = present_appointment(request, appointment)
    back = reverse("appointment", args=[appointment.pk])
    entry = WaitingEntry.objects.filter(appointment=appointment).first()
    if context["state"] != "active" or (entry and not count_notices_left(entry)):
        return SeeOther(back)
    if request.method == "POST":
        ask_earlier(appointment=appointment, days=_read_days(request.POST), part=_read_part(request.POST))
        return SeeOther(f"{back}#plus-tot")
    days, part = (entry.wish.days, entry.wish.part) if entry else (frozenset(), DayPart.ANY)
    context |= {
        "days": [(number, name.capitalize(), number in days) for number, name in enumerate(DAYS)],
        "parts": [(value.value, f"waiting.part_{value.value}", value is part) for value in DayPart],
        "free_now": bool(list_earlier(appointment)),
        "can_be_told": can_be_told(appointment.contact),
    }
    return render(request, "handoff/wait.html", context)


def _read_days(posted: QueryDict) -> list[int]:
    """Return the days of the week that were ticked; anything else counts for nothing."""
    return [number for number in range(len(DAYS)) if str(number) in posted.getlist("jour")]


def _read_part(posted: QueryDict) -> DayPart:
    part = posted.get("moment", "")
    return DayPart(part) if part in list(DayPart) else DayPart.ANY


@require_POST
@private
def stop(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """Take the appointment off the list; doing it twice changes nothing."""
    appointment = get_appointment_or_404(request, appointment_id)
    if entry := WaitingEntry.objects.filter(appointment=appointment).first():
        stop_waiting(entry)
    return SeeOther(reverse("appointment", args=[appointment.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@private
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show an offer to who has its link; only a POST answers it, so that mail scanners answer nothing."""
    offer = find_offer(token)
    if offer is None:
        return render(request, "handoff/earlier_unknown.html", status=HTTPStatus.NOT_FOUND)
    if request.method != "POST":
        return render(request, "handoff/earlier.html", present_offer(offer))
    deeds = {"take": accept_offer, "leave": refuse_offer, "longer": keep_longer, "stop": _stop_from}
    if deed := deeds.get(request.POST.get("action", "")):
        deed(offer)
    return SeeOther(reverse("earlier_offer", args=[token]))


def _stop_from(offer: EarlierOffer) -> None:
    stop_waiting(offer.entry)
