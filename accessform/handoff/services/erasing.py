"""What the hand-off erases, exports and purges; registered with trust in HandoffConfig.ready."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from accessform.handoff.models import Appointment, CallbackRequest, Contact, ProviderConsent, WaitingEntry
from accessform.handoff.reminders import forget_reminders, subject_of
from accessform.handoff.services.contacts import UNUSED
from accessform.handoff.services.provider_consents import export_consents
from accessform.handoff.waiting.closing import forget_entries
from accessform.messages.keeping import describe_messages


def erase_hand_off(journey_id: uuid.UUID) -> None:
    """Delete a journey's appointments (their slots are free again), requests, agreements and contact details."""
    _delete(
        Appointment.objects.filter(journey_id=journey_id),
        CallbackRequest.objects.filter(journey_id=journey_id),
        ProviderConsent.objects.filter(journey_id=journey_id),
    )


def export_hand_off(journey_id: uuid.UUID) -> dict[str, Any] | None:
    """Return the appointments and call-back requests of a journey, or None where there is neither."""
    appointments = Appointment.objects.filter(journey_id=journey_id).select_related("place", "motif", "contact")
    callbacks = CallbackRequest.objects.filter(journey_id=journey_id).select_related("contact")
    held = {
        "appointments": [
            {
                "place": row.place.name,
                "motif": row.motif.label["standard"],
                "starts_at": row.starts_at.isoformat(),
                "ends_at": row.ends_at.isoformat(),
                "status": row.status,
                "code": row.code,
                "contact": _describe(row.contact),
                "waiting_for_earlier": _describe_waiting(row),
                "reminders": describe_messages(subject=subject_of(row.pk)),
            }
            for row in appointments.order_by("starts_at")
        ],
        "callback_requests": [
            {
                "service": row.service,
                "moment": row.moment,
                "status": row.status,
                "asked_at": row.created_at.isoformat(),
                "contact": _describe(row.contact),
            }
            for row in callbacks.order_by("created_at")
        ],
        "provider_consents": export_consents(journey_id),
    }
    return held if any(held.values()) else None


def _describe(contact: Contact | None) -> dict[str, str | None] | None:
    if contact is None:
        return None
    return {"name": contact.name, "phone": contact.phone, "email": contact.email, "address": contact.address}


def _describe_waiting(appointment: Appointment) -> dict[str, Any] | None:
    """Return what the person asked of the list of those who would come earlier, and what they were offered."""
    entry = WaitingEntry.objects.filter(appointment=appointment).first()
    if entry is None:
        return None
    offers = [
        {"starts_at": offer.starts_at.isoformat(), "status": offer.status, "told_at": offer.created_at.isoformat()}
        for offer in entry.offers.order_by("number")
    ]
    asked = {"days": entry.days, "part": entry.part, "asked_at": entry.created_at.isoformat()}
    return {**asked, "is_waiting": entry.is_waiting, "offers": offers}


def purge_appointments(now: datetime, keep: timedelta) -> int:
    """Delete the appointments that ended longer ago than `keep`, with their contact details."""
    return _delete(Appointment.objects.filter(ends_at__lt=now - keep))


def purge_plans(now: datetime, keep: timedelta) -> int:
    """Delete the agreements older than `keep` whose appointment, if any, is as old, with plans and contact details."""
    given = ProviderConsent.objects.filter(given_at__lt=now - keep)
    return _delete(given.filter(Q(plan=None) | Q(plan__starts_at=None) | Q(plan__starts_at__lt=now - keep)))


def purge_callbacks(now: datetime, keep: timedelta) -> int:
    """Delete the requests to be called back that are older than `keep`, with their contact details."""
    return _delete(CallbackRequest.objects.filter(created_at__lt=now - keep))


def purge_contacts(now: datetime, keep: timedelta) -> int:
    """Delete the contact details, older than `keep`, that were given for nothing in the end."""
    unused = Contact.objects.filter(created_at__lt=now - keep, **UNUSED)
    return unused.delete()[0]


def _delete(*querysets: Any) -> int:
    """Delete the rows, then the contact details that nothing else needs; return the number of rows."""
    with transaction.atomic():
        count, contacts = 0, set()
        for rows in querysets:
            found = list(rows.values_list("pk", "contact_id"))
            if rows.model is Appointment:
                forget_entries([pk for pk, _ in found])
            contacts |= {contact for _, contact in found if contact}
            rows.filter(pk__in=[pk for pk, _ in found]).delete()
            if rows.model is Appointment:
                for pk, _ in found:
                    forget_reminders(pk)
            count += len(found)
        _delete_unused(contacts)
    return count


def _delete_unused(contacts: Collection[uuid.UUID]) -> None:
    Contact.objects.filter(pk__in=contacts, **UNUSED).delete()
