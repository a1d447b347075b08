"""What the hand-off erases, exports and purges; registered with trust in HandoffConfig.ready."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accessform.handoff.models import Appointment, CallbackRequest, Contact


def erase_hand_off(journey_id: uuid.UUID) -> None:
    """Delete a journey's appointments (their slots are free again), call-back requests and contact details."""
    _delete(Appointment.objects.filter(journey_id=journey_id), CallbackRequest.objects.filter(journey_id=journey_id))


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
    }
    return held if any(held.values()) else None


def _describe(contact: Contact | None) -> dict[str, str | None] | None:
    return {"name": contact.name, "phone": contact.phone, "email": contact.email} if contact else None


def purge_appointments(now: datetime, keep: timedelta) -> int:
    """Delete the appointments that ended longer ago than `keep`, with their contact details."""
    return _delete(Appointment.objects.filter(ends_at__lt=now - keep))


def purge_callbacks(now: datetime, keep: timedelta) -> int:
    """Delete the requests to be called back that are older than `keep`, with their contact details."""
    return _delete(CallbackRequest.objects.filter(created_at__lt=now - keep))


def purge_contacts(now: datetime, keep: timedelta) -> int:
    """Delete the contact details, older than `keep`, that were given for nothing in the end."""
    unused = Contact.objects.filter(created_at__lt=now - keep, appointments=None, callback_requests=None)
    return unused.delete()[0]


def _delete(*querysets: Any) -> int:
    """Delete the rows, then the contact details that nothing else needs; return the number of rows."""
    with transaction.atomic():
        count, contacts = 0, set()
        for rows in querysets:
            found = list(rows.values_list("pk", "contact_id"))
            contacts |= {contact for _, contact in found if contact}
            rows.filter(pk__in=[pk for pk, _ in found]).delete()
            count += len(found)
        _delete_unused(contacts)
    return count


def _delete_unused(contacts: Collection[uuid.UUID]) -> None:
    Contact.objects.filter(pk__in=contacts, appointments=None, callback_requests=None).delete()
