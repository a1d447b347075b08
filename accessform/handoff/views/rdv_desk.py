"""Agents at RDV Service Public: connect, open a plan for who agreed, come back. Their pages are in plain French."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings as django_settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accessform.handoff.models import AgentConnection, AgentProfile, ProviderName
from accessform.handoff.providers.protocol import NotAgreed, NotConnected, ProviderError, Refused, Unavailable
from accessform.handoff.providers.rdv_service_public import connections
from accessform.handoff.providers.rdv_service_public.plans import start_plan
from accessform.handoff.providers.rdv_service_public.settings import RdvSettings, rdv_settings
from accessform.handoff.services.provider_consents import list_agreed
from accessform.trust.staff.sessions import staff_required
from accessform.web.redirection import SeeOther

GOING_KEY = "rdv_going"
View = Callable[..., HttpResponse]

SAYINGS: dict[type[ProviderError], str] = {
    NotConnected: "Connectez-vous à RDV Service Public, puis recommencez.",
    NotAgreed: "Cette personne a retiré son accord. Aucun rendez-vous n'est pris.",
    Refused: "RDV Service Public n'a pas accepté la demande. Un collègue l'a peut-être déjà ouverte. Rien n'est perdu.",
    Unavailable: "RDV Service Public ne répond pas pour le moment. La demande est gardée : réessayez dans une minute.",
}


def agent_required(view: View) -> View:
    """Let agents of places that use RDV Service Public in, signed in with both factors; 404 where it is off."""

    @wraps(view)
    @staff_required(lambda user: bool(list_profiles(user)))
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        settings = rdv_settings()
        if settings is None:
            raise Http404("RDV Service Public is not configured")
        return view(request, settings, *args, **kwargs)

    return guarded


def list_profiles(user: Any) -> list[AgentProfile]:
    """Return the desks of `user` in places that use RDV Service Public."""
    found = AgentProfile.objects.filter(user=user, is_active=True, place__provider=ProviderName.RDV_SERVICE_PUBLIC)
    return list(found.select_related("place"))


@require_safe
@agent_required
def show_desk(request: HttpRequest, settings: RdvSettings) -> HttpResponse:
    """Show whether the agent is connected, and who has asked for an appointment in their places."""
    connection = AgentConnection.objects.filter(user=request.user).first()
    places = [profile.place_id for profile in list_profiles(request.user)]
    context = {
        "connected": connection is not None and connection.ended_at is None,
        "ended": connection is not None and connection.ended_at is not None,
        "host": urlsplit(settings.url).hostname,
        "agreed": list_agreed(places),
        "here": "rdv",
    }
    return render(request, "handoff/rdv_desk.html", context)


@require_POST
@agent_required
def connect(request: HttpRequest, settings: RdvSettings) -> HttpResponse:
    """Begin an authorization and lead to the page that says where the agent goes."""
    return _lead_to(request, connections.begin_connection(settings, request.user), "connect")


@require_POST
@agent_required
def disconnect(request: HttpRequest, settings: RdvSettings) -> HttpResponse:
    """Forget the tokens, here and there."""
    connections.end_connection(settings, request.user)
    messages.success(request, "Vous n'êtes plus connecté à RDV Service Public.")
    return SeeOther(reverse("rdv_desk"))


@require_safe
@agent_required
def come_back(request: HttpRequest, settings: RdvSettings) -> HttpResponse:
    """Take in the answer to an authorization (RFC 6749, 4.1.2) and leave its address at once."""
    given = {name: request.GET.get(name, "")[:2000] for name in ("state", "code", "error")}
    try:
        connections.finish_connection(settings, request.user, **given)
    except NotConnected:
        messages.error(request, "La connexion n'a pas été accordée. Rien n'a changé ; vous pouvez recommencer.")
    except Refused:
        messages.error(request, "Ce retour de RDV Service Public n'est plus valable. Recommencez la connexion.")
    except Unavailable:
        messages.error(request, "RDV Service Public n'a pas répondu à temps. Recommencez la connexion.")
    else:
        messages.success(request, "Vous êtes connecté à RDV Service Public.")
    return SeeOther(reverse("rdv_desk"))


@require_POST
@agent_required
def open_plan(request: HttpRequest, settings: RdvSettings, consent_id: uuid.UUID) -> HttpResponse:
    """Open a plan for a person who agreed, and lead to the page that says where the agent goes."""
    profiles = {profile.place_id: profile for profile in list_profiles(request.user)}
    consent = get_object_or_404(list_agreed(list(profiles)), pk=consent_id)
    desk = reverse("rdv_desk")
    try:
        url = start_plan(
            agent=profiles[consent.place_id],
            contact=consent.contact,
            return_url=f"{django_settings.PUBLIC_URL}{desk}",
        )
    except ProviderError as error:
        messages.error(request, SAYINGS.get(type(error), SAYINGS[Unavailable]))
        return SeeOther(desk)
    return _lead_to(request, url, "plan")


def _lead_to(request: HttpRequest, url: str, why: str) -> HttpResponse:
    """Remember where to go. A POST of ours may not redirect to another site (form-action), and a link says where."""
    request.session[GOING_KEY] = {"url": url, "why": why}
    return SeeOther(reverse("rdv_going"))


@require_safe
@agent_required
def show_way(request: HttpRequest, settings: RdvSettings) -> HttpResponse:
    """Show the link that leads the agent on, and its host."""
    going = request.session.get(GOING_KEY)
    if not going:
        return SeeOther(reverse("rdv_desk"))
    context = {"url": going["url"], "why": going["why"], "host": urlsplit(going["url"]).hostname, "here": "rdv"}
    return render(request, "handoff/rdv_going.html", context)
