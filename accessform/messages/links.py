"""The stop link of a recipient: opaque, without login, the same in every message about a subject."""

from django.conf import settings
from django.urls import reverse

from accessform.messages.models import Recipient
from accessform.trust.hashing import keyed_hash, keyed_hashes

PURPOSE = "messages:token"


def digest_token(token: str) -> str:
    """Return the keyed hash that a token is stored under."""
    return keyed_hash(PURPOSE, token)


def find_recipient(token: str) -> Recipient | None:
    """Return whose link this is, None for any other token."""
    return Recipient.objects.filter(token_digest__in=keyed_hashes(PURPOSE, token)).first() if token else None


def stop_link(recipient: Recipient) -> str:
    """Return the whole address of a recipient's stop link."""
    return f"{settings.PUBLIC_URL}{reverse('messages', args=[recipient.token])}"
