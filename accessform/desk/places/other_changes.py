"""Absences, closures, motifs, and agents who stop receiving or begin again."""

import datetime as dt
from dataclasses import dataclass

from accessform.desk.places.recurrence import join
from accessform.desk.places.weighing import Remarks
from accessform.handoff.dates_in_words import say_day, say_moment
from accessform.handoff.models import Absence, AgentProfile, Motif, Place, PlaceClosure


class _Quiet:
    """A change that meets appointments only."""

    def remark(self, today: dt.date) -> Remarks:
        """Return nothing more."""
        return Remarks()


@dataclass(frozen=True)
class AddAbsences(_Quiet):
    """Agents away from one instant to another (aware)."""

    place: Place
    agents: tuple[AgentProfile, ...]
    starts_at: dt.datetime
    ends_at: dt.datetime

    @property
    def says(self) -> tuple[str, ...]:
        """One sentence an agent."""
        return tuple(f"{agent.name} sera absent : {say_span(self, self.place)}." for agent in self.agents)

    def apply(self) -> bool:
        """Write the absences that are not there yet."""
        span = {"starts_at": self.starts_at, "ends_at": self.ends_at}
        made = [agent for agent in self.agents if not Absence.objects.filter(agent=agent, **span).exists()]
        Absence.objects.bulk_create(Absence(agent=agent, **span) for agent in made)
        return bool(made)


@dataclass(frozen=True)
class RemoveAbsence(_Quiet):
    """An agent who is there after all."""

    place: Place
    absence: Absence

    @property
    def says(self) -> tuple[str, ...]:
        """What is taken away."""
        return (f"{self.absence.agent.name} ne sera plus noté absent : {say_span(self.absence, self.place)}.",)

    def apply(self) -> bool:
        """Take it away."""
        return bool(Absence.objects.filter(pk=self.absence.pk).delete()[0])


@dataclass(frozen=True)
class AddClosure(_Quiet):
    """Days when the whole place is closed."""

    place: Place
    first_day: dt.date
    last_day: dt.date
    reason: str

    @property
    def says(self) -> tuple[str, ...]:
        """The days, and why."""
        why = f" ({self.reason})" if self.reason else ""
        return (f"Le lieu sera fermé {say_days(self.first_day, self.last_day)}{why}. Personne n'y recevra.",)

    def apply(self) -> bool:
        """Write it, or the new reason of the same days."""
        days = {"place": self.place, "first_day": self.first_day, "last_day": self.last_day}
        found = PlaceClosure.objects.filter(**days).first()
        if found and found.reason == self.reason:
            return False
        PlaceClosure.objects.update_or_create(**days, defaults={"reason": self.reason})
        return True


@dataclass(frozen=True)
class RemoveClosure(_Quiet):
    """Days when the place opens after all."""

    place: Place
    closure: PlaceClosure

    @property
    def says(self) -> tuple[str, ...]:
        """The days."""
        return (f"Le lieu ne sera plus fermé {say_days(self.closure.first_day, self.closure.last_day)}.",)

    def apply(self) -> bool:
        """Take it away."""
        return bool(PlaceClosure.objects.filter(pk=self.closure.pk).delete()[0])


@dataclass(frozen=True)
class SetMotifs(_Quiet):
    """For what each agent receives: `wanted` gives the motifs of every agent that changes."""

    place: Place
    wanted: tuple[tuple[AgentProfile, tuple[Motif, ...]], ...]

    @property
    def says(self) -> tuple[str, ...]:
        """One sentence an agent whose motifs change."""
        return tuple(_say_motifs(agent, motifs) for agent, motifs in self.wanted)

    @classmethod
    def where_different(cls, place: Place, wanted: dict[AgentProfile, tuple[Motif, ...]]) -> "SetMotifs":
        """Return the change of those agents whose motifs are not these already."""
        different = [(agent, motifs) for agent, motifs in wanted.items() if set(agent.motifs.all()) != set(motifs)]
        return cls(place, tuple(different))

    def apply(self) -> bool:
        """Write it."""
        for agent, motifs in self.wanted:
            agent.motifs.set(motifs)
        return bool(self.wanted)


@dataclass(frozen=True)
class SetActive(_Quiet):
    """An agent who receives no more, or again. Nobody is deleted: their appointments say who received."""

    place: Place
    agent: AgentProfile
    is_active: bool

    @property
    def says(self) -> tuple[str, ...]:
        """What becomes of the agent."""
        if self.is_active:
            return (f"{self.agent.name} recevra à nouveau, aux heures de ses plages.",)
        return (
            f"{self.agent.name} ne recevra plus : plus aucun rendez-vous ne pourra y être pris.",
            "Ses plages et son compte restent notés. Vous pourrez revenir en arrière.",
        )

    def apply(self) -> bool:
        """Write it."""
        other = AgentProfile.objects.filter(pk=self.agent.pk).exclude(is_active=self.is_active)
        return bool(other.update(is_active=self.is_active))


def say_span(span: Absence | AddAbsences, place: Place) -> str:
    """Return « du lundi 1er juin 2026 à 9 h au mardi 2 juin 2026 à minuit », by the clocks of the place."""
    first, last = (say_moment(moment, place.zone, today=dt.date.min) for moment in (span.starts_at, span.ends_at))
    return f"du {first} au {last}"


def say_days(first: dt.date, last: dt.date) -> str:
    """Return « le lundi 1er juin 2026 », or « du … au … »."""
    if first == last:
        return f"le {say_day(first)} {first.year}"
    return f"du {say_day(first)} {first.year} au {say_day(last)} {last.year}"


def _say_motifs(agent: AgentProfile, motifs: tuple[Motif, ...]) -> str:
    names = join(f"« {motif.label['standard']} »" for motif in motifs)
    return f"{agent.name} recevra pour {names}." if motifs else f"{agent.name} ne recevra pour aucun motif."
