"""Reminders of a draft: before it is erased, and before the form's deadline, for who asked; neutral, by day only.

A draft's end moves with its last use, so its reminders are queued when they are due; a deadline does not move, so its
own are queued when they are asked for.
"""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accessform.answers.printed_values import date_in_words
from accessform.journeys.models import Journey, JourneyStatus, ResumeAccess
from accessform.journeys.resume import make_link, token_of
from accessform.messages.models import Channel, OutboxMessage, ReminderWish
from accessform.messages.planning import DEADLINE_DAYS, DRAFT_DAYS, Planned, plan_before_day
from accessform.messages.reminding import queue_reminders
from accessform.messages.services import drop_messages
from accessform.messages.wanted import subject_id
from accessform.messages.wishes import end_wish, wish_reminders
from accessform.plain_language.wording import ReadingLevel
from accessform.trust.retention import kept

DRAFT, DEADLINE = "journey", "deadline"
LATE = dt.timedelta(hours=12)
"""How late a reminder may be queued after the timer stood still."""
FIRST_NOTICE = dt.timedelta(days=max(DRAFT_DAYS) + 1)


def draft_subject(journey_id: uuid.UUID) -> str:
    """Return what messages about a draft's end, and the wishes for both kinds, are filed under."""
    return f"{DRAFT}:{journey_id}"


def deadline_subject(journey_id: uuid.UUID) -> str:
    """Return what messages about a form's deadline are filed under."""
    return f"{DEADLINE}:{journey_id}"


def remind_of_draft(*, journey: Journey, channel: Channel, address: str, level: ReadingLevel) -> None:
    """Keep the wish to be reminded by one channel, and queue the deadline's. Raises BadAddress, AddressStopped."""
    with transaction.atomic():
        wish_reminders(subject=draft_subject(journey.pk), channel=channel, address=address, level=level)
        _plan_deadline(journey)


def stop_reminding(*, journey: Journey, channel: Channel) -> None:
    """Take the wish for one channel back; what was to go by it goes by the other one, where there is one."""
    with transaction.atomic():
        end_wish(subject=draft_subject(journey.pk), channel=channel)
        _plan_deadline(journey)


def end_reminders(journey_id: uuid.UUID) -> None:
    """Withdraw every reminder of a journey that was sent, and the wishes for them."""
    for subject in (draft_subject(journey_id), deadline_subject(journey_id)):
        drop_messages(subject=subject, reminders_only=True)
    ReminderWish.objects.filter(subject=draft_subject(journey_id)).delete()


def last_day(journey: Journey) -> dt.date | None:
    """Return the last day to send a journey, None where its form has no deadline."""
    deadline = journey.version.definition.deadline
    return deadline.last_day(timezone.localdate(journey.created_at)) if deadline else None


def _plan_deadline(journey: Journey) -> None:
    day, subject, zone = last_day(journey), deadline_subject(journey.pk), local_zone()
    drop_messages(subject=subject, reminders_only=True)
    if day is None or journey.status != JourneyStatus.DRAFT:
        return
    queue_reminders(
        subject=subject,
        kind="deadline",
        occasion=day.isoformat(),
        planned=plan_before_day(day, DEADLINE_DAYS, zone=zone, now=timezone.now()),
        words=lambda wish: {"day": date_in_words(day), "link": _code_page()},
        zone=zone,
        wishes_of=draft_subject(journey.pk),
    )


def queue_due_reminders() -> int:
    """Queue the reminders of drafts that will soon be erased; the timer calls it. Returns how many drafts it looked at.

    A run that was cut or comes twice queues nothing twice: the key of a reminder is the day of the erasure.
    """
    now = timezone.now()
    soon = Journey.objects.filter(
        status=JourneyStatus.DRAFT,
        touched_at__lte=now - kept("drafts").keep + FIRST_NOTICE,
        touched_at__gt=now - kept("drafts").keep,
    )
    ids = set(soon.values_list("pk", flat=True))
    wished = ReminderWish.objects.filter(subject__in=[draft_subject(journey_id) for journey_id in ids])
    subjects = set(wished.values_list("subject", flat=True))
    for subject in subjects:
        with transaction.atomic():  # Two timers at once wait for each other here.
            journey = soon.select_for_update().filter(pk=subject.partition(":")[2]).first()
            if journey:
                _queue_of_draft(journey, now)
    return len(subjects)


def _queue_of_draft(journey: Journey, now: dt.datetime) -> None:
    zone, day = local_zone(), _erased_on(journey)
    queue_reminders(
        subject=draft_subject(journey.pk),
        kind="draft",
        occasion=day.isoformat(),
        planned=[
            Planned(one.name, one.send_at, journey.touched_at + kept("drafts").keep)
            for one in plan_before_day(day, DRAFT_DAYS, zone=zone, now=now - LATE)
            if one.send_at <= now
        ],
        words=lambda wish: {"day": date_in_words(day), "link": link_back(journey, wish)},
        zone=zone,
    )


def _erased_on(journey: Journey) -> dt.date:
    return (journey.touched_at + kept("drafts").keep).astimezone(local_zone()).date()


def link_back(journey: Journey, wish: ReminderWish) -> str:
    """Return what opens the draft: a link of its own by e-mail to who has no code, else the page that asks the code."""
    if wish.channel == Channel.EMAIL and not ResumeAccess.objects.filter(journey=journey).exists():
        token = token_of(make_link(journey=journey, email=wish.address))
        return f"{settings.PUBLIC_URL}{reverse('resume_link', args=[token])}"
    return _code_page()


def _code_page() -> str:
    return f"{settings.PUBLIC_URL}{reverse('resume')}"


def is_draft_reminder_wanted(message: OutboxMessage) -> bool:
    """Tell whether the draft is still one, and still to be erased on the day that the message tells."""
    journey = Journey.objects.filter(pk=subject_id(message), status=JourneyStatus.DRAFT).first()
    if journey is None:
        return False
    return message.number is None or f":{_erased_on(journey).isoformat()}:" in message.key


def is_deadline_reminder_wanted(message: OutboxMessage) -> bool:
    """Tell whether the journey has not been sent yet."""
    return Journey.objects.filter(pk=subject_id(message), status=JourneyStatus.DRAFT).exists()


def local_zone() -> ZoneInfo:
    """Return the zone whose days and nights a journey's messages go by."""
    return ZoneInfo(settings.TIME_ZONE)
