"""An agent opens a file: by the code said at the counter, or for the appointment that the person shares it with."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accessform.handoff.models import AccessKind, AgentProfile, Appointment, Handover, HandoverCode
from accessform.handoff.sharing.codes import list_digests, read_code
from accessform.handoff.sharing.gate import Refusal, RefusalKind, lock_handover, refuse, window_of
from accessform.handoff.sharing.log import record_access, record_refusal
from accessform.handoff.sharing.windows import VISIT
from accessform.trust import throttle

REMEMBERED = VISIT


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that this agent may read, until when, and whether they may write."""

    handover: Handover
    until: dt.datetime
    may_write: bool


def open_by_code(*, agent: AgentProfile, code: str, now: dt.datetime) -> OpenedFile | Refusal:
    """Open the file of six digits said at the counter of `agent`'s place, for this visit only.

    A wrong code counts against the desk and its place (trust/limits.py); the count comes before the look-up, so that
    parallel tries cannot slip through. The same desk may type the code of its own visit again.
    """
    digits = read_code(code)
    if digits is None:
        return Refusal(RefusalKind.UNKNOWN_CODE)
    for scope, key in (("handover_place", str(agent.place_id)), ("handover_desk", str(agent.pk))):
        if not throttle.take_attempt(scope, key):
            return Refusal(RefusalKind.TOO_MANY, timezone.now() + throttle.blocked_for(scope, key))
    with transaction.atomic():
        opened = _open_code(agent, digits, now)
    if isinstance(opened, OpenedFile):
        throttle.give_back_attempt("handover_place", str(agent.place_id))
        throttle.give_back_attempt("handover_desk", str(agent.pk))
    return opened


def open_for_appointment(*, agent: AgentProfile, appointment: Appointment, now: dt.datetime) -> OpenedFile | Refusal:
    """Open the file that a person shows at an appointment: to the desk that receives it, in its window only."""
    with transaction.atomic():
        shared = Handover.objects.filter(appointment_id=appointment.pk, by_code=False).order_by("created_at")
        known = shared.filter(closed_at=None, revoked_at=None).last() or shared.last()
        handover = lock_handover(known.pk) if known else None
        if handover is None:
            return Refusal(RefusalKind.NOTHING_SHARED)
        return _open(handover, agent, now)


def _open_code(agent: AgentProfile, digits: str, now: dt.datetime) -> OpenedFile | Refusal:
    """Use up a code. A code that has ended is known for a while, so that the person reads who tried it."""
    codes = HandoverCode.objects.filter(place_id=agent.place_id, digest__in=list_digests(agent.place_id, digits))
    known = codes.filter(ended_at=None).first() or codes.filter(ended_at__gt=now - REMEMBERED).last()
    handover = lock_handover(known.handover_id) if known else None
    if known is None or handover is None:
        return Refusal(RefusalKind.UNKNOWN_CODE)
    known.refresh_from_db()
    if known.used_at is not None and handover.agent_id == agent.pk:
        return _open(handover, agent, now)
    if known.ended_at is not None or not now < known.valid_until:
        return record_refusal(handover, agent, Refusal(RefusalKind.CODE_ENDED), now=now)
    if refusal := refuse(handover, agent, now):
        return record_refusal(handover, agent, refusal, now=now)
    known.used_at = known.ended_at = now
    known.shown = ""
    known.save(update_fields=["used_at", "ended_at", "shown"])
    handover.agent, handover.expires_at = agent, now + VISIT
    handover.save(update_fields=["agent", "expires_at"])
    return _open(handover, agent, now)


def _open(handover: Handover, agent: AgentProfile, now: dt.datetime) -> OpenedFile | Refusal:
    if refusal := refuse(handover, agent, now):
        return record_refusal(handover, agent, refusal, now=now)
    if handover.opened_at is None:
        handover.opened_at = now
        handover.save(update_fields=["opened_at"])
    record_access(handover, agent, AccessKind.OPENED, now=now)
    return OpenedFile(handover, window_of(handover).closes, handover.may_write)
