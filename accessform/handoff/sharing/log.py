"""Every opening, reading and refusal, written where the person reads it."""

import datetime as dt
from typing import Any

from accessform.handoff.models import AccessKind, AgentProfile, Handover, HandoverAccess
from accessform.handoff.sharing.gate import Refusal


def record_access(
    handover: Handover, agent: AgentProfile, kind: AccessKind, *, now: dt.datetime, **facts: Any
) -> HandoverAccess:
    """Write one line under the desk's name of today."""
    who = {"agent": agent, "desk": agent.name, "place_name": agent.place.name}
    return HandoverAccess.objects.create(handover=handover, at=now, kind=kind, **who, **facts)


def record_refusal(handover: Handover, agent: AgentProfile, refusal: Refusal, *, now: dt.datetime) -> Refusal:
    """Write that an agent tried in vain, and return the refusal."""
    record_access(handover, agent, AccessKind.REFUSED, now=now, reason=refusal.kind.value)
    return refusal
