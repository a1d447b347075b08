"""Where a journey meets difficulty: counts of what happened, and the points of evidence that they make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accessform.observation.events import EventKind, InteractionEvent

RETURN_WINDOW = 5
"""Returns without a change count together within this many steps (design, signal A4)."""

LISTEN = "listen"
LOOK = "look"
MAX_PLACES = 500
"""Places counted per signal: more than any form has questions, so that no sequence can grow the row for ever."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a signal was seen at one place, and at which step of the walk it was last."""

    count: int
    index: int
    step: str
    code: str | None = None


Counts = dict[str, dict[str, Tally]]


@dataclass(slots=True)
class Observations:
    """What was counted in one journey: signal → place (question, step or "") → tally. No answer, no time spent.

    `index` is the number of times that the person went from one step to another; `went_back` holds the steps
    returned to and not yet left, `unchanged` the walk's index at each return that changed nothing.
    """

    index: int = 0
    step: str | None = None
    counts: Counts = field(default_factory=dict)
    went_back: tuple[str, ...] = ()
    unchanged: tuple[int, ...] = ()

    def copy(self) -> "Observations":
        """Return a copy that can be counted on without changing this one."""
        counts = {signal: dict(places) for signal, places in self.counts.items()}
        return Observations(self.index, self.step, counts, self.went_back, self.unchanged)

    def count(self, signal: str, place: str) -> int:
        """Return how often `signal` was seen at `place`."""
        tally = self.counts.get(signal, {}).get(place)
        return tally.count if tally else 0

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for storage."""
        return {
            "index": self.index,
            "step": self.step,
            "counts": {
                signal: {place: [t.count, t.index, t.step, t.code] for place, t in places.items()}
                for signal, places in self.counts.items()
            },
            "went_back": list(self.went_back),
            "unchanged": list(self.unchanged),
        }


def observations_from(data: Mapping[str, Any]) -> Observations:
    """Build the counts from stored values."""
    counts = {
        signal: {place: Tally(*tally) for place, tally in places.items()}
        for signal, places in data.get("counts", {}).items()
    }
    return Observations(
        index=data.get("index", 0),
        step=data.get("step"),
        counts=counts,
        went_back=tuple(data.get("went_back", ())),
        unchanged=tuple(data.get("unchanged", ())),
    )


@dataclass(frozen=True, slots=True)
class SignalRule:
    """How much one signal says: points for each help, by count (the last figure holds for every higher count).

    `at` is the count at which the signal counts as repeated; `outcome` tells the results of the person's own acts,
    which are enough alone when repeated, from signs, which need a second family.
    """

    signal: str
    family: str
    at: int
    outcome: bool
    points: Mapping[str, tuple[int, ...]]
    points_by_code: Mapping[str, Mapping[str, tuple[int, ...]]]

    def points_for(self, help_name: str, tally: Tally) -> int:
        """Return the points that `tally` gives to one help."""
        table = self.points_by_code.get(tally.code or "", self.points)
        scale = table.get(help_name)
        return scale[min(tally.count, len(scale)) - 1] if scale and tally.count > 0 else 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One signal at one place, with the points that it still gives to one help."""

    signal: str
    family: str
    step: str
    place: str
    count: int
    points: float
    repeated: bool


@dataclass(frozen=True, slots=True)
class StruggleAssessment:
    """What speaks for one help: points, and the evidence behind them, strongest first."""

    help_name: str
    points: float
    evidence: tuple[Evidence, ...]

    @property
    def families(self) -> frozenset[str]:
        """The families of evidence that contribute."""
        return frozenset(item.family for item in self.evidence)

    @property
    def repeated_outcome(self) -> bool:
        """Whether an outcome reached the count at which it is enough alone."""
        return any(item.repeated for item in self.evidence)


_SIGNAL_OF = {
    EventKind.REJECTED: "A1",
    EventKind.SUBMIT_FAILED: "A2",
    EventKind.HELP_OPENED: "A3",
    EventKind.EXPIRED: "A6",
    EventKind.RESUMED: "A6",
    EventKind.ASKED_FOR_HELP: "A7",
}


def observe(observations: Observations, event: InteractionEvent) -> str | None:
    """Count `event` in place; return the signal that grew, or None."""
    if event.kind is EventKind.STEP_SHOWN:
        _walk_to(observations, event.step or "")
        return None
    if event.kind is EventKind.RETURNED:
        if event.step not in observations.went_back:
            observations.went_back = (*observations.went_back, event.step or "")[-MAX_PLACES:]
        return None
    if event.kind is EventKind.STEP_SAVED:
        return _leave(observations, event)
    if event.kind is EventKind.COUNTER:
        return _add(observations, event.name or "", event.question or event.step or "", event, by=_whole(event.value))
    signal = _SIGNAL_OF.get(event.kind)
    if signal is None:
        return None
    return _add(observations, signal, _place(event), event)


def assess(
    observations: Observations, rules: Mapping[str, SignalRule], help_name: str, *, halve_every: int
) -> StruggleAssessment:
    """Weigh the evidence for one help.

    Signals of one family at one step tell the same difficulty: the strongest counts. Points halve every
    `halve_every` steps of the walk, in whole halvings, so that figures stay exact on every machine.
    """
    strongest: dict[tuple[str, str], Evidence] = {}
    for signal, places in observations.counts.items():
        rule = rules.get(signal)
        if rule is None:
            continue
        for place, tally in places.items():
            item = _weigh(observations, rule, help_name, place, tally, halve_every)
            if item is None:
                continue
            key = (item.family, item.step)
            if key not in strongest or _strength(item) > _strength(strongest[key]):
                strongest[key] = item
    evidence = sorted(strongest.values(), key=_strength, reverse=True)
    return StruggleAssessment(help_name, sum(item.points for item in evidence), tuple(evidence))


def _strength(item: Evidence) -> tuple[float, bool, str, str]:
    """Order evidence, ties included, so that the same counts always give the same reasons."""
    return (item.points, item.repeated, item.signal, item.place)


def _weigh(
    observations: Observations, rule: SignalRule, help_name: str, place: str, tally: Tally, halve_every: int
) -> Evidence | None:
    """Return what one tally says for one help, None where it says nothing."""
    points = rule.points_for(help_name, tally)
    if points <= 0:
        return None
    age = max(observations.index - tally.index, 0)
    left = points * 0.5 ** (age // halve_every)
    repeated = rule.outcome and tally.count >= rule.at
    return Evidence(rule.signal, rule.family, tally.step, place, tally.count, left, repeated)


def _walk_to(observations: Observations, step: str) -> None:
    """Note that `step` is on screen; showing the same step again is not walking."""
    if observations.step is None:
        observations.step = step
    elif observations.step != step:
        observations.step = step
        observations.index += 1


def _leave(observations: Observations, event: InteractionEvent) -> str | None:
    """Close a return; only one that is known to have changed nothing is evidence (A4)."""
    if event.step not in observations.went_back:
        return None
    observations.went_back = tuple(step for step in observations.went_back if step != event.step)
    if event.changed is not False:
        return None
    recent = [index for index in observations.unchanged if observations.index - index < RETURN_WINDOW]
    observations.unchanged = (*recent, observations.index)
    places = observations.counts.setdefault("A4", {})
    places[""] = Tally(len(observations.unchanged), observations.index, event.step or "")
    return "A4"


def _add(observations: Observations, signal: str, place: str, event: InteractionEvent, by: int = 1) -> str | None:
    """Add to the tally of `signal` at `place`."""
    places = observations.counts.setdefault(signal, {})
    before = places.get(place)
    if before is None and len(places) >= MAX_PLACES:
        return None
    step = event.step or observations.step or ""
    count = (before.count if before else 0) + by
    places[place] = Tally(count, observations.index, step, event.code)
    return signal


def _place(event: InteractionEvent) -> str:
    """Return where a signal is counted: rejections by question, a declared need by its kind, the rest by step."""
    if event.kind is EventKind.REJECTED:
        return event.question or ""
    if event.kind is EventKind.ASKED_FOR_HELP:
        return event.code or ""
    if event.kind in (EventKind.EXPIRED, EventKind.RESUMED):
        return ""
    return event.step or ""


def _whole(value: object) -> int:
    """Return a counter's value."""
    return value if type(value) is int else 0
