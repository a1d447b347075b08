"""Appointments that stand when their agent does not receive any more: listed, never deleted."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from accessform.handoff.models import OCCUPYING, Appointment
from accessform.handoff.services.agendas import load_whole_agendas
from accessform.handoff.slots import CELL_MINUTES, Window, is_within_openings


@dataclass(frozen=True, slots=True)
class Conflict:
    """One appointment outside the openings of its agent: enough to find it at the desk, nothing of the person."""

    appointment: uuid.UUID
    place: str
    agent: str
    starts_at: dt.datetime


def list_conflicts(*, agents: Collection[int], now: dt.datetime | None = None) -> list[Conflict]:
    """Return the coming appointments, holds included, of these agents that no opening holds, in order of time.

    Openings, exceptions, absences, closures of the place and public holidays all count (5 queries).
    """
    coming = Appointment.objects.filter(agent__in=agents, status__in=OCCUPYING, starts_at__gt=now or timezone.now())
    rows = list(coming.select_related("place", "agent").order_by("starts_at"))
    if not rows:
        return []
    window = Window(CELL_MINUTES, earliest=rows[0].starts_at, latest=max(row.ends_at for row in rows))
    agendas = load_whole_agendas(list({row.place_id: row.place for row in rows}.values()), window)
    conflicts = []
    for row in rows:
        way = dt.timedelta(minutes=row.travel_minutes)
        when = {"start": row.starts_at - way, "end": row.ends_at + way}
        if not is_within_openings(agendas[row.place_id], agent=row.agent_id, **when):
            conflicts.append(Conflict(row.pk, row.place.name, row.agent.name, row.starts_at.astimezone(row.place.zone)))
    return conflicts
