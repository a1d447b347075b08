"""The free slots of places, loaded in three queries whatever the number of places and agents."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils import timezone

from accessform.handoff.models import Absence, Motif, OccupancyCell, Opening, Place
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
    )


def load_agendas(
    places: Collection[Place], motif: Motif, window: Window, *, freeing: uuid.UUID | None = None
) -> dict[int, Agenda]:
    """Return the agenda of each place for `motif` (3 queries). Cells of the appointment `freeing` count as free."""
    openings: dict[int, list[OpeningRule]] = defaultdict(list)
    agents: dict[int, int] = {}
    receiving = Opening.objects.filter(agent__place__in=places, agent__is_active=True, agent__motifs=motif)
    for row in receiving.filter(first_day__lte=window.latest.date() + ONE_DAY).select_related("agent"):
        agents[row.agent_id] = row.agent.place_id
        openings[row.agent.place_id].append(OpeningRule(row.agent_id, row.first, row.length, row.rule))
    absences, taken = _load_absences(agents, window), _load_taken(agents, window, freeing)
    return {
        place.pk: Agenda(
            zone=place.zone,
            openings=openings[place.pk],
            absences=[span for span in absences if agents[span.agent] == place.pk],
            closed_days=_list_closed_days(place, window),
            taken={agent: taken[agent] for agent, home in agents.items() if home == place.pk},
        )
        for place in places
    }


def _list_closed_days(place: Place, window: Window) -> frozenset[dt.date]:
    first, last = window.earliest.astimezone(place.zone).date(), window.latest.astimezone(place.zone).date()
    return list_public_holidays(department=place.department, first=first - ONE_DAY, last=last + ONE_DAY)


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
    """Return the free slots of a place for `motif`, in order of time (3 queries)."""
    window = make_window(motif, now=now or timezone.now(), not_before=not_before)
    return list_free_slots(load_agendas([place], motif, window, freeing=freeing)[place.pk], window)


def find_slot(
    *, place: Place, motif: Motif, start: dt.datetime, now: dt.datetime, freeing: uuid.UUID | None = None
) -> Slot | None:
    """Return the free slot that begins at `start`, or None: the same answer as list_slots, read for one moment."""
    whole = make_window(motif, now=now)
    if not whole.earliest <= start <= whole.latest:
        return None
    moment = Window(motif.minutes, earliest=start, latest=start)
    return next(iter(list_free_slots(load_agendas([place], motif, moment, freeing=freeing)[place.pk], moment)), None)


@dataclass(frozen=True, slots=True)
class FirstSlot:
    """The earliest free slot of a place, and what it is for."""

    slot: Slot
    motif: Motif


def list_first_slots(
    *, places: Collection[Place], motifs: Collection[Motif], now: dt.datetime | None = None
) -> dict[int, FirstSlot]:
    """Return the earliest free slot of each place that has one, whatever the motif (3 queries a motif)."""
    at = now or timezone.now()
    found: dict[int, FirstSlot] = {}
    for motif in motifs:
        window = make_window(motif, now=at)
        for place, agenda in load_agendas(places, motif, window).items():
            slot = next(iter(list_free_slots(agenda, window)), None) if agenda.openings else None
            if slot and (place not in found or slot.start < found[place].slot.start):
                found[place] = FirstSlot(slot, motif)
    return found
