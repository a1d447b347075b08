"""A person's word that an agent may send the file in their place; without it an agent sends nothing."""

import datetime as dt

from django.db import transaction

from accessform.handoff.dates_in_words import say_moment
from accessform.handoff.models import AgentProfile, Handover, Mandate
from accessform.handoff.sharing.consent import AgreedText, word_mandate
from accessform.handoff.sharing.gate import Refusal, RefusalKind, lock_handover, refuse_inside, window_of
from accessform.handoff.sharing.log import record_refusal
from accessform.journeys.models import Journey, JourneyStatus
from accessform.plain_language.wording import ReadingLevel

NAME_LENGTH = 120


def describe_mandate(*, handover: Handover, agent: AgentProfile) -> AgreedText:
    """Return the words that the person agrees to: read them out, or turn the screen, before `record_mandate`."""
    journey = Journey.objects.select_related("version__form").get(pk=handover.journey_id)
    level = ReadingLevel(handover.reading_level)
    until = say_moment(window_of(handover).closes, agent.place.zone)
    title = journey.version.definition.title.at(level)
    corrects = journey.status == JourneyStatus.SUBMITTED
    return word_mandate(
        form=title, place=agent.place.name, desk=agent.name, until=until, level=level, corrects=corrects
    )


def record_mandate(*, handover: Handover, agent: AgentProfile, given_by: str, now: dt.datetime) -> Mandate | Refusal:
    """Keep that `given_by` let this desk send the file in their place, until the file closes. Twice is once.

    Raises ValueError where `given_by` is empty or longer than 120 characters: a mandate has a name.
    """
    name = " ".join(given_by.split())
    if not 0 < len(name) <= NAME_LENGTH:
        raise ValueError("a mandate is given by somebody who has a name")
    with transaction.atomic():
        current = lock_handover(handover.pk)
        if current is None:
            return Refusal(RefusalKind.NOTHING_SHARED)
        if refusal := refuse_inside(current, agent, now) or _refuse_writing(current):
            return record_refusal(current, agent, refusal, now=now)
        if held := Mandate.objects.filter(handover=current, revoked_at=None).first():
            return held
        agreed = describe_mandate(handover=current, agent=agent)
        return Mandate.objects.create(
            journey_id=current.journey_id,
            handover=current,
            agent=agent,
            desk=agent.name,
            place_name=agent.place.name,
            given_by=name,
            given_at=now,
            expires_at=window_of(current).closes,
            **agreed.as_fields(),
        )


def find_mandate(*, handover: Handover, agent: AgentProfile, now: dt.datetime) -> Mandate | None:
    """Return the mandate under which this desk may send the file now, None where there is none."""
    living = Mandate.objects.filter(handover_id=handover.pk, agent=agent, revoked_at=None, expires_at__gt=now)
    mandate = living.select_related("handover__appointment").first()
    if mandate is None or mandate.handover is None or refuse_inside(mandate.handover, agent, now):
        return None
    return mandate


def use_mandate(*, mandate: Mandate, now: dt.datetime) -> bool:
    """Keep that the file was sent under this mandate, in the sending's own transaction; False where it had ended."""
    living = Mandate.objects.filter(pk=mandate.pk, used_at=None, revoked_at=None, expires_at__gt=now)
    return bool(living.update(used_at=now))


def revoke_mandates(*, handover: Handover, now: dt.datetime) -> int:
    """End the mandates of a file; what was sent under one stays sent. Return how many ended."""
    return Mandate.objects.filter(handover_id=handover.pk, revoked_at=None).update(revoked_at=now)


def withdraw_mandate(*, mandate: Mandate, now: dt.datetime) -> None:
    """Take one mandate back; what was sent under it stays sent."""
    Mandate.objects.filter(pk=mandate.pk, revoked_at=None).update(revoked_at=now)


def _refuse_writing(handover: Handover) -> Refusal | None:
    return None if handover.may_write else Refusal(RefusalKind.READ_ONLY)
