"""Where a journey meets difficulty: counts of what happened, and the points of evidence that they make."""

import functools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from statistics import median
from typing import Any

from accessform.observation.events import EventKind, InteractionEvent

RETURNS = "A4"
"""The signal of returns that change nothing."""
LISTEN = "listen"
LOOK = "look"
MAX_PLACES = 64
"""Places counted per signal, the latest seen: more than a person fills in before old ones have faded, so that no
sequence can grow the row or the work for ever."""
MOST_TIMES = 50
"""Times of one signal told apart: more than any table of points has figures."""
MAX_OWN = 15
"""Earlier values kept of a counter that is compared with the person's own."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a signal was seen at one place, and at which step of the walk it was last."""

    count: int
    index: int
    step: str
    code: str | None = None


_Strength = tuple[float, bool, str, str]
"""Points, repeated, signal, place: orders evidence, ties included, so that the same counts give the same reasons."""
_Strongest = dict[tuple[str, str, str], tuple[_Strength, Tally]]
"""By help, family and step."""
Counts = dict[str, dict[str, Tally]]
Said = tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Observations:
    """What was counted in one journey: signal → place (question, step or "") → tally. No answer, no time spent.

    `index` is the number of times that the person went from one step to another; `went_back` holds the steps
    returned to and not yet left, `unchanged` the walk's index at each return that changed nothing; `own` the earlier
    values of the counters that are compared with the person's own, in this journey alone. `counts` and `own` are
    replaced, never changed, so that copies may share them.
    """

    index: int = 0
    step: str | None = None
    counts: Counts = field(default_factory=dict)
    went_back: tuple[str, ...] = ()
    unchanged: tuple[int, ...] = ()
    own: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def copy(self) -> "Observations":
        """Return a copy that can be counted on without changing this one."""
        return Observations(self.index, self.step, self.counts, self.went_back, self.unchanged, self.own)

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
            "own": {name: list(values) for name, values in self.own.items()},
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
        own={name: tuple(values) for name, values in data.get("own", {}).items()},
    )


@dataclass(frozen=True, slots=True)
class CounterRule:
    """When a counter of the browser is a sign.

    Without `times_own`, its values at one question add up, and every `least` of them is a sign. With it, one value is a
    sign where it is `least` or more and above so many times the median of the person's own earlier values, of which
    there must be `baseline`: a habit, a pace, an age are no sign.
    """

    least: int
    times_own: int | None = None
    baseline: int = 0


@dataclass(frozen=True, slots=True)
class Noticing:
    """How events are counted: the rule of each counter, and the steps within which returns count together (A4)."""

    counters: Mapping[str, CounterRule]
    return_window: int


@dataclass(frozen=True)
class SignalRule:
    """How much one signal says: points for each help, by count (the last figure holds for every higher count).

    `at` is the count at which the signal counts as repeated; `outcome` tells the results of the person's own acts,
    which are enough alone when repeated, from signs, which need a second family. `kinds` says of which kind a code is,
    `points_by_kind` which kinds have a table of their own; `per` is the count that makes one time.
    """

    signal: str
    family: str
    at: int
    outcome: bool
    points: Mapping[str, tuple[int, ...]]
    points_by_kind: Mapping[str, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    per: int = 1
    _said: dict[tuple[str, int], Said] = field(default_factory=dict, compare=False, repr=False)

    def says(self, tally: Tally) -> Said:
        """Return the helps for which a tally speaks, each with its points before they halve."""
        kind = self.kinds.get(tally.code or "", "")
        key = (kind, min(tally.count // self.per, MOST_TIMES))
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = tuple(self._points(*key))
        return said

    @functools.cached_property
    def helps(self) -> frozenset[str]:
        """The helps for which this signal may speak."""
        return frozenset(self.points).union(*self.points_by_kind.values())

    def _points(self, kind: str, times: int) -> Iterator[tuple[str, int]]:
        """Yield the helps that so many times of a kind speak for."""
        for help_name, scale in self.points_by_kind.get(kind, self.points).items() if times else ():
            if points := scale[min(times, len(scale)) - 1]:
                yield help_name, points


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
    EventKind.NOT_UNDERSTOOD: "A9",
}


def observe(observations: Observations, event: InteractionEvent, noticing: Noticing) -> str | None:
    """Count `event` in place; return the signal that grew, or None."""
    if event.kind is EventKind.STEP_SHOWN:
        _walk_to(observations, event.step or "")
        return None
    if event.kind is EventKind.RETURNED:
        if event.step not in observations.went_back:
            observations.went_back = (*observations.went_back, event.step or "")[-MAX_PLACES:]
        return None
    if event.kind is EventKind.STEP_SAVED:
        return _leave(observations, event, noticing.return_window)
    if event.kind is EventKind.COUNTER:
        return _count_up(observations, event, noticing.counters)
    signal = _SIGNAL_OF.get(event.kind)
    return _add(observations, signal, _place(event), event) if signal else None


def assess(
    observations: Observations,
    rules: Mapping[str, SignalRule],
    helps: Collection[str],
    *,
    halve_every: int,
    at_least: float = 0,
) -> dict[str, StruggleAssessment]:
    """Weigh the evidence for each of `helps`; left out are those for which nothing speaks, or less than `at_least`.

    Signals of one family at one step tell the same difficulty: the strongest counts. Points halve every
    `halve_every` steps of the walk, in whole halvings, so that figures stay exact on every machine.
    """
    strongest: _Strongest = {}
    for signal, places in observations.counts.items():
        rule = rules.get(signal)
        if rule is None or rule.helps.isdisjoint(helps):
            continue
        for place, tally in places.items():
            left = 0.5 ** (max(observations.index - tally.index, 0) // halve_every)
            repeated = rule.outcome and tally.count >= rule.at
            for help_name, points in rule.says(tally):
                if help_name in helps:
                    key, strength = (help_name, rule.family, tally.step), (points * left, repeated, signal, place)
                    if key not in strongest or strength > strongest[key][0]:
                        strongest[key] = strength, tally
    points_of: dict[str, float] = {}
    for (help_name, _, _), (strength, _) in strongest.items():
        points_of[help_name] = points_of.get(help_name, 0) + strength[0]
    return {
        help_name: _assessment(help_name, points, strongest)
        for help_name, points in points_of.items()
        if points >= at_least
    }


def fired_signals(observations: Observations, rules: Mapping[str, SignalRule]) -> list[str]:
    """Return the signals that reached, at one place at least, the count from which they say something."""
    return sorted(
        signal
        for signal, places in observations.counts.items()
        if signal in rules and any(tally.count >= rules[signal].at for tally in places.values())
    )


def _assessment(help_name: str, points: float, strongest: _Strongest) -> StruggleAssessment:
    """Return what speaks for one help, the strongest first."""
    mine = [(found[0], family, found[1]) for (name, family, _), found in strongest.items() if name == help_name]
    mine.sort(key=itemgetter(0), reverse=True)
    evidence = [
        Evidence(signal, family, tally.step, place, tally.count, left, repeated)
        for (left, repeated, signal, place), family, tally in mine
    ]
    return StruggleAssessment(help_name, points, tuple(evidence))


def _walk_to(observations: Observations, step: str) -> None:
    """Note that `step` is on screen; showing the same step again is not walking."""
    if observations.step is None:
        observations.step = step
    elif observations.step != step:
        observations.step = step
        observations.index += 1


def _leave(observations: Observations, event: InteractionEvent, window: int) -> str | None:
    """Close a return; only one that is known to have changed nothing is evidence (A4)."""
    if event.step not in observations.went_back:
        return None
    observations.went_back = tuple(step for step in observations.went_back if step != event.step)
    if event.changed is not False:
        return None
    recent = [index for index in observations.unchanged if observations.index - index < window]
    observations.unchanged = (*recent, observations.index)
    tally = Tally(len(observations.unchanged), observations.index, event.step or "")
    observations.counts = {**observations.counts, RETURNS: {"": tally}}
    return RETURNS


def _count_up(observations: Observations, event: InteractionEvent, rules: Mapping[str, CounterRule]) -> str | None:
    """Count what the browser counted at one question; return the counter where it is a sign now."""
    name, value = event.name or "", _whole(event.value)
    rule = rules.get(name)
    if rule is None:
        return None
    place = event.question or event.step or ""
    if rule.times_own is None:
        grown = _add(observations, name, place, event, by=value) if value else None
        return grown if observations.count(name, place) >= rule.least else None
    own = observations.own.get(name, ())
    observations.own = {**observations.own, name: (*own, value)[-MAX_OWN:]}
    unusual = len(own) >= rule.baseline and value >= rule.least and value > rule.times_own * median(own)
    return _add(observations, name, place, event) if unusual else None


def _add(observations: Observations, signal: str, place: str, event: InteractionEvent, by: int = 1) -> str:
    """Add to the tally of `signal` at `place`; the place seen longest ago makes room."""
    places = observations.counts.get(signal, {}).copy()
    before = places.pop(place, None)
    if before is None and len(places) >= MAX_PLACES:
        del places[next(iter(places))]
    step = event.step or observations.step or ""
    count = (before.count if before else 0) + by
    places[place] = Tally(count, observations.index, step, event.code)
    observations.counts = {**observations.counts, signal: places}
    return signal


def _place(event: InteractionEvent) -> str:
    """Return where a signal is counted: refusals by question, a declared need by its kind, the rest by step."""
    if event.kind in (EventKind.REJECTED, EventKind.NOT_UNDERSTOOD):
        return event.question or ""
    if event.kind is EventKind.ASKED_FOR_HELP:
        return event.code or ""
    if event.kind in (EventKind.EXPIRED, EventKind.RESUMED):
        return ""
    return event.step or ""


def _whole(value: object) -> int:
    """Return a counter's value."""
    return value if type(value) is int else 0
