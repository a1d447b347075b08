"""A person's agreement that their name and one contact go to RDV Service Public, given and taken back."""

import hashlib
import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accessform.handoff.models import (
    Contact,
    ContactChannel,
    ExternalPlan,
    Place,
    PlanStatus,
    ProviderConsent,
)
from accessform.handoff.services.contacts import UNUSED
from accessform.journeys.models import Journey
from accessform.plain_language.interface import text
from accessform.plain_language.wording import ReadingLevel

CONSENT_TEXTS = ("providers.ask_text", "providers.ask_sent", "providers.ask_not_sent")
"""The words that the page shows above the button, at whichever level the person reads."""


def digest_consent_text() -> str:
    """Return the SHA-256 of the words agreed to, at the three levels."""
    words = "\n".join(text(name, level) for level in ReadingLevel for name in CONSENT_TEXTS)
    return hashlib.sha256(words.encode()).hexdigest()


def agree(*, place: Place, contact: Contact, key: uuid.UUID, journey: Journey | None = None) -> ProviderConsent:
    """Keep the agreement. The same key is the same agreement; a journey has one that waits for a place."""
    channel = ContactChannel.PHONE if contact.phone else ContactChannel.EMAIL
    told = {"contact": contact, "channel": channel, "text_digest": digest_consent_text()}
    with transaction.atomic():
        if journey is not None:
            earlier = ProviderConsent.objects.filter(journey=journey, place=place, withdrawn_at=None)
            waiting = earlier.select_for_update(of=("self",)).filter(plan=None).exclude(key=key).first()
            if waiting is not None:
                ProviderConsent.objects.filter(pk=waiting.pk).update(**told, key=key, given_at=timezone.now())
                return ProviderConsent.objects.get(pk=waiting.pk)
    try:
        with transaction.atomic():
            return ProviderConsent.objects.create(place=place, journey=journey, key=key, **told)
    except IntegrityError:
        return ProviderConsent.objects.get(key=key)


def withdraw(consent_id: uuid.UUID) -> bool:
    """Take the agreement back; return whether nothing had been sent. Then the row and its contact are deleted.

    What was sent stays at RDV Service Public, whose interface deletes nothing; here nothing more is asked or shown.
    """
    with transaction.atomic():
        current = ProviderConsent.objects.select_for_update().filter(pk=consent_id).first()
        if current is None:
            return True
        plan = ExternalPlan.objects.filter(consent=current).first()
        if plan is None:
            contact_id = current.contact_id
            current.delete()
            Contact.objects.filter(pk=contact_id, **UNUSED).delete()
            return True
        if current.withdrawn_at is None:
            ProviderConsent.objects.filter(pk=current.pk).update(withdrawn_at=timezone.now())
            waiting = ExternalPlan.objects.filter(pk=plan.pk, status=PlanStatus.WAITING)
            waiting.update(status=PlanStatus.GIVEN_UP, next_poll_at=None, changed_at=timezone.now())
        return False


def list_agreed(places: Any) -> "QuerySet[ProviderConsent]":
    """Return the agreements of `places` that still want an appointment, the oldest first."""
    done = [PlanStatus.SEEN, PlanStatus.NO_SHOW, PlanStatus.CANCELLED_BY_USER, PlanStatus.CANCELLED_BY_SERVICE]
    live = ProviderConsent.objects.filter(place__in=places, withdrawn_at=None, contact__isnull=False)
    live = live.exclude(plan__status__in=done).exclude(plan__starts_at__lt=timezone.now())
    return live.select_related("contact", "place", "plan", "plan__agent").order_by("given_at")


def export_consents(journey_id: uuid.UUID) -> list[dict[str, Any]]:
    """Return what is held of a journey's agreements, as JSON values."""
    rows = ProviderConsent.objects.filter(journey_id=journey_id).select_related("place", "contact", "plan")
    return [_describe(row) for row in rows.order_by("given_at")]


def _describe(row: ProviderConsent) -> dict[str, Any]:
    contact, plan = row.contact, getattr(row, "plan", None)
    return {
        "place": row.place.name,
        "provider": "RDV Service Public",
        "agreed_at": row.given_at.isoformat(),
        "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
        "told": {
            "name": contact.name,
            row.channel: contact.phone if row.channel == ContactChannel.PHONE else contact.email,
        }
        if contact
        else None,
        "status": plan.status if plan else None,
        "starts_at": plan.starts_at.isoformat() if plan and plan.starts_at else None,
    }
