"""The product's own policy run over an invented journey; « non merci » is said to everything proposed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from accessform.adaptation.evaluation.people.journeys import Instant, Journey
from accessform.adaptation.policy import advance
from accessform.adaptation.policy_file import Policy
from accessform.adaptation.state import Action, Adaptation, Decision, PolicyState
from accessform.observation.events import EventKind, InteractionEvent
from accessform.observation.struggle import assess, fired_signals

HAND_OFF = "hand_off"
EVERY_HELP = tuple(Adaptation)

FITTING = {
    "language": frozenset({"easy_wording", "plain_wording"}),
    "format": frozenset({"tolerant_input"}),
    "choice": frozenset({"choice_help"}),
    "motor": frozenset({"larger_targets", "voice"}),
    "vision": frozenset({"larger_text", "higher_contrast"}),
    "process": frozenset({"one_question", "step_map"}),
}
"""Which help answers which need (docs/struggle.md); a person answers any."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A help or a person proposed: when, on which page of the walk (from 1), what (an adaptation or « hand_off »)."""

    at: float
    page: int
    what: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What a detector did on one journey. `score` orders journeys by how much spoke; `fired` names the signals."""

    journey: Journey
    proposals: tuple[Proposal, ...]
    score: float = 0.0
    fired: frozenset[str] = frozenset()

    @property
    def troubled(self) -> bool:
        """Whether the person met difficulty."""
        return self.journey.onset is not None

    @property
    def first(self) -> Proposal | None:
        """The first thing proposed."""
        return self.proposals[0] if self.proposals else None

    @property
    def first_is_true(self) -> bool:
        """Whether the first thing proposed came to somebody in difficulty, not before it began."""
        return self.first is not None and self.after_onset == self.first

    @property
    def after_onset(self) -> Proposal | None:
        """The first thing proposed once difficulty had begun."""
        onset = self.journey.onset
        if onset is None:
            return None
        return next((proposal for proposal in self.proposals if proposal.at >= onset), None)

    @property
    def fits(self) -> bool:
        """Whether the first true proposal answers a need that the person has."""
        found = self.after_onset
        needs = self.journey.person.needs
        return found is not None and (found.what == HAND_OFF or any(found.what in FITTING[need] for need in needs))

    @property
    def handed(self) -> bool:
        """Whether a person was proposed."""
        return any(proposal.what == HAND_OFF for proposal in self.proposals)


@dataclass
class _Course:
    """A journey being run."""

    policy: Policy
    weighing: bool
    state: PolicyState = field(default_factory=PolicyState)
    page: int = 0
    score: float = 0.0
    fired: set[str] = field(default_factory=set)
    proposals: list[Proposal] = field(default_factory=list)

    def take(self, instant: Iterable[InteractionEvent]) -> None:
        """Decide one instant; refuse what it proposes."""
        events, counts = list(instant), self.state.observations.counts
        self.page += sum(event.kind is EventKind.STEP_SHOWN for event in events)
        self.state, decisions = advance(self.state, events, self.policy)
        for decision in decisions:
            self._refuse(decision)
        if self.weighing and self.state.observations.counts is not counts:
            self._weigh()

    def _refuse(self, decision: Decision) -> None:
        if decision.action not in (Action.OFFER, Action.HAND_OFF):
            return
        what = decision.adaptation.value if decision.adaptation else HAND_OFF
        self.proposals.append(Proposal(decision.at, self.page, what))
        said = InteractionEvent(EventKind.OFFER_REFUSED, decision.at, name=what)
        self.state, _ = advance(self.state, (said,), self.policy)

    def _weigh(self) -> None:
        observations, rules = self.state.observations, self.policy.rules
        found = assess(observations, rules, EVERY_HELP, halve_every=self.policy.limits.halve_every_steps)
        self.score = max([self.score, *(assessment.points for assessment in found.values())])
        self.fired.update(fired_signals(observations, rules))


def run(journey: Journey, policy: Policy, *, counters: bool, weighing: bool = True) -> Run:
    """Run the policy over one journey; without `counters`, what the browser would count is not told.

    Without `weighing`, neither the score nor the signals that fired are told, which takes half of the time.
    """
    course = _Course(policy, weighing)
    for instant in journey.instants:
        told = instant if counters else without_counters(instant)
        if told:
            course.take(told)
    return Run(journey, tuple(course.proposals), course.score, frozenset(course.fired))


def without_counters(instant: Instant) -> Instant:
    """Return the events of an instant that the server sees by itself."""
    return tuple(event for event in instant if event.kind is not EventKind.COUNTER)


def failures(journey: Journey) -> list[tuple[float, str]]:
    """Return when each refused send happened, and on which step."""
    return [
        (event.at, event.step or "")
        for instant in journey.instants
        for event in instant
        if event.kind is EventKind.SUBMIT_FAILED
    ]


def rejections(journey: Journey) -> list[str]:
    """Return the question of each refusal, in order."""
    return [
        event.question or "" for instant in journey.instants for event in instant if event.kind is EventKind.REJECTED
    ]
