"""The way by which a message reaches a person who left contact details."""

from accessform.handoff.models import Contact
from accessform.messages.models import Channel
from accessform.messages.sms import sms_is_offered
from accessform.messages.wish_form import takes_texts


def choose_way(contact: Contact | None) -> tuple[Channel, str] | None:
    """Return an e-mail address before a mobile number: it costs nothing and holds more; None for a landline alone.

    A mobile number is no way where the operator has nothing that carries text messages.
    """
    if contact is None:
        return None
    if contact.email:
        return Channel.EMAIL, contact.email
    if contact.phone and sms_is_offered() and takes_texts(contact.phone):
        return Channel.SMS, contact.phone
    return None
