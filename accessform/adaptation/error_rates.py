"""The error rates of the policy as they were measured last: on invented people, never on anyone (published)."""

import datetime as dt
import functools
import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

RATES_FILE = Path(__file__).parent / "data" / "error_rates.json"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rate(_Strict):
    """One figure, its 95 % interval, the goal of the design; `false_offers` is by hundred, the rest are shares."""

    name: Literal["false_offers", "precision", "recall", "handed"]
    value: float
    low: float
    high: float
    goal: float
    at_least: bool
    met: bool


class GroupRate(_Strict):
    """How many times as often a group is disturbed for nothing as all others of its axis."""

    axis: str
    group: str
    value: float | None
    low: float | None
    high: float | None
    verdict: Literal["holds", "holds_in_doubt", "above_in_doubt", "fails", "not_measured"]


class ErrorRates(_Strict):
    """What `make struggle-figures` wrote; `policy_sha256` is of the part that decides, and a test compares it."""

    measured_on: dt.date
    people_measured: Literal[0]
    invented_journeys: int
    policy_version: str
    policy_sha256: str
    people_sha256: str
    rates: tuple[Rate, ...]
    fairness_limit: float
    fairness: tuple[GroupRate, ...]


@functools.cache
def error_rates() -> ErrorRates:
    """Read the file; raises OSError, ValueError or pydantic.ValidationError."""
    return ErrorRates.model_validate(json.loads(RATES_FILE.read_text(encoding="utf-8")))
