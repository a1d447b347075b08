"""Queue planned reminders by the channels that a person chose: three a subject at most, each by one channel."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from accessform.messages.models import MOST_REMINDERS, Channel, OutboxMessage, ReminderWish
from accessform.messages.planning import Planned
from accessform.messages.services import queue_message
from accessform.messages.wishes import list_wishes

URGENT = dt.timedelta(days=2)
"""What leaves this near to its end goes by text message where that was chosen: it is read sooner."""

Words = Callable[[ReminderWish], Mapping[str, str]]


def queue_reminders(
    *,
    subject: str,
    kind: str,
    occasion: str,
    planned: Sequence[Planned],
    words: Words,
    zone: ZoneInfo,
    wishes_of: str | None = None,
) -> list[OutboxMessage]:
    """Queue what is planned for a subject, each reminder once; `occasion` is new where the date has changed.

    The wishes are the subject's own, or those of another one of the same matter. Of more than may still be sent, the
    last ones are kept. Returns the messages, those queued before included.
    """
    wishes = list_wishes(wishes_of or subject)
    if not wishes:
        return []
    queued, left = [], _left(subject, occasion, planned)
    for one in planned[len(planned) - left :] if left < len(planned) else planned:
        wish, key = choose_wish(wishes, left=one.expires_at - one.send_at), _key(subject, occasion, one)
        # Words are asked for once: they may hold a link that closes the one before.
        message = OutboxMessage.objects.filter(key=key).first() or queue_message(
            key=key,
            kind=kind,
            channel=Channel(wish.channel),
            address=wish.address,
            words=words(wish),
            level=wish.reading_level,
            subject=subject,
            send_at=one.send_at,
            expires_at=one.expires_at,
            zone=zone,
            is_reminder=True,
        )
        if message:
            queued.append(message)
    return queued


def _key(subject: str, occasion: str, one: Planned) -> str:
    return f"{subject}:{occasion}:{one.name}"


def _left(subject: str, occasion: str, planned: Iterable[Planned]) -> int:
    """Return how many of the planned reminders may exist, those queued before included."""
    reminders = OutboxMessage.objects.filter(subject=subject, number__isnull=False)
    others = reminders.exclude(key__in=[_key(subject, occasion, one) for one in planned]).count()
    return max(0, MOST_REMINDERS - others)


def choose_wish(wishes: Iterable[ReminderWish], *, left: dt.timedelta) -> ReminderWish:
    """Return the wish to fulfil: a text message when little time is left, else what costs least attention.

    Raises StopIteration where there is no wish.
    """
    by_channel = {Channel(wish.channel): wish for wish in wishes}
    is_urgent = left < URGENT
    order = (Channel.SMS, Channel.EMAIL, Channel.LETTER) if is_urgent else (Channel.EMAIL, Channel.SMS, Channel.LETTER)
    return next(by_channel[channel] for channel in order if channel in by_channel)
