"""RDV Service Public as a provider: it books for agents; citizens find public links."""

import datetime as dt
import uuid
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from accessform.handoff.models import ExternalPlan
from accessform.handoff.providers.protocol import (
    BadEvent,
    Capability,
    Event,
    OfferedPlace,
    OffersNothing,
    Refused,
    Situation,
    Started,
    Status,
    Wish,
)
from accessform.handoff.providers.rdv_service_public import events
from accessform.handoff.providers.rdv_service_public.api import Api
from accessform.handoff.providers.rdv_service_public.plans import poll_plan, start_plan
from accessform.handoff.providers.rdv_service_public.settings import RdvSettings


class RdvServicePublic(OffersNothing):
    """An agent starts a plan there; no slot is listed and nothing is cancelled from here: its API offers neither."""

    capabilities = frozenset({Capability.LIST_PLACES, Capability.START, Capability.POLL, Capability.VERIFY_WEBHOOK})

    def __init__(self, settings: RdvSettings) -> None:
        self.settings = settings

    def list_places(self, *, territory: str) -> list[OfferedPlace]:
        """Return the organisations of a department where citizens may book by themselves."""
        return Api(self.settings).list_public_links(territory)

    def start(self, wish: Wish) -> Started:
        """Open a plan for the agent of the wish; the person must have agreed before."""
        if wish.agent is None or wish.contact is None:
            raise Refused("an agent and a contact are needed")
        url = start_plan(agent=wish.agent, contact=wish.contact, return_url=wish.return_url)
        consents = wish.contact.provider_consents.filter(place=wish.place, withdrawn_at=None, plan__url=url)
        plan = ExternalPlan.objects.filter(consent__in=consents).first()
        if plan is None:
            raise Refused("the person's request was erased meanwhile")
        return Started(str(plan.pk), url, urlsplit(url).hostname or "")

    def poll(self, reference: str) -> Situation:
        """Ask about a plan now, unless it was asked about a moment ago, and return what is known."""
        plan = _find(reference)
        poll_plan(self.settings, plan.pk)
        plan.refresh_from_db()
        return Situation(Status(plan.status), plan.starts_at, plan.location)

    def verify_webhook(self, *, body: bytes, signature: str, now: dt.datetime) -> Event | None:
        """Return what a signed event says, None where it is about something else than an appointment."""
        if len(body) > events.MAX_BODY:
            raise BadEvent("the event is too large")
        digest = events.check_signature(body, signature, self.settings.webhook_secrets)
        return events.read_event(body, digest=digest, now=now)


def _find(reference: str) -> ExternalPlan:
    try:
        plan = ExternalPlan.objects.filter(pk=uuid.UUID(reference), remote_id__isnull=False).first()
    except (ValueError, ValidationError):
        plan = None
    if plan is None:
        raise Refused("no such plan")
    return plan
