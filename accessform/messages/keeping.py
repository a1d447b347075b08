"""What this room erases, exports, purges and puts under a newer key; registered in MessagesConfig.ready."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from accessform.messages.addresses import digest_address
from accessform.messages.links import digest_token
from accessform.messages.models import OVER, Channel, OutboxMessage, Recipient, ReminderWish, State, StoppedAddress
from accessform.messages.services import forget_messages

OF_A_JOURNEY = ("journey", "deadline", "asked")
"""Kinds of subject whose id is a journey's."""


def erase_of_journey(journey_id: uuid.UUID) -> None:
    """Erase what is held about a journey."""
    for kind in OF_A_JOURNEY:
        forget_messages(subject=f"{kind}:{journey_id}")


def export_of_journey(journey_id: uuid.UUID) -> list[dict[str, Any]] | None:
    """Return where messages about a journey go, and which; None where there are none."""
    parts = [describe_messages(subject=f"{kind}:{journey_id}") for kind in OF_A_JOURNEY]
    return [part for part in parts if part] or None


def describe_messages(*, subject: str) -> dict[str, Any] | None:
    """Return what is held about a subject, as JSON values; None where there is nothing."""
    wishes = [
        {"channel": wish.channel, "address": wish.address, "agreed_at": wish.agreed_at.isoformat()}
        for wish in ReminderWish.objects.filter(subject=subject).order_by("channel")
    ]
    recipients = _describe_recipients(subject)
    return {"about": subject, "wishes": wishes, "sent_to": recipients} if wishes or recipients else None


def _describe_recipients(subject: str) -> list[dict[str, Any]]:
    return [
        {
            "channel": recipient.channel,
            "address": recipient.address,
            "stopped_at": recipient.stopped_at.isoformat() if recipient.stopped_at else None,
            "messages": [
                {
                    "kind": message.kind,
                    "state": message.state,
                    "planned_at": message.send_at.isoformat(),
                    "sent_at": message.sent_at.isoformat() if message.sent_at else None,
                    "text": message.body,
                }
                for message in recipient.messages.order_by("send_at")
            ],
        }
        for recipient in Recipient.objects.filter(subject=subject).order_by("created_at")
    ]


def purge_messages(now: datetime, keep: timedelta) -> int:
    """Delete messages that were over (or left in doubt) longer ago than `keep`, and addresses that serve no more."""
    old = OutboxMessage.objects.filter(state__in=(*OVER, State.DOUBTFUL), changed_at__lt=now - keep)
    count: int = old.delete()[0]
    Recipient.objects.filter(messages=None, created_at__lt=now - keep).delete()
    return count


def purge_stopped_addresses(now: datetime, keep: timedelta) -> int:
    """Forget addresses that said stop longer ago than `keep`."""
    return StoppedAddress.objects.filter(stopped_at__lt=now - keep).delete()[0]


def rehash_addresses() -> int:
    """Put the hashes of addresses and tokens under the newest data key; return how many rows changed."""
    changed = 0
    for recipient in Recipient.objects.iterator():
        digest = digest_address(Channel(recipient.channel), recipient.address)
        token = digest_token(recipient.token)
        if (recipient.address_digest, recipient.token_digest) != (digest, token):
            fresh = {"address_digest": digest, "token_digest": token}
            changed += Recipient.objects.filter(pk=recipient.pk).update(**fresh)
    for stop in StoppedAddress.objects.iterator():
        digest = digest_address(Channel(stop.channel), stop.address)
        if stop.address_digest != digest:
            changed += StoppedAddress.objects.filter(pk=stop.pk).update(address_digest=digest)
    return changed
