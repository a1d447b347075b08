"""« Parler à une personne » : the form's own service first, then places."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accessform.adaptation.presenting import presented
from accessform.handoff.access import read_journey_id
from accessform.handoff.dates_in_words import say_moment
from accessform.handoff.matching import Feature, Match, ReasonKind, Wish, read_needs
from accessform.handoff.models import ACTIVE, Appointment, CallbackRequest, CallbackStatus, Place
from accessform.handoff.presenting import local_today, present_door, present_slot
from accessform.handoff.service_hours import read_door, read_service_door
from accessform.handoff.services.agendas import list_slots
from accessform.handoff.services.matches import list_motifs_of, match_open_places
from accessform.handoff.territories import find_department
from accessform.journeys.access import get_journey_or_404
from accessform.journeys.contact import current_service, dialled
from accessform.journeys.models import Journey
from accessform.journeys.services.passage import load_passage
from accessform.web.redirection import SeeOther
from forms_catalog.definition import Service

private = cache_control(private=True, no_store=True)


@require_safe
@private
@presented
def show_person_page(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Show who can help with this journey; the draft is kept as it is."""
    journey = get_journey_or_404(request, journey_id)
    context = {**_present_service(journey), **_present_places(request), **_present_engagements(journey)}
    return render(
        request,
        "handoff/people.html",
        {**context, "journey": journey, "back": reverse("journeys:home", args=[journey.pk])},
    )


@require_safe
@private
def show_places(request: HttpRequest) -> HttpResponse:
    """Show the places where someone can help, outside any form."""
    if journey_id := read_journey_id(request):
        return SeeOther(f"/d/{journey_id}/personne")
    return render(request, "handoff/people.html", {**_present_places(request), "journey": None, "service": None})


@require_safe
@private
@presented
def show_place(request: HttpRequest, place_id: int) -> HttpResponse:
    """Show one place: how to reach it, what helps there, and its earliest slots by motif."""
    place = get_object_or_404(Place.objects.prefetch_related("features"), pk=place_id, is_active=True)
    now = timezone.now()
    today = local_today(place, now)
    offers = [
        {"motif": motif, "slots": [present_slot(slot, place.zone, today) for slot in slots[:1]]}
        for motif in list_motifs_of(place)
        for slots in [list_slots(place=place, motif=motif, now=now)]
    ]
    context = {
        "place": place,
        "door": present_door(read_door(hours=place.hours, department=place.department, at=now), now=now),
        "dialled": dialled(place.phone),
        "offers": offers,
        "features": [(f"handoff.feature_{row.feature}", row.present) for row in place.features.all()],
        "journey_id": read_journey_id(request),
    }
    return render(request, "handoff/place.html", context)


def find_service(journey: Journey) -> Service:
    """Return the form's own service for what was answered so far, hidden questions left out (1 query)."""
    return current_service(journey.version, load_passage(journey).path.answers)


def _present_service(journey: Journey) -> dict[str, Any]:
    """Return the form's own service: its number in one tap, and whether it answers now."""
    service, now = find_service(journey), timezone.now()
    door = present_door(read_service_door(hours=service.hours, address=service.address, at=now), now=now)
    return {"service": service, "door": door, "dialled": dialled(service.phone)}


def _present_engagements(journey: Journey) -> dict[str, Any]:
    """Return what the person has arranged already for this journey."""
    now = timezone.now()
    booked = Appointment.objects.filter(journey=journey, status__in=ACTIVE, ends_at__gt=now)
    appointments = [
        {"id": row.pk, "when": say_moment(row.starts_at, row.place.zone, today=local_today(row.place, now))}
        for row in booked.select_related("place").order_by("starts_at")
    ]
    waiting = CallbackRequest.objects.filter(journey=journey, status=CallbackStatus.WAITING)
    return {"appointments": appointments, "callback": waiting.select_related("contact").first()}


def _read_wish(request: HttpRequest) -> Wish:
    """Read what the person asked for in the address; what is not understood is left out."""
    postal_code = "".join(request.GET.get("code_postal", "").split())
    department = find_department(postal_code)
    return Wish(
        needs=read_needs(request.GET.getlist("besoin")),
        postal_code=postal_code if department else "",
        department=department,
    )


def _present_places(request: HttpRequest) -> dict[str, Any]:
    now, wish = timezone.now(), _read_wish(request)
    matches, places = match_open_places(wish=wish, now=now)
    return {
        "first": [_present_match(match, places[match.place.id], now) for match in matches.first],
        "more": [_present_match(match, places[match.place.id], now) for match in matches.more],
        "needs": [(need.value, f"handoff.feature_{need}", need in wish.needs) for need in Feature],
        "wish": wish,
        "asked": bool(wish.needs or wish.postal_code),
        "unread_code": bool(request.GET.get("code_postal", "").strip()) and not wish.postal_code,
    }


def _present_match(match: Match, place: Place, now: dt.datetime) -> dict[str, Any]:
    """Return a place's card: its reasons as (text, feature's text, moment)."""
    reasons = [
        {
            "text": f"handoff.reason_{reason.kind}",
            "need": f"handoff.feature_{reason.feature}" if reason.feature else "",
            "when": say_moment(reason.at, place.zone, today=local_today(place, now)) if reason.at else "",
        }
        for reason in match.reasons
    ]
    bookable = all(reason.kind is not ReasonKind.NO_SLOT for reason in match.reasons)
    card = {
        "key": str(place.pk),
        "place": place,
        "reasons": reasons,
        "bookable": bookable,
        "uncertain": match.is_uncertain,
    }
    return {**card, "dialled": dialled(place.phone)}
