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
from accessform.handoff.geography import Origin, find_origin
from accessform.handoff.models import ACTIVE, Appointment, CallbackRequest, CallbackStatus, Place
from accessform.handoff.place_facts import ASKED, Wish, read_needs
from accessform.handoff.presenting import local_today, present_closures, present_door, present_match, present_slot
from accessform.handoff.provider_pages import list_consents, present_consent, present_way
from accessform.handoff.service_hours import read_door, read_service_door
from accessform.handoff.services.agendas import list_slots
from accessform.handoff.services.matches import list_motifs_of, match_open_places
from accessform.handoff.sources import describe_provenance
from accessform.journeys.access import get_journey_or_404
from accessform.journeys.contact import current_service, dialled
from accessform.journeys.models import Journey
from accessform.journeys.services.passage import load_passage
from accessform.web.redirection import SeeOther
from forms_catalog.definition import Service

private = cache_control(private=True, no_store=True)

CLOSURES_TOLD = dt.timedelta(days=60)
"""How long before a place closes its page says so."""


@require_safe
@private
@presented
def show_person_page(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Show who can help with this journey; the draft is kept as it is."""
    journey = get_journey_or_404(request, journey_id)
    context = {**_present_service(journey), **_present_places(request), **_present_engagements(journey)}
    back = reverse("journeys:home", args=[journey.pk])
    return render(
        request,
        "handoff/people.html",
        {**context, "journey": journey, "asked": _present_asked(request), "back": back},
    )


@require_safe
@private
def show_places(request: HttpRequest) -> HttpResponse:
    """Show the places where someone can help, outside any form."""
    if journey_id := read_journey_id(request):
        return SeeOther(f"/d/{journey_id}/personne")
    return render(
        request,
        "handoff/people.html",
        {**_present_places(request), "asked": _present_asked(request), "journey": None, "service": None},
    )


@require_safe
@private
@presented
def show_place(request: HttpRequest, place_id: int) -> HttpResponse:
    """Show one place: how to reach it, what helps there, and its earliest slots by motif."""
    place = get_object_or_404(Place.objects.open().prefetch_related("features"), pk=place_id)
    now = timezone.now()
    today = local_today(place, now)
    way = present_way(place)
    offers = [
        {"motif": motif, "slots": [present_slot(slot, place.zone, today) for slot in slots[:1]]}
        for motif in ([] if way else list_motifs_of(place))
        for slots in [list_slots(place=place, motif=motif, now=now)]
    ]
    last_told = today + CLOSURES_TOLD
    closures = list(place.closures.filter(last_day__gte=today, first_day__lte=last_told))
    closed = [day for row in closures for day in row.list_days(today, last_told)]
    door = read_door(hours=place.hours, department=place.department, at=now, closures=closed)
    context = {
        "place": place,
        "door": present_door(door, now=now),
        "closures": present_closures(closures, today=today),
        "dialled": dialled(place.phone),
        "offers": offers,
        "features": [(f"handoff.feature_{row.feature}", row.present) for row in place.features.all()],
        "provenance": describe_provenance(place),
        "journey_id": read_journey_id(request),
        "way": way,
        "asked": [present_consent(consent, now) for consent in list_consents(request, place)],
        "withdrawn": request.GET.get("retire", ""),
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


def _present_asked(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the appointments asked for in places that take them with RDV Service Public."""
    now = timezone.now()
    return [present_consent(consent, now) for consent in list_consents(request)]


def _read_origin(request: HttpRequest) -> Origin | None:
    """Return where the person said to look from, None where nothing was said or nothing is known by that name."""
    typed = request.GET.get("ou", "").strip()
    return find_origin(typed) if typed else None


def _present_places(request: HttpRequest) -> dict[str, Any]:
    """Return the places that fit what was asked for in the address; what is not understood is left out, and said."""
    now, origin = timezone.now(), _read_origin(request)
    wish = Wish(
        needs=read_needs(request.GET.getlist("besoin")),
        postal_code=origin.postal_code if origin else "",
        department=origin.department if origin else "",
        point=origin.point if origin else None,
    )
    matches, places = match_open_places(wish=wish, now=now)
    typed = request.GET.get("ou", "").strip()[:80]
    return {
        "first": [present_match(match, places[match.place.id], now) for match in matches.first],
        "more": [present_match(match, places[match.place.id], now) for match in matches.more],
        "otherwise": [present_match(match, places[match.place.id], now) for match in matches.otherwise],
        "needs": [(need.value, f"handoff.feature_{need}", need in wish.needs) for need in ASKED],
        "typed": typed,
        "has_needs": bool(wish.needs),
        "few": bool(matches.otherwise),
        "unread": bool(typed) and origin is None,
        "homonyms": ", ".join(origin.homonyms) if origin else "",
    }
