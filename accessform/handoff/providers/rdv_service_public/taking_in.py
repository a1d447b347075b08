"""What a webhook changes: nothing twice, nothing older over something newer, nothing that is not ours."""

import logging
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.utils import timezone

from accessform.handoff.models import ExternalPlan, PlanStatus, ReceivedEvent
from accessform.handoff.providers.protocol import Event
from accessform.handoff.providers.rdv_service_public.plans import OPEN

logger = logging.getLogger(__name__)


class TakenIn(StrEnum):
    """What became of an event."""

    APPLIED = "applied"
    ASKED = "asked"
    OLDER = "older"
    REPEATED = "repeated"
    NOT_OURS = "not_ours"


def take_in(event: Event) -> TakenIn:
    """Write what an event says, once.

    Their events name the appointment, never our plan: one of an appointment that we do not know yet, of a person for
    whom a plan waits, only has the plan asked about at once. What it says is not believed before that.
    """
    try:
        with transaction.atomic():
            plan = ExternalPlan.objects.select_for_update().filter(remote_rdv=int(event.reference)).first()
            waiting = ExternalPlan.objects.filter(
                status=PlanStatus.WAITING, remote_user__in=[int(each) for each in event.people]
            )
            if plan is None and not waiting.exists():
                return TakenIn.NOT_OURS
            ReceivedEvent.objects.create(digest=event.digest, event_at=event.at, received_at=timezone.now())
            if plan is None:
                waiting.update(next_poll_at=timezone.now())
                return TakenIn.ASKED
            return _apply(plan, event)
    except IntegrityError:
        logger.warning("an event of RDV Service Public came again and was not taken in")
        return TakenIn.REPEATED


def _apply(plan: ExternalPlan, event: Event) -> TakenIn:
    status = PlanStatus(event.situation.status.value)
    if plan.known_at is not None and event.at <= plan.known_at:
        if status != plan.status:
            plan.next_poll_at = timezone.now()
            plan.save(update_fields=["next_poll_at"])
        return TakenIn.OLDER
    plan.status = status
    plan.starts_at = event.situation.starts_at or plan.starts_at
    plan.location = event.situation.location or plan.location
    plan.known_at = event.at
    plan.next_poll_at = (plan.next_poll_at or timezone.now()) if status in OPEN else None
    plan.save(update_fields=["status", "starts_at", "location", "known_at", "next_poll_at", "changed_at"])
    return TakenIn.APPLIED
