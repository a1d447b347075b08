"""Keep how to reach a person, and their wish to be called back."""

import uuid
from typing import Any

from django.db import IntegrityError, transaction

from accessform.handoff.models import CallbackMoment, CallbackRequest, CallbackStatus, Contact
from accessform.journeys.models import Journey

UNUSED: dict[str, Any] = {"appointments": None, "callback_requests": None, "provider_consents": None}
"""Contact details that nothing needs any more."""


def save_contact(*, name: str, phone: str, email: str, address: str = "", known: uuid.UUID | None = None) -> Contact:
    """Return the contact with these details: the `known` one if it says the same, else a new one."""
    contact = Contact.objects.filter(pk=known).first() if known else None
    details = {"name": name, "phone": phone or None, "email": email or None, "address": address or None}
    if contact and all(getattr(contact, field) == value for field, value in details.items()):
        return contact
    return Contact.objects.create(**details)


def request_callback(*, journey: Journey, service: str, contact: Contact, moment: CallbackMoment) -> CallbackRequest:
    """Ask the form's service to call back. A journey has one waiting request: a second one replaces its details."""
    details = {"contact": contact, "moment": moment, "service": service, "form_slug": journey.version.form.slug}
    waiting = CallbackRequest.objects.filter(journey=journey, status=CallbackStatus.WAITING)
    if not waiting.update(**details):
        try:
            with transaction.atomic():
                CallbackRequest.objects.create(journey=journey, **details)
        except IntegrityError:
            waiting.update(**details)
    return waiting.get()


def cancel_callback(*, journey: Journey) -> None:
    """Withdraw the waiting request of a journey, if any."""
    waiting = CallbackRequest.objects.filter(journey=journey, status=CallbackStatus.WAITING)
    waiting.update(status=CallbackStatus.CANCELLED)
