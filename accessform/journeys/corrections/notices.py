"""Tell who asked to be told that the service waits for something: one neutral message a day, then reminders of a date.

The message says neither what is asked nor for which form: that is read on the receipt, with the code.
"""

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from accessform.answers.printed_values import date_in_words
from accessform.journeys.models import CorrectionRequest, Journey
from accessform.journeys.reminders import link_back, local_zone
from accessform.messages.models import Channel, OutboxMessage, ReminderWish, State
from accessform.messages.planning import plan_before_day
from accessform.messages.reminding import choose_wish, queue_reminders
from accessform.messages.services import drop_messages, queue_message
from accessform.messages.wanted import subject_id
from accessform.messages.wishes import end_wish, list_wishes, wish_reminders
from accessform.plain_language.wording import ReadingLevel

ASKED = "asked"
KIND, DUE_KIND = "asked", "asked_due"
DUE_DAYS = (5, 1)
"""Days before the service's date: the first leaves time to find a paper, the last to send it."""


def asked_subject(journey_id: uuid.UUID) -> str:
    """Return what the wish and the messages about the service's requests are filed under."""
    return f"{ASKED}:{journey_id}"


def is_told(journey_id: uuid.UUID) -> bool:
    """Tell whether a person wished to be told of what the service asks."""
    return bool(list_wishes(asked_subject(journey_id)))


def wish_to_be_told(*, journey: Journey, channel: Channel, address: str, level: ReadingLevel) -> None:
    """Keep the wish to be told of the service's requests by one channel. Raises BadAddress, AddressStopped."""
    with transaction.atomic():
        wish_reminders(subject=asked_subject(journey.pk), channel=channel, address=address, level=level)
        plan_due(journey)


def stop_telling(*, journey: Journey, channel: Channel) -> None:
    """Take the wish for one channel back; what was to go by it goes by the other one, where there is one."""
    subject = asked_subject(journey.pk)
    waiting = OutboxMessage.objects.filter(subject=subject, kind=KIND, state=State.DUE, recipient__channel=channel)
    with transaction.atomic():
        end_wish(subject=subject, channel=channel)
        plan_due(journey)
        if waiting.delete()[0]:
            tell_asked(journey)


def tell_asked(journey: Journey) -> OutboxMessage | None:
    """Queue the message that the service asked something, in the transaction that asks; None for who asked for none.

    Several requests of one day are one message: the receipt shows them all.
    """
    subject, zone = asked_subject(journey.pk), local_zone()
    wishes = list_wishes(subject)
    if not wishes:
        return None
    plan_due(journey)
    key = f"{subject}:{timezone.localdate(timezone=zone).isoformat()}"
    # Words are asked for once: they may hold a link that closes the one before.
    known = OutboxMessage.objects.filter(key=key).first()
    if known and known.state != State.DROPPED:
        return known
    if known:
        known.delete()  # it told of a request that was withdrawn before it left: nobody was told today
    wish = choose_wish(wishes, left=dt.timedelta.max)
    return queue_message(
        key=key,
        kind=KIND,
        channel=Channel(wish.channel),
        address=wish.address,
        words={"link": link_back(journey, wish)},
        level=wish.reading_level,
        subject=subject,
        zone=zone,
    )


def plan_due(journey: Journey) -> None:
    """Withdraw the reminders that wait and queue those of the nearest date of what is still asked.

    Call it in the transaction that asks, withdraws or answers. Three reminders a journey, whatever is asked.
    """
    subject, zone, day = asked_subject(journey.pk), local_zone(), _nearest_date(journey.pk)
    drop_messages(subject=subject, reminders_only=True)
    if day is None:
        return

    def words(wish: ReminderWish) -> dict[str, str]:
        return {"day": date_in_words(day), "link": link_back(journey, wish)}

    queue_reminders(
        subject=subject,
        kind=DUE_KIND,
        occasion=day.isoformat(),
        planned=plan_before_day(day, DUE_DAYS, zone=zone, now=timezone.now()),
        words=words,
        zone=zone,
    )


def is_still_wanted(message: OutboxMessage) -> bool:
    """Tell whether the service still waits (registered with messages); a reminder, whether for the day that it says."""
    waiting = CorrectionRequest.objects.filter(submission__journey=subject_id(message), closed_at=None)
    if message.kind == KIND:
        return waiting.exists()
    return any(f":{row.due_on.isoformat()}:" in message.key for row in waiting if row.due_on)


def _nearest_date(journey_id: uuid.UUID) -> dt.date | None:
    waiting = CorrectionRequest.objects.filter(submission__journey=journey_id, closed_at=None, due_on__isnull=False)
    return waiting.order_by("due_on").values_list("due_on", flat=True).first()
