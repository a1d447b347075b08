"""The door of this room: queue a message, withdraw what is not sent, forget."""

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accessform.messages.addresses import digest_address, read_address
from accessform.messages.links import digest_token, stop_link
from accessform.messages.models import MOST_REMINDERS, Channel, OutboxMessage, Recipient, ReminderWish, State
from accessform.messages.sending import send_one
from accessform.messages.stops import find_recipients, is_stopped
from accessform.messages.wording import write_message
from accessform.plain_language.wording import ReadingLevel
from accessform.trust.link_tokens import make_link_token

__all__ = ["Channel", "drop_messages", "forget_messages", "queue_message"]


def queue_message(  # noqa: PLR0913 - one message is all of these
    *,
    key: str,
    kind: str,
    channel: Channel,
    address: str,
    words: Mapping[str, str],
    level: ReadingLevel,
    subject: str,
    send_at: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
    zone: ZoneInfo | None = None,
    is_reminder: bool = False,
) -> OutboxMessage | None:
    """Write a message down; it leaves at `send_at` (now where none), never at night by the clocks of `zone`.

    The same `key` twice is one message. Returns None where this address has said stop, to this subject or to all, and
    for a fourth reminder of a subject. Call it in the transaction of what it tells of: both are kept, or neither.
    Raises BadAddress, UnknownText, and KeyError for a word that the texts need.
    """
    address = read_address(channel, address)
    at = send_at or timezone.now()
    with transaction.atomic():
        known = OutboxMessage.objects.filter(key=key).first()
        if known:
            return known
        if is_stopped(channel=channel, address=address, subject=subject):
            return None
        recipient = _find_or_make(subject, channel, address)
        written = write_message(kind, channel, level, words, stop_link=stop_link(recipient))
        message = OutboxMessage(
            key=key,
            recipient=recipient,
            subject=subject,
            kind=kind,
            level=level,
            title=written.title,
            body=written.body,
            zone=str(zone or settings.TIME_ZONE),
            send_at=at,
            next_attempt_at=at,
            expires_at=expires_at,
        )
        return _insert_reminder(message) if is_reminder else _insert(message)


def _insert(message: OutboxMessage) -> OutboxMessage | None:
    """Write a message, or return the one that another request has just written with its key."""
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        return OutboxMessage.objects.filter(key=message.key).first()
    if not message.is_taken_by_hand and message.next_attempt_at <= timezone.now():
        transaction.on_commit(lambda: send_one.enqueue(str(message.pk)), robust=True)
    return message


def _insert_reminder(message: OutboxMessage) -> OutboxMessage | None:
    """Write a reminder under the first free number of its subject; None when all three are taken."""
    taken = set(OutboxMessage.objects.filter(subject=message.subject).values_list("number", flat=True))
    for number in range(1, MOST_REMINDERS + 1):
        if number not in taken:
            message.number = number
            if written := _insert(message):
                return written
    return None


def _find_or_make(subject: str, channel: Channel, address: str) -> Recipient:
    """Return the recipient of this subject at this address, made once whatever happens at the same time."""
    known = find_recipients(channel=channel, address=address).filter(subject=subject).first()
    if known:
        return known
    token = make_link_token()
    recipient, _ = Recipient.objects.get_or_create(
        subject=subject,
        channel=channel,
        address_digest=digest_address(channel, address),
        defaults={"address": address, "token": token, "token_digest": digest_token(token)},
    )
    return recipient


def drop_messages(*, subject: str, reminders_only: bool = False) -> int:
    """Withdraw what is not sent yet about a subject (cancelled, moved, done); return how many.

    What is leaving at this very instant cannot be called back. The keys are free again.
    """
    waiting = OutboxMessage.objects.filter(subject=subject, state=State.DUE)
    if reminders_only:
        waiting = waiting.filter(number__isnull=False)
    return waiting.delete()[0]


def forget_messages(*, subject: str) -> None:
    """Erase everything that is held about a subject: wishes, addresses, messages."""
    with transaction.atomic():
        ReminderWish.objects.filter(subject=subject).delete()
        Recipient.objects.filter(subject=subject).delete()
