"""What a change to a place's agendas would bring, said before it is saved; saved when it still brings the same.

One function does both: it writes the change in a transaction, looks at what follows, and takes it back unless what
follows is what the administrator agreed to. Nothing can be saved that was not shown.
"""

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from accessform.desk.places.outside import Outside, list_outside
from accessform.handoff.models import Absence, AgentProfile, Motif, Opening, Place, PlaceClosure
from accessform.handoff.services.occupying import queue_for, tell_freed


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a change meets besides appointments: openings of the same agent, days that are closed anyway, the rest."""

    overlaps: tuple[str, ...] = ()
    closed_days: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Change(Protocol):
    """One change to a place's agendas, said in words."""

    @property
    def place(self) -> Place:
        """The place whose agendas change."""

    @property
    def says(self) -> tuple[str, ...]:
        """What will be, one sentence each."""

    def apply(self) -> bool:
        """Write it; False where nothing was left to write."""

    def remark(self, today: dt.date) -> Remarks:
        """Return what it meets; asked before it is written."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What came of a change: saved, or already so, or what it would bring with the token to agree to it.

    `outside` are the appointments that only this change leaves without their agent; `before`, how many were so already.
    """

    saved: bool = False
    is_done_already: bool = False
    is_stale: bool = False
    token: str = ""
    outside: list[Outside] = field(default_factory=list)
    before: int = 0
    remarks: Remarks = field(default_factory=Remarks)


def weigh(change: Change, *, agreed: str = "") -> Weighed:
    """Save a change whose consequences are those of the token `agreed`; else write nothing and tell them."""
    with transaction.atomic():
        place = Place.objects.select_for_update(no_key=True).get(pk=change.place.pk)
        queue_for(set(place.agents.values_list("pk", flat=True)))
        known = {each.appointment for each in list_outside(place)}
        state, remarks = read_state(place), change.remark(timezone.now().astimezone(place.zone).date())
        if not change.apply():
            transaction.set_rollback(True)
            return Weighed(is_done_already=True)
        outside = [each for each in list_outside(place) if each.appointment not in known]
        token = _digest(state, read_state(place), [each.appointment for each in outside], remarks, change.says)
        saved = agreed == token
        if saved:
            tell_freed(place.pk)
        else:
            transaction.set_rollback(True)
    return Weighed(saved, False, bool(agreed) and not saved, token, outside, len(known), remarks)


def read_state(place: Place) -> list[list[Any]]:
    """Return all that decides when a place receives, in an order of its own."""
    of_agent = {"agent__place": place}
    hours = ("agent", "first_day", "starts_at", "ends_at", "rule", "except_days")
    return [
        _rows(AgentProfile.objects.filter(place=place), "pk", "name", "is_active"),
        _rows(Motif.agents.through.objects.filter(agentprofile__place=place), "agentprofile", "motif"),
        _rows(Opening.objects.filter(**of_agent), *hours),
        _rows(Absence.objects.filter(**of_agent), "agent", "starts_at", "ends_at"),
        _rows(PlaceClosure.objects.filter(place=place), "first_day", "last_day", "reason"),
    ]


def _rows(rows: Any, *names: str) -> list[str]:
    return sorted(repr(row) for row in rows.values_list(*names))


def _digest(*parts: Collection[Any] | Remarks) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
