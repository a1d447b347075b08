"""Send what is due: one worker at a row, and what a crash leaves behind told apart by channel.

The guarantee, channel by channel (docs/adr/a-text-message-is-never-sent-twice.md):

* e-mail: at least once. Every attempt carries the same Message-ID, so that mailboxes may drop the second.
* SMS: at most once, unless the gateway promises to drop a repeated Idempotency-Key: then as e-mail. A text message
  that may have left is DOUBTFUL, for a person to look at; it is never sent again by itself.
* letter: at least once, to a file whose name is the message's own (letters.py).
"""

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks import task

from accessform.messages import mailing, wanted
from accessform.messages.hours import wait_for_day
from accessform.messages.models import Channel, OutboxMessage, State
from accessform.messages.outcomes import InDoubt, NotTaken, Refused
from accessform.messages.sms import sms_provider
from accessform.messages.stops import is_stopped

logger = logging.getLogger(__name__)

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
BACK_OFF = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR)
"""Wait after each failed attempt; together not quite a day: a reminder later than that reminds of nothing."""
MAX_ATTEMPTS = len(BACK_OFF) + 1

LEASE = dt.timedelta(minutes=10)
"""How long a claim holds: longer than an attempt takes, so that only a dead worker's row comes back."""


@task()
def send_one(message_id: str) -> bool:
    """Try one message in a worker process; the task carries an id only."""
    return send(uuid.UUID(message_id))


def send(message_id: uuid.UUID) -> bool:
    """Try one message now if it is due and nobody else is at it; return whether it left by this call."""
    if OutboxMessage.objects.filter(pk=message_id, recipient__channel=Channel.LETTER).exists():
        return False
    return send_by(message_id, _hand_over)


def send_by(message_id: uuid.UUID, hand_over: Callable[[OutboxMessage], None]) -> bool:
    """Claim one message, ask whether it may leave, and have `hand_over` send it (or raise one of outcomes.py)."""
    message = _claim(message_id)
    if message is None or not _may_leave(message):
        return False
    try:
        hand_over(message)
    except Refused as error:
        _end(message, State.GIVEN_UP, str(error))
        return False
    except NotTaken as error:
        _put_off(message, str(error))
        return False
    except InDoubt as error:
        _doubt(message, str(error))
        return False
    _end(message, State.SENT)
    return True


def enqueue_due() -> int:
    """Take back the rows of dead workers, and enqueue a task for each row that is due; return how many are."""
    sweep()
    ids = due_ids()
    for message_id in ids:
        send_one.enqueue(str(message_id))
    return len(ids)


def send_due() -> int:
    """Send every row that is due, here and now; return how many left."""
    sweep()
    return sum(send(message_id) for message_id in due_ids())


def due_ids() -> list[uuid.UUID]:
    """Return the messages whose time has come, the longest waiting first; letters wait to be taken."""
    found = due().exclude(recipient__channel=Channel.LETTER)
    return list(found.order_by("next_attempt_at").values_list("pk", flat=True))


def sweep() -> int:
    """Decide on rows whose worker died while sending: due again where a repeat is harmless, else doubtful."""
    lost = OutboxMessage.objects.filter(state=State.SENDING, claimed_until__lte=timezone.now())
    count = 0
    for message in lost.select_related("recipient"):
        logger.warning("message %s: its worker was lost while sending", message.pk)
        count += _doubt(message, "the worker was lost while sending")
    return count


def due() -> "QuerySet[OutboxMessage]":
    """Return the messages whose time has come."""
    return OutboxMessage.objects.filter(state=State.DUE, next_attempt_at__lte=timezone.now())


def _claim(message_id: uuid.UUID) -> OutboxMessage | None:
    """Take a due row for LEASE in one UPDATE; None when it is not due or another worker has just taken it."""
    claim, now = uuid.uuid4(), timezone.now()
    changes = {"state": State.SENDING, "claim": claim, "claimed_until": now + LEASE, "attempts": F("attempts") + 1}
    if not due().filter(pk=message_id).update(**changes, changed_at=now):
        return None
    return OutboxMessage.objects.select_related("recipient").filter(pk=message_id, claim=claim).first()


def _may_leave(message: OutboxMessage) -> bool:
    """Withdraw what nobody wants any more, put off what would come at night; True for the rest."""
    now = timezone.now()
    day = wait_for_day(now, ZoneInfo(message.zone)) if message.keeps_quiet_at_night else now
    if message.expires_at and message.expires_at <= day:
        _end(message, State.DROPPED, "its time was over")
    elif _has_stopped(message):
        _end(message, State.DROPPED, "the person said stop")
    elif not wanted.is_wanted(message):
        _end(message, State.DROPPED, "nothing to tell any more")
    elif day > now:
        _release(message, at=day, attempts=message.attempts - 1)
    else:
        return True
    return False


def _has_stopped(message: OutboxMessage) -> bool:
    recipient = message.recipient
    return is_stopped(channel=Channel(recipient.channel), address=recipient.address, subject=message.subject)


def _hand_over(message: OutboxMessage) -> None:
    """Give the message to what carries it. Raises Refused, NotTaken or InDoubt."""
    if message.recipient.channel == Channel.EMAIL:
        mailing.send_mail(message)
    else:
        sms_provider().send(number=message.recipient.address, text=message.body or "", key=str(message.pk))


def _repeats_harmlessly(message: OutboxMessage) -> bool:
    return message.recipient.channel != Channel.SMS or sms_provider().drops_repeats


def _doubt(message: OutboxMessage, why: str) -> bool:
    """Send again what may be sent twice without harm; leave the rest for a person to decide."""
    if _repeats_harmlessly(message):
        return _put_off(message, why)
    logger.error("message %s may have left or not (%s); it is not sent again by itself", message.pk, why)
    return _settle(message, state=State.DOUBTFUL, last_error=why[:200])


def _put_off(message: OutboxMessage, why: str) -> bool:
    """Set the next attempt, or give up after the last one."""
    logger.warning("message %s was not sent (attempt %s): %s", message.pk, message.attempts, why)
    if message.attempts >= MAX_ATTEMPTS:
        return _end(message, State.GIVEN_UP, why)
    return _release(message, at=timezone.now() + BACK_OFF[message.attempts - 1], why=why, attempts=message.attempts)


def _release(message: OutboxMessage, *, at: dt.datetime, attempts: int, why: str = "") -> bool:
    return _settle(message, state=State.DUE, next_attempt_at=at, attempts=attempts, last_error=why[:200])


def _end(message: OutboxMessage, state: State, why: str = "") -> bool:
    """Close a message: its text goes."""
    now = timezone.now()
    times = {State.SENT: {"sent_at": now}, State.GIVEN_UP: {"given_up_at": now}}.get(state, {})
    if state == State.GIVEN_UP:
        logger.error("message %s given up: %s", message.pk, why)
    return _settle(message, state=state, title=None, body=None, last_error=why[:200], **times)


def _settle(message: OutboxMessage, **changes: object) -> bool:
    """Write what came of an attempt and let go of the claim; nothing where the row was taken over or erased."""
    held = OutboxMessage.objects.filter(pk=message.pk, state=State.SENDING, claim=message.claim)
    return bool(held.update(claim=None, claimed_until=None, changed_at=timezone.now(), **changes))
