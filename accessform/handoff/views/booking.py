"""Choose a slot, say how to be reached, and book with the last tap."""

import datetime as dt
import uuid
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accessform.adaptation.presenting import presented
from accessform.handoff.access import CONTACT_KEY, grant, read_journey_id
from accessform.handoff.contact_details import FIELDS, ContactDetails, read_contact
from accessform.handoff.dates_in_words import say_moment
from accessform.handoff.models import Contact, Motif, Place
from accessform.handoff.presenting import local_today, page_slots, present_slot, read_stamp
from accessform.handoff.provider_pages import takes_elsewhere
from accessform.handoff.services.agendas import find_slot, list_slots
from accessform.handoff.services.booking import Booking, Outcome, book_appointment
from accessform.handoff.services.contacts import save_contact
from accessform.handoff.slots import find_nearest
from accessform.journeys.access import get_journey_or_404
from accessform.journeys.contact import dialled
from accessform.trust import throttle
from accessform.trust.network import client_network
from accessform.web.redirection import SeeOther


@require_safe
@cache_control(private=True, no_store=True)
@presented
def show_slots(request: HttpRequest, place_id: int, slug: str) -> HttpResponse:
    """Show the free slots of a place, five days at a time."""
    place, motif = find_place_and_motif(place_id, slug)
    if takes_elsewhere(place):
        return SeeOther(reverse("place", args=[place.pk]))
    today = local_today(place, timezone.now())
    first_day = read_day(request.GET.get("jour", ""), place)
    page = page_slots(list_slots(place=place, motif=motif, not_before=first_day), place.zone, today=today)
    context = {"place": place, "motif": motif, "page": page, "is_later": first_day is not None}
    context |= {"journey_id": read_journey_id(request), "dialled": dialled(place.phone)}
    return render(request, "handoff/slots.html", context)


def find_place_and_motif(place_id: int, slug: str) -> tuple[Place, Motif]:
    """Return an active place and a motif that one of its agents receives for; raises Http404."""
    place = get_object_or_404(Place.objects.open(), pk=place_id)
    motifs = Motif.objects.filter(slug=slug, agents__place=place, agents__is_active=True).distinct()
    return place, get_object_or_404(motifs)


def read_day(text: str, place: Place) -> dt.datetime | None:
    """Return the first instant of a day at the place, or None where the text names no day."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return dt.datetime.combine(day, dt.time(), tzinfo=place.zone)


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@presented
def book(request: HttpRequest, place_id: int, slug: str, stamp: str) -> HttpResponse:
    """Ask how to reach the person; POST books this slot, or shows the three nearest where it has gone."""
    place, motif = find_place_and_motif(place_id, slug)
    if takes_elsewhere(place):
        return SeeOther(reverse("place", args=[place.pk]))
    start = read_stamp(stamp)
    if start is None:
        raise Http404("this is no start")
    if request.method == "POST":
        return _take(request, place, motif, start)
    if find_slot(place=place, motif=motif, start=start, now=timezone.now()) is None:
        nearest = find_nearest(list_slots(place=place, motif=motif), start)
        return _show_gone(request, place, motif, Booking(Outcome.SLOT_GONE, nearest=nearest))
    return _ask_contact(request, place, motif, start, ContactDetails(_recall_contact(request)))


def _recall_contact(request: HttpRequest) -> dict[str, str]:
    """Return the details that this person gave before in this session: nothing is asked twice (WCAG 3.3.7)."""
    contact = _find_contact(request)
    if contact is None:
        return dict.fromkeys(FIELDS, "")
    reach = {"name": contact.name, "phone": contact.phone_in_figures, "email": contact.email or ""}
    return {**reach, "address": contact.address or ""}


def _find_contact(request: HttpRequest) -> Contact | None:
    known = request.session.get(CONTACT_KEY)
    return Contact.objects.filter(pk=known).first() if known else None


def _ask_contact(
    request: HttpRequest, place: Place, motif: Motif, start: dt.datetime, details: ContactDetails
) -> HttpResponse:
    """Return the page that asks for a name and a phone number or an address; 422 where they were refused."""
    context = {
        "place": place,
        "motif": motif,
        "when": say_moment(start, place.zone, today=local_today(place, timezone.now())),
        "details": details,
        "by_phone": motif.needs_phone,
        "mode": motif.mode,
        "to_visit": motif.needs_address,
        "key": uuid.uuid4(),
        "journey_id": read_journey_id(request),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if details.errors else HTTPStatus.OK
    return render(request, "handoff/book.html", context, status=status)


def _take(request: HttpRequest, place: Place, motif: Motif, start: dt.datetime) -> HttpResponse:
    contact = None if "name" in request.POST else _find_contact(request)
    if contact is None or not _is_enough(contact, motif):
        details = read_contact(request.POST, needs_phone=motif.needs_phone, needs_address=motif.needs_address)
        if details.errors:
            return _ask_contact(request, place, motif, start, details)
        contact = keep_contact(request, details)
    network = client_network(request)
    if not throttle.take_attempt("booking_network", network):
        return _show_too_many(request, place)
    journey_id = read_journey_id(request)
    booking = book_appointment(
        place=place,
        motif=motif,
        start=start,
        contact=contact,
        key=make_key(request, request.POST.get("key", "")),
        journey=get_journey_or_404(request, journey_id) if journey_id else None,
    )
    if booking.outcome is not Outcome.DONE:
        throttle.give_back_attempt("booking_network", network)
    return _answer(request, place, motif, booking)


def _is_enough(contact: Contact, motif: Motif) -> bool:
    """Tell whether these details are all that the motif needs."""
    return bool((contact.phone or not motif.needs_phone) and (contact.address or not motif.needs_address))


def _show_too_many(request: HttpRequest, place: Place) -> HttpResponse:
    """Return the page for a network that books more than people do: the phone remains."""
    context = {"place": place, "dialled": dialled(place.phone), "journey_id": read_journey_id(request)}
    return render(request, "handoff/too_many.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)


def keep_contact(request: HttpRequest, details: ContactDetails) -> Contact:
    """Store the details, encrypted, and remember in the session which ones they are."""
    known = request.session.get(CONTACT_KEY)
    contact = save_contact(
        name=details.name,
        phone=details.phone,
        email=details.email,
        address=details.address,
        known=uuid.UUID(known) if known else None,
    )
    request.session[CONTACT_KEY] = str(contact.pk)
    return contact


def make_key(request: HttpRequest, nonce: str) -> uuid.UUID:
    """Return the key of a POST: its page's number, tied to this browser, so that nobody can replay another's."""
    browser = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    return uuid.UUID(salted_hmac("handoff.booking", f"{browser}:{nonce}", algorithm="sha256").hexdigest()[:32])


def _answer(request: HttpRequest, place: Place, motif: Motif, booking: Booking) -> HttpResponse:
    if booking.appointment is None:
        return _show_gone(request, place, motif, booking, status=HTTPStatus.CONFLICT)
    grant(request, booking.appointment)
    address = reverse("appointment", args=[booking.appointment.pk])
    return SeeOther(f"{address}?deja=1" if booking.outcome is Outcome.ALREADY_BOOKED else address)


def _show_gone(
    request: HttpRequest, place: Place, motif: Motif, booking: Booking, status: int = HTTPStatus.OK
) -> HttpResponse:
    """Return the page that says that the slot has just gone; a known contact books the next one in one tap."""
    today = local_today(place, timezone.now())
    contact = _find_contact(request)
    context: dict[str, Any] = {
        "place": place,
        "motif": motif,
        "nearest": [present_slot(slot, place.zone, today) for slot in booking.nearest],
        "one_tap": bool(contact and _is_enough(contact, motif)),
        "key": uuid.uuid4(),
        "journey_id": read_journey_id(request),
        "dialled": dialled(place.phone),
    }
    return render(request, "handoff/gone.html", context, status=status)
