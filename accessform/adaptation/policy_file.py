"""The policy as its file says it, read strictly once."""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from accessform.adaptation.preferences import CHOICES
from accessform.adaptation.state import Adaptation
from accessform.observation.hints import HintValue, is_allowed
from accessform.observation.struggle import SignalRule

POLICY_FILE = Path(__file__).parent / "policy.toml"

Positive = Annotated[int, Field(ge=1, le=1000)]
Points = dict[Adaptation, Annotated[tuple[Annotated[int, Field(ge=0, le=20)], ...], Field(min_length=1)]]


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


class Signal(_Strict):
    """One signal's table."""

    family: str
    at: Positive
    outcome: bool
    points: Points
    points_by_code: dict[str, Points] = {}


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
    probability: Annotated[tuple[ProbabilityRow, ...], Field(min_length=1)]
    adaptations: dict[Adaptation, AdaptationRule]
    signals: dict[str, Signal]
    hints: tuple[HintRule, ...]

    @model_validator(mode="after")
    def _probability_grows(self) -> "PolicyFile":
        rows = [(row.points, row.p) for row in self.probability]
        if rows != sorted(rows) or len({points for points, _ in rows}) != len(rows):
            raise ValueError("the probability table must grow")
        return self


@dataclass(frozen=True)
class Policy:
    """The policy, ready to be applied; `withheld` are the helps that this installation cannot give."""

    file: PolicyFile
    rules: Mapping[str, SignalRule]
    withheld: frozenset[Adaptation] = frozenset()

    @property
    def version(self) -> str:
        """The version that every decision names."""
        return self.file.version

    @property
    def limits(self) -> Limits:
        """The bounds of offers."""
        return self.file.limits

    def probability(self, points: float) -> float:
        """Return the probability that a help with `points` is of use; 0 below the table's first row."""
        return max((row.p for row in self.file.probability if points >= row.points), default=0.0)


def parse_policy(data: Mapping[str, Any]) -> Policy:
    """Build a policy from a decoded file; raises pydantic.ValidationError where it says something unknown."""
    file = PolicyFile.model_validate(data)
    rules = {name: _signal_rule(name, signal) for name, signal in file.signals.items()}
    return Policy(file, rules)


@functools.cache
def load_policy(path: Path = POLICY_FILE) -> Policy:
    """Read the policy file; raises OSError, tomllib.TOMLDecodeError or pydantic.ValidationError."""
    return parse_policy(tomllib.loads(path.read_text(encoding="utf-8")))


def _signal_rule(name: str, signal: Signal) -> SignalRule:
    """Return the rule that struggle.assess takes."""
    points = {help_name.value: scale for help_name, scale in signal.points.items()}
    by_code = {
        code: {help_name.value: scale for help_name, scale in table.items()}
        for code, table in signal.points_by_code.items()
    }
    return SignalRule(name, signal.family, signal.at, signal.outcome, points, by_code)
