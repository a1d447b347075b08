"""« Rappelez-moi » : ask the form's own service to call."""

import uuid
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from accessform.adaptation.presenting import presented
from accessform.handoff.access import CONTACT_KEY
from accessform.handoff.contact_details import ContactDetails, read_contact
from accessform.handoff.models import CallbackMoment, Contact
from accessform.handoff.services.contacts import cancel_callback, request_callback
from accessform.handoff.views.booking import keep_contact
from accessform.handoff.views.people import find_service
from accessform.journeys.access import get_journey_or_404
from accessform.journeys.models import Journey
from accessform.web.redirection import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@presented
def ask_callback(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Ask for a name, a number and a preferred moment; POST keeps the request."""
    journey = get_journey_or_404(request, journey_id)
    if request.method != "POST":
        known = Contact.objects.filter(pk=request.session.get(CONTACT_KEY)).first()
        typed = {"name": known.name, "phone": known.phone_in_figures} if known else {"name": "", "phone": ""}
        return _ask(request, journey, ContactDetails({**typed, "email": ""}), CallbackMoment.ANY)
    moment = request.POST.get("moment", "")
    moment = CallbackMoment(moment) if moment in CallbackMoment.values else CallbackMoment.ANY
    details = read_contact(request.POST, needs_phone=True)
    if details.errors:
        return _ask(request, journey, details, moment)
    service = find_service(journey).name
    request_callback(journey=journey, service=service, contact=keep_contact(request, details), moment=moment)
    return SeeOther(f"/d/{journey.pk}/personne")


def _ask(request: HttpRequest, journey: Journey, details: ContactDetails, moment: CallbackMoment) -> HttpResponse:
    context = {
        "journey": journey,
        "details": details,
        "service": find_service(journey),
        "moments": [(value, f"handoff.callback_{value}", value == moment) for value in CallbackMoment.values],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if details.errors else HTTPStatus.OK
    return render(request, "handoff/callback.html", context, status=status)


@require_POST
@cache_control(private=True, no_store=True)
def withdraw_callback(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Withdraw the waiting request; doing it twice changes nothing."""
    journey = get_journey_or_404(request, journey_id)
    cancel_callback(journey=journey)
    return SeeOther(f"/d/{journey.pk}/personne")
