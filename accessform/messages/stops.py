"""Stop and start again: of one matter, or of everything to an address.

Subjects that share what follows their kind (« journey:… », « deadline:… » and « asked:… » of one journey) are one
matter: who stops one has stopped the others.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accessform.messages.addresses import digest_address, list_digests
from accessform.messages.models import Channel, Recipient, StoppedAddress


def find_recipients(*, channel: Channel, address: str) -> "QuerySet[Recipient]":
    """Return who is written to at this address, whatever about."""
    return Recipient.objects.filter(channel=channel, address_digest__in=list_digests(channel, address))


def find_of_matter(*, channel: Channel, address: str, subject: str) -> "QuerySet[Recipient]":
    """Return who is written to at this address about the matter of a subject."""
    return find_recipients(channel=channel, address=address).filter(subject__endswith=f":{subject.partition(':')[2]}")


def is_stopped(*, channel: Channel, address: str, subject: str) -> bool:
    """Tell whether this address wants nothing about this matter, or nothing at all."""
    of_matter = find_of_matter(channel=channel, address=address, subject=subject)
    return of_matter.filter(stopped_at__isnull=False).exists() or is_address_stopped(channel=channel, address=address)


def is_address_stopped(*, channel: Channel, address: str) -> bool:
    """Tell whether this address wants nothing at all."""
    return _stops(channel, address).exists()


def stop_messages(recipient: Recipient, *, everything: bool = False) -> None:
    """Send nothing more to a recipient about its matter; with `everything`, nothing at all to its address.

    Messages that wait stay written until their time, so that the person may change their mind.
    """
    now, channel = timezone.now(), Channel(recipient.channel)
    with transaction.atomic():
        of_matter(recipient).filter(stopped_at=None).update(stopped_at=now)
        if everything and not is_address_stopped(channel=channel, address=recipient.address):
            StoppedAddress.objects.get_or_create(
                channel=channel,
                address_digest=digest_address(channel, recipient.address),
                defaults={"address": recipient.address, "stopped_at": now},
            )


def start_messages(recipient: Recipient) -> None:
    """Take back a stop, of the matter and of the address: what still waits will be sent."""
    with transaction.atomic():
        of_matter(recipient).update(stopped_at=None)
        _stops(Channel(recipient.channel), recipient.address).delete()


def of_matter(recipient: Recipient) -> "QuerySet[Recipient]":
    """Return a recipient with those of the same matter at the same address."""
    channel = Channel(recipient.channel)
    return find_of_matter(channel=channel, address=recipient.address, subject=recipient.subject)


def _stops(channel: Channel, address: str) -> "QuerySet[StoppedAddress]":
    return StoppedAddress.objects.filter(channel=channel, address_digest__in=list_digests(channel, address))
