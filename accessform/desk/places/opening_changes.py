"""Openings added at once, ended or removed."""

import datetime as dt
from dataclasses import dataclass

from accessform.desk.places.recurrence import end_rule, join, say_opening
from accessform.desk.places.weighing import Remarks
from accessform.handoff.dates_in_words import say_day
from accessform.handoff.models import AgentProfile, Opening, Place
from accessform.handoff.slots import OpeningRule, list_occurrences
from accessform.handoff.territories import list_public_holidays

LOOKED_AT = dt.timedelta(days=366)
"""How far ahead openings are compared with each other and with closed days."""
FROM_A_FILE = "Cette plage vient d'un fichier. Le prochain import la remettra si le fichier la dit encore."


@dataclass(frozen=True)
class AddOpenings:
    """The same hours for several agents: `spells` are (starts, ends) on each of the rule's days."""

    place: Place
    agents: tuple[AgentProfile, ...]
    first_day: dt.date
    spells: tuple[tuple[dt.time, dt.time], ...]
    rule: str

    @property
    def says(self) -> tuple[str, ...]:
        """One sentence an agent and a spell."""
        return tuple(
            f"{agent.name} recevra {say_opening(row.as_rule(), today=dt.date.min)}."
            for agent in self.agents
            for row in self._rows(agent)
        )

    def apply(self) -> bool:
        """Write the openings that are not there yet: the same page sent twice adds them once."""
        made = [row for agent in self.agents for row in self._rows(agent) if not _twin(row).exists()]
        Opening.objects.bulk_create(made)
        return bool(made)

    def remark(self, today: dt.date) -> Remarks:
        """Return the openings that these overlap, and the closed days that they fall on."""
        first = max(self.first_day, today)
        last = first + LOOKED_AT
        overlaps = [
            said for agent in self.agents for row in self._rows(agent) for said in _overlaps(agent, row, first, last)
        ]
        rows = self._rows(self.agents[0])
        days = {start.date() for row in rows for start in list_occurrences(row.as_rule(), first, last)}
        return Remarks(tuple(dict.fromkeys(overlaps)), tuple(_closed(self.place, days, first, last)))

    def _rows(self, agent: AgentProfile) -> list[Opening]:
        return [
            Opening(agent=agent, first_day=self.first_day, starts_at=starts, ends_at=ends, rule=self.rule)
            for starts, ends in self.spells
        ]


@dataclass(frozen=True)
class EndOpening:
    """An opening that happens no more after `last`."""

    place: Place
    opening: Opening
    last: dt.date
    rule: str

    @classmethod
    def on(cls, place: Place, opening: Opening, last: dt.date) -> "EndOpening":
        """Return the change; raises RuleError where the opening cannot end then."""
        return cls(place, opening, last, end_rule(opening.as_rule(), last))

    @property
    def says(self) -> tuple[str, ...]:
        """What the opening becomes."""
        before = say_opening(self.opening.as_rule(), today=dt.date.min)
        return (f"{self.opening.agent.name} recevait {before}. Le dernier jour sera le {_say(self.last)}.",)

    def apply(self) -> bool:
        """Write the end, on the opening as it was read: one that changed meanwhile is left alone."""
        return bool(Opening.objects.filter(pk=self.opening.pk, rule=self.opening.rule).update(rule=self.rule))

    def remark(self, today: dt.date) -> Remarks:
        """Say that an import may write it again."""
        return Remarks(notes=(FROM_A_FILE,) if self.opening.is_imported else ())


@dataclass(frozen=True)
class RemoveOpening:
    """An opening that is taken away, with all its days to come."""

    place: Place
    opening: Opening

    @property
    def says(self) -> tuple[str, ...]:
        """What the agent will not do any more."""
        words = say_opening(self.opening.as_rule(), today=dt.date.min)
        return (f"{self.opening.agent.name} ne recevra plus : {words}.",)

    def apply(self) -> bool:
        """Take it away; appointments stay."""
        return bool(Opening.objects.filter(pk=self.opening.pk).delete()[0])

    def remark(self, today: dt.date) -> Remarks:
        """Say that an import may write it again."""
        return Remarks(notes=(FROM_A_FILE,) if self.opening.is_imported else ())


def _twin(row: Opening):  # type: ignore[no-untyped-def]
    same = {name: getattr(row, name) for name in ("agent", "first_day", "starts_at", "ends_at", "rule")}
    return Opening.objects.filter(**same)


def _overlaps(agent: AgentProfile, row: Opening, first: dt.date, last: dt.date) -> list[str]:
    """Return what an opening overlaps among its agent's own, each said once, with the first day of it."""
    said = []
    new = row.as_rule()
    starts = list_occurrences(new, first, last)
    for other in agent.openings.order_by("pk"):
        old = other.as_rule()
        met = find_overlap(new, starts, old, list_occurrences(old, first, last))
        if met and not _twin(row).filter(pk=other.pk).exists():
            said.append(f"{agent.name} reçoit déjà {say_opening(old, today=first)}. Premier jour commun : {_say(met)}.")
    return said


def find_overlap(
    one: OpeningRule, starts: list[dt.datetime], other: OpeningRule, other_starts: list[dt.datetime]
) -> dt.date | None:
    """Return the first day when two openings overlap, None where they never do. No opening passes midnight."""
    by_day = {start.date(): start for start in other_starts}
    for start in starts:
        met = by_day.get(start.date())
        if met and start < met + other.length and met < start + one.length:
            return start.date()
    return None


def _closed(place: Place, days: set[dt.date], first: dt.date, last: dt.date) -> list[str]:
    """Return the days of an opening that are public holidays, and the closures of the place that it meets."""
    holidays = sorted(days & list_public_holidays(department=place.department, first=first, last=last))
    said = []
    if holidays:
        names = join(_say(day) for day in holidays)
        said.append(f"{'Jours fériés' if len(holidays) > 1 else 'Jour férié'} : {names}.")
    for closure in place.closures.filter(last_day__gte=first, first_day__lte=last):
        if closure.list_days(first, last) & days:
            why = closure.reason or "Fermeture du lieu"
            said.append(f"{why} : du {_say(closure.first_day)} au {_say(closure.last_day)}.")
    return said


def _say(day: dt.date) -> str:
    return f"{say_day(day)} {day.year}"
