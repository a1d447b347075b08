"""The free slots of places, loaded in a few queries whatever the number of places and agents."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils import timezone

from accessform.handoff.models import (
    Absence,
    AgentProfile,
    AppointmentStatus,
    Motif,
    OccupancyCell,
    Opening,
    Place,
    PlaceClosure,
)
from accessform.handoff.slots import Agenda, OpeningRule, Slot, Span, Window, cell_number, list_free_slots
from accessform.handoff.territories import list_public_holidays

ONE_DAY = dt.timedelta(days=1)


def make_window(motif: Motif, *, now: dt.datetime, not_before: dt.datetime | None = None) -> Window:
    """Return when `motif` may be booked: after its notice, before its horizon, and not before `not_before`."""
    earliest = now + dt.timedelta(hours=motif.notice_hours)
    return Window(
        minutes=motif.minutes,
        earliest=max(earliest, not_before) if not_before else earliest,
        latest=now + dt.timedelta(days=motif.horizon_days),
        travel=motif.travel_minutes,
    )


def load_agendas(
    places: Collection[Place], motif: Motif, window: Window, *, freeing: uuid.UUID | None = None
) -> dict[int, Agenda]:
    """Return the agenda of each place for `motif` (4 queries).

    Cells of the appointment `freeing` count as free, and so do those of holds whose end has come.
    """
    receiving = _openings_of(places, window).filter(agent__motifs=motif)
    loaded = _Loaded([(row, row.agent) for row in receiving], window, freeing)
    return {place.pk: loaded.agenda(place, window) for place in places}


def load_whole_agendas(places: Collection[Place], window: Window) -> dict[int, Agenda]:
    """Return the agenda of each place, whatever the motif (4 queries)."""
    loaded = _Loaded([(row, row.agent) for row in _openings_of(places, window)], window, None)
    return {place.pk: loaded.agenda(place, window) for place in places}


def _openings_of(places: Collection[Place], window: Window) -> QuerySet[Opening]:
    receiving = Opening.objects.filter(agent__place__in=places, agent__is_active=True)
    return receiving.filter(first_day__lte=window.latest.date() + ONE_DAY).select_related("agent")


class _Loaded:
    """Openings, absences and taken cells of many agents over one stretch of time, sorted by place and agent."""

    def __init__(self, openings: Iterable[tuple[Opening, AgentProfile]], window: Window, freeing: uuid.UUID | None):
        self.openings: dict[int, list[OpeningRule]] = defaultdict(list)
        self.agents: dict[int, set[int]] = defaultdict(set)
        for row, agent in openings:
            self.agents[agent.place_id].add(row.agent_id)
            self.openings[agent.place_id].append(row.as_rule())
        everyone = [agent for of_place in self.agents.values() for agent in of_place]
        self.absences: dict[int, list[Span]] = defaultdict(list)
        for span in _load_absences(everyone, window):
            self.absences[span.agent].append(span)
        self.taken = _load_taken(everyone, window, freeing)
        self.closures = _load_closures(self.agents, window)

    def agenda(self, place: Place, window: Window, agents: Collection[int] | None = None) -> Agenda:
        """Return the agenda of a place, of some of its agents where they are named."""
        kept = self.agents[place.pk] if agents is None else self.agents[place.pk] & set(agents)
        return Agenda(
            zone=place.zone,
            openings=[rule for rule in self.openings[place.pk] if rule.agent in kept],
            absences=[span for agent in kept for span in self.absences[agent]],
            closed_days=_list_closed_days(place, window) | self.closures[place.pk] if kept else frozenset(),
            taken={agent: self.taken[agent] for agent in kept},
        )


def _list_closed_days(place: Place, window: Window) -> frozenset[dt.date]:
    first, last = window.earliest.astimezone(place.zone).date(), window.latest.astimezone(place.zone).date()
    return list_public_holidays(department=place.department, first=first - ONE_DAY, last=last + ONE_DAY)


def _load_closures(places: Iterable[int], window: Window) -> dict[int, frozenset[dt.date]]:
    """Return the days on which whole places are closed, those around the window alone."""
    first, last = window.earliest.date() - ONE_DAY, window.latest.date() + ONE_DAY
    closed: dict[int, frozenset[dt.date]] = defaultdict(frozenset)
    for row in PlaceClosure.objects.filter(place__in=list(places), last_day__gte=first, first_day__lte=last):
        closed[row.place_id] |= row.list_days(first, last)
    return closed


def _load_absences(agents: Iterable[int], window: Window) -> list[Span]:
    rows = Absence.objects.filter(
        agent__in=list(agents), ends_at__gt=window.earliest, starts_at__lt=window.latest + ONE_DAY
    )
    return [Span(row.agent_id, row.starts_at, row.ends_at) for row in rows]


def _load_taken(agents: Iterable[int], window: Window, freeing: uuid.UUID | None) -> dict[int, set[int]]:
    taken: dict[int, set[int]] = defaultdict(set)
    rows = OccupancyCell.objects.filter(
        agent__in=list(agents), at__gt=window.earliest - ONE_DAY, at__lt=window.latest + ONE_DAY
    ).exclude(appointment_id=freeing)
    rows = rows.exclude(appointment__status=AppointmentStatus.HELD, appointment__held_until__lte=timezone.now())
    for agent, at in rows.values_list("agent_id", "at"):
        taken[agent].add(cell_number(at))
    return taken


def list_slots(
    *,
    place: Place,
    motif: Motif,
    now: dt.datetime | None = None,
    not_before: dt.datetime | None = None,
    freeing: uuid.UUID | None = None,
) -> list[Slot]:
    """Return the free slots of a place for `motif`, in order of time (4 queries)."""
    window = make_window(motif, now=now or timezone.now(), not_before=not_before)
    return list_free_slots(load_agendas([place], motif, window, freeing=freeing)[place.pk], window)


def find_slot(
    *, place: Place, motif: Motif, start: dt.datetime, now: dt.datetime, freeing: uuid.UUID | None = None
) -> Slot | None:
    """Return the free slot that begins at `start`, or None: the same answer as list_slots, read for one moment."""
    whole = make_window(motif, now=now)
    if not whole.earliest <= start <= whole.latest:
        return None
    moment = Window(motif.minutes, earliest=start, latest=start, travel=motif.travel_minutes)
    return next(iter(list_free_slots(load_agendas([place], motif, moment, freeing=freeing)[place.pk], moment)), None)


@dataclass(frozen=True, slots=True)
class FirstSlot:
    """The earliest free slot of a place, and what it is for."""

    slot: Slot
    motif: Motif


def list_first_slots(
    *, places: Collection[Place], motifs: Collection[Motif], now: dt.datetime | None = None
) -> dict[int, FirstSlot]:
    """Return the earliest free slot of each place that has one, whatever the motif (5 queries in all)."""
    at = now or timezone.now()
    windows = {motif.pk: make_window(motif, now=at) for motif in motifs}
    if not windows:
        return {}
    widest = Window(
        minutes=max(window.minutes for window in windows.values()),
        earliest=min(window.earliest for window in windows.values()),
        latest=max(window.latest for window in windows.values()),
    )
    loaded = _Loaded([(row, row.agent) for row in _openings_of(places, widest)], widest, None)
    receiving = _agents_by_motif(motifs)
    found: dict[int, FirstSlot] = {}
    for place in places:
        slots = [
            FirstSlot(slot, motif)
            for motif in motifs
            if loaded.agents[place.pk] & receiving[motif.pk]
            for slot in _take_first(loaded.agenda(place, widest, receiving[motif.pk]), windows[motif.pk])
        ]
        if slots:
            found[place.pk] = min(slots, key=lambda first: first.slot.start)
    return found


def _agents_by_motif(motifs: Collection[Motif]) -> dict[int, set[int]]:
    receiving: dict[int, set[int]] = defaultdict(set)
    links = Motif.agents.through.objects.filter(motif__in=motifs)
    for motif, agent in links.values_list("motif_id", "agentprofile_id"):
        receiving[motif].add(agent)
    return receiving


def _take_first(agenda: Agenda, window: Window) -> list[Slot]:
    """Return the earliest free slot alone, or nothing: one week is looked at before the whole window."""
    week = replace(window, latest=min(window.latest, window.earliest + dt.timedelta(days=7)))
    return list_free_slots(agenda, week)[:1] or list_free_slots(agenda, window)[:1]
