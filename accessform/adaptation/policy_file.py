"""The policy as its file says it, read strictly once."""

import functools
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from accessform.adaptation.preferences import CHOICES, Value, checked_value
from accessform.adaptation.state import Adaptation
from accessform.observation.events import COUNTERS
from accessform.observation.hints import HintValue, is_allowed
from accessform.observation.struggle import MAX_OWN, RETURNS, CounterRule, Noticing, SignalRule

POLICY_FILE = Path(__file__).parent / "policy.toml"

Positive = Annotated[int, Field(ge=1, le=1000)]
Points = dict[Adaptation, Annotated[tuple[Annotated[int, Field(ge=0, le=20)], ...], Field(min_length=1, max_length=20)]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Limits(_Strict):
    """Points and numbers that bound offers."""

    offer_points: Positive
    withdraw_points: Annotated[int, Field(ge=0)]
    halve_every_steps: Positive
    families: Positive
    pending_offers: Positive
    offers_in_a_journey: Positive


class ErrorHelp(_Strict):
    """When an error is said plainly."""

    rejections: Positive


class HandOffRules(_Strict):
    """When a person is proposed."""

    rejections: Positive
    failed_steps: Positive
    failures_each: Positive


class MutingRules(_Strict):
    """When a signal is a defect of the form: over so many per cent of at least so many journeys."""

    journeys: Positive
    over_percent: Annotated[int, Field(ge=1, le=100)]


class ProbabilityRow(_Strict):
    """From so many points on, a help is of use with probability `p`."""

    points: Positive
    p: Annotated[float, Field(gt=0, lt=1)]


class AdaptationRule(_Strict):
    """What one help weighs, and the field of the presentation that it needs free."""

    field: str
    benefit: Positive
    cost: Positive

    @model_validator(mode="after")
    def _field_exists(self) -> "AdaptationRule":
        if self.field not in CHOICES:
            raise ValueError(f"{self.field} is not a field of the presentation")
        return self

    @property
    def threshold(self) -> float:
        """The probability above which the help is worth offering."""
        return self.cost / (self.benefit + self.cost)


class Counter(_Strict):
    """How a counter of the browser becomes a sign; `browser` holds what static/js measures it with."""

    times_own: Positive | None = None
    baseline: Annotated[int, Field(ge=0, le=MAX_OWN)] = 0
    browser: dict[str, Annotated[int, Field(ge=1, le=60_000)]] = {}

    @model_validator(mode="after")
    def _own_needs_a_baseline(self) -> "Counter":
        if (self.times_own is None) != (self.baseline == 0):
            raise ValueError("times_own and baseline go together")
        return self


class Signal(_Strict):
    """One signal's table. `within_steps` belongs to returns (A4), `counter` to what the browser counts (B1…)."""

    family: str
    at: Positive
    outcome: bool
    within_steps: Positive | None = None
    counter: Counter | None = None
    points: Points
    points_by_kind: dict[str, Points] = {}

    @property
    def adds_up(self) -> bool:
        """Whether it is a counter whose values add up, `at` of them making one time."""
        return self.counter is not None and self.counter.times_own is None


class HintRule(_Strict):
    """What a hint of the device leads to, and what it rules out."""

    name: str
    values: Annotated[tuple[HintValue, ...], Field(min_length=1)]
    apply: tuple[Adaptation, ...] = ()
    bars: tuple[Adaptation, ...] = ()

    @model_validator(mode="after")
    def _values_exist(self) -> "HintRule":
        if not all(is_allowed(self.name, value) for value in self.values):
            raise ValueError(f"{self.name} is not a hint, or cannot take one of these values")
        return self

    def matches(self, name: str, value: object) -> bool:
        """Tell whether the hint `name` = `value` is meant; a number never passes for a truth value."""
        return name == self.name and any(type(value) is type(item) and value == item for item in self.values)


class PolicyFile(_Strict):
    """The whole file."""

    version: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}\.\d+$")]
    limits: Limits
    error_help: ErrorHelp
    hand_off: HandOffRules
    muting: MutingRules
    probability: Annotated[tuple[ProbabilityRow, ...], Field(min_length=1)]
    adaptations: dict[Adaptation, AdaptationRule]
    looks: dict[str, Value]
    kinds: dict[str, tuple[str, ...]]
    signals: dict[str, Signal]
    hints: tuple[HintRule, ...]

    @model_validator(mode="after")
    def _probability_grows(self) -> "PolicyFile":
        rows = [(row.points, row.p) for row in self.probability]
        if rows != sorted(rows) or len({points for points, _ in rows}) != len(rows):
            raise ValueError("the probability table must grow")
        return self

    @model_validator(mode="after")
    def _names_exist(self) -> "PolicyFile":
        for name, value in self.looks.items():
            checked_value(name, value)
        counted = {name for name, signal in self.signals.items() if signal.counter is not None}
        if counted != COUNTERS:
            raise ValueError("each counter of the vocabulary needs its rule, and nothing else may have one")
        if any((signal.within_steps is None) == (name == RETURNS) for name, signal in self.signals.items()):
            raise ValueError(f"within_steps belongs to {RETURNS} alone")
        unknown = {kind for signal in self.signals.values() for kind in signal.points_by_kind} - set(self.kinds)
        if unknown:
            raise ValueError(f"{min(unknown)} is not a kind")
        return self


@dataclass(frozen=True)
class Policy:
    """The policy, ready to be applied; `withheld` are the helps that this installation cannot give."""

    file: PolicyFile
    rules: Mapping[str, SignalRule]
    noticing: Noticing
    withheld: frozenset[Adaptation] = frozenset()

    @property
    def version(self) -> str:
        """The version that every decision names."""
        return self.file.version

    @property
    def limits(self) -> Limits:
        """The bounds of offers."""
        return self.file.limits

    def muting(self, signals: Collection[str]) -> "Policy":
        """Return the policy for which `signals` speak for no help; failures still bring a person."""
        return replace(self, rules={name: rule for name, rule in self.rules.items() if name not in signals})

    def probability(self, points: float) -> float:
        """Return the probability that a help with `points` is of use; 0 below the table's first row."""
        return max((row.p for row in self.file.probability if points >= row.points), default=0.0)


def parse_policy(data: Mapping[str, Any]) -> Policy:
    """Build a policy from a decoded file; raises pydantic.ValidationError where it says something unknown."""
    file = PolicyFile.model_validate(data)
    kinds = {code: kind for kind, codes in file.kinds.items() for code in codes}
    rules = {name: _signal_rule(name, signal, kinds) for name, signal in file.signals.items()}
    return Policy(file, rules, _noticing(file))


@functools.cache
def load_policy(path: Path = POLICY_FILE) -> Policy:
    """Read the policy file; raises OSError, tomllib.TOMLDecodeError or pydantic.ValidationError."""
    return parse_policy(tomllib.loads(path.read_text(encoding="utf-8")))


def _noticing(file: PolicyFile) -> Noticing:
    """Return the rules that struggle.observe takes."""
    counters = {
        name: CounterRule(signal.at, signal.counter.times_own, signal.counter.baseline)
        for name, signal in file.signals.items()
        if signal.counter
    }
    return Noticing(counters, file.signals[RETURNS].within_steps or 1)


def _signal_rule(name: str, signal: Signal, kinds: Mapping[str, str]) -> SignalRule:
    """Return the rule that struggle.assess takes."""
    points = {help_name.value: scale for help_name, scale in signal.points.items()}
    by_kind = {
        kind: {help_name.value: scale for help_name, scale in table.items()}
        for kind, table in signal.points_by_kind.items()
    }
    per = signal.at if signal.adds_up else 1
    at = 1 if signal.counter and not signal.adds_up else signal.at
    return SignalRule(name, signal.family, at, signal.outcome, points, by_kind, kinds, per)
