"""When a place's agents receive and are away, as the pages say it."""

import datetime as dt
from dataclasses import dataclass

from accessform.desk.places.other_changes import say_days, say_span
from accessform.desk.places.recurrence import find_last_day, say_opening
from accessform.handoff.models import Absence, AgentProfile, Opening, Place, PlaceClosure

Line = tuple[int, str]
"""The number of a row, and its words."""


@dataclass(frozen=True, slots=True)
class AgentHours:
    """One agent's openings that still happen, those that are over, and absences to come."""

    agent: AgentProfile
    openings: list[tuple[Opening, str]]
    over: list[tuple[Opening, str]]
    absences: list[Line]


def describe_hours(place: Place, now: dt.datetime) -> list[AgentHours]:
    """Return when each agent of a place receives, those who receive first."""
    today = now.astimezone(place.zone).date()
    agents = place.agents.prefetch_related("openings").order_by("-is_active", "name")
    away = Absence.objects.filter(agent__place=place, ends_at__gt=now).order_by("starts_at")
    return [_describe(agent, [row for row in away if row.agent_id == agent.pk], place, today) for agent in agents]


def _describe(agent: AgentProfile, away: list[Absence], place: Place, today: dt.date) -> AgentHours:
    rows = sorted(agent.openings.all(), key=lambda row: (row.first_day, row.starts_at, row.pk))
    over = [row for row in rows if (find_last_day(row.as_rule()) or today) < today]
    said = [(row, say_opening(row.as_rule(), today=today)) for row in rows if row not in over]
    past = [(row, say_opening(row.as_rule(), today=today)) for row in over]
    return AgentHours(agent, said, past, [(row.pk, say_span(row, place)) for row in away])


def describe_closures(place: Place, today: dt.date) -> list[tuple[PlaceClosure, str]]:
    """Return the days to come when a place is closed."""
    return [(row, say_days(row.first_day, row.last_day)) for row in place.closures.filter(last_day__gte=today)]
