"""What the page of a place shows where its appointments are not taken in our agendas."""

from typing import Any

from django.http import HttpRequest

from accessform.handoff.dates_in_words import say_moment
from accessform.handoff.models import ExternalPlan, Place, PlanStatus, ProviderConsent, ProviderName
from accessform.handoff.presenting import local_today
from accessform.handoff.providers import provider_of
from accessform.handoff.providers.external_link import shown_host
from accessform.handoff.providers.protocol import Refused
from accessform.handoff.providers.rdv_service_public.provider import RdvServicePublic

CONSENTS_KEY = "provider_consents"


def takes_elsewhere(place: Place) -> bool:
    """Tell whether the appointments of a place are taken anywhere but in our agendas."""
    return place.provider != ProviderName.LOCAL


def can_ask(place: Place) -> bool:
    """Tell whether a person may ask an agent of this place for an appointment at RDV Service Public."""
    return place.provider == ProviderName.RDV_SERVICE_PUBLIC and isinstance(provider_of(place), RdvServicePublic)


def present_way(place: Place) -> dict[str, Any] | None:
    """Return how one gets an appointment: by which way, and the address and host of another site. None: with us."""
    if not takes_elsewhere(place):
        return None
    url, host = place.provider_url, ""
    try:
        host = shown_host(url) if url and place.provider != ProviderName.PHONE_ONLY else ""
    except Refused:
        url = ""
    by_rdv = can_ask(place)
    if place.provider == ProviderName.RDV_SERVICE_PUBLIC and not by_rdv:
        host = ""
    return {"name": "rdv" if by_rdv else "link" if host else "phone", "url": url if host else "", "host": host}


def grant_consent(request: HttpRequest, consent: ProviderConsent) -> None:
    """Let this session see, and take back, an agreement."""
    listed = request.session.get(CONSENTS_KEY, [])
    if str(consent.pk) not in listed:
        request.session[CONSENTS_KEY] = [*listed, str(consent.pk)]


def list_consents(request: HttpRequest, place: Place | None = None) -> list[ProviderConsent]:
    """Return the live agreements of this session, of one place where it is named, the newest first."""
    listed = request.session.get(CONSENTS_KEY, [])
    if not listed:
        return []
    found = ProviderConsent.objects.filter(pk__in=listed, withdrawn_at=None).select_related("place", "plan", "contact")
    return list((found.filter(place=place) if place else found).order_by("-given_at"))


def present_consent(consent: ProviderConsent, now: Any) -> dict[str, Any]:
    """Return one agreement in words: the name of the text that says where it stands, and the moment that fills it."""
    plan: ExternalPlan | None = getattr(consent, "plan", None)
    status = plan.status if plan else PlanStatus.SENDING
    booked = plan is not None and plan.starts_at is not None and status == PlanStatus.BOOKED
    today = local_today(consent.place, now)
    stage = {PlanStatus.SENDING: "asked", PlanStatus.GIVEN_UP: "asked"}.get(PlanStatus(status), status)
    return {
        "id": consent.pk,
        "place": consent.place,
        "text": f"providers.stage_{stage}",
        "when": say_moment(plan.starts_at, consent.place.zone, today=today) if plan and booked else "",
        "may_withdraw": stage in {"asked", PlanStatus.WAITING},
    }
