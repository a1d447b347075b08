"""Ask an agent of a place for an appointment at RDV Service Public: agree first, take back in one tap."""

import uuid
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from accessform.adaptation.presenting import presented
from accessform.handoff.access import CONTACT_KEY, read_journey_id
from accessform.handoff.contact_details import ContactDetails, read_contact
from accessform.handoff.models import Contact, Place
from accessform.handoff.provider_pages import CONSENTS_KEY, can_ask, grant_consent
from accessform.handoff.services.provider_consents import agree, withdraw
from accessform.handoff.views.booking import keep_contact, make_key
from accessform.journeys.access import get_journey_or_404
from accessform.trust import throttle
from accessform.trust.network import client_network
from accessform.web.redirection import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@presented
def ask_place(request: HttpRequest, place_id: int) -> HttpResponse:
    """Say what would be sent, and ask for a name and one contact; POST is the agreement."""
    place = get_object_or_404(Place.objects.open(), pk=place_id)
    if not can_ask(place):
        return SeeOther(_address_of(request, place))
    if request.method != "POST":
        known = Contact.objects.filter(pk=request.session.get(CONTACT_KEY)).first()
        typed = {"name": known.name, "phone": known.phone_in_figures, "email": known.email or ""} if known else {}
        return _ask(request, place, ContactDetails({"name": "", "phone": "", "email": "", **typed}))
    details = read_contact(request.POST)
    if details.errors:
        return _ask(request, place, details)
    if not throttle.take_attempt("booking_network", client_network(request)):
        return render(
            request, "handoff/too_many.html", {"place": place, "dialled": ""}, status=HTTPStatus.TOO_MANY_REQUESTS
        )
    journey_id = read_journey_id(request)
    consent = agree(
        place=place,
        contact=keep_contact(request, details),
        key=make_key(request, f"ask:{request.POST.get('key', '')}"),
        journey=get_journey_or_404(request, journey_id) if journey_id else None,
    )
    grant_consent(request, consent)
    return SeeOther(_address_of(request, place))


def _address_of(request: HttpRequest, place: Place) -> str:
    journey_id = read_journey_id(request)
    return reverse("place", args=[place.pk]) + (f"?demarche={journey_id}" if journey_id else "")


def _ask(request: HttpRequest, place: Place, details: ContactDetails) -> HttpResponse:
    context = {"place": place, "details": details, "key": uuid.uuid4(), "journey_id": read_journey_id(request)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if details.errors else HTTPStatus.OK
    return render(request, "handoff/ask_place.html", context, status=status)


@require_POST
@cache_control(private=True, no_store=True)
@presented
def withdraw_consent(request: HttpRequest, place_id: int, consent_id: uuid.UUID) -> HttpResponse:
    """Take an agreement back; twice is once. Says where nothing can be called back any more."""
    place = get_object_or_404(Place, pk=place_id)
    if str(consent_id) not in request.session.get(CONSENTS_KEY, []):
        raise Http404("no such agreement for this session")
    nothing_sent = withdraw(consent_id)
    address = _address_of(request, place)
    mark = "&" if "?" in address else "?"
    return SeeOther(f"{address}{mark}retire={'1' if nothing_sent else '2'}")
