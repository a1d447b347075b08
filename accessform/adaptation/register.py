"""The public register of the rules (CRPA, art. L311-3-1), drawn from the policy file itself: nothing is copied."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accessform.adaptation.error_rates import ErrorRates, Rate, error_rates
from accessform.adaptation.policy_file import Counter, Points, Policy, Signal, load_policy
from accessform.observation.hints import HintValue
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel

LAW = "CRPA, art. L. 311-3-1"

SECTIONS = ("purpose", "data", "bounds", "contest")
"""Headings of the register that are prose; the rest are the policy's own figures."""


@dataclass(frozen=True)
class PointsRow:
    """How many points one signal gives one help: at the first time, at the second, and so on."""

    help_name: str
    scale: tuple[int, ...]


@dataclass(frozen=True)
class SignalRow:
    """One signal, as published. `code` tells a variant of it (« listen », « format »)."""

    signal: str
    code: str
    family: str
    at: int
    outcome: bool
    within_steps: int | None
    times_own: int | None
    baseline: int
    points: tuple[PointsRow, ...]

    @property
    def key(self) -> str:
        """The key of its words."""
        return f"adaptation.signal_{self.signal}" + (f"_{self.code}" if self.code else "")


@dataclass(frozen=True)
class RateRow:
    """One measured figure, as it is read: numbers with a comma, shares in per cent."""

    name: str
    value: str
    low: str
    high: str
    goal: str
    at_least: bool
    met: bool


@dataclass(frozen=True)
class GroupRow:
    """How many times as often one group is disturbed; `key` is the key of its words."""

    key: str
    value: str
    low: str
    high: str
    verdict: str


@dataclass(frozen=True)
class Register:
    """What is published."""

    policy: Policy
    rates: ErrorRates

    @property
    def rate_rows(self) -> list[RateRow]:
        """The measured figures, each with its goal."""
        return [_rate_row(rate) for rate in self.rates.rates]

    @property
    def group_rows(self) -> list[GroupRow]:
        """The groups that were measured."""
        measured = [group for group in self.rates.fairness if group.value is not None]
        return [
            GroupRow(
                f"adaptation.rated_{group.axis}_{group.group}",
                *(_comma(number or 0.0, 2) for number in (group.value, group.low, group.high)),
                verdict=group.verdict,
            )
            for group in measured
        ]

    @property
    def fairness_limit(self) -> str:
        """The limit above which a group is disturbed too often."""
        return _comma(self.rates.fairness_limit, 2)

    @property
    def measured(self) -> dict[str, str]:
        """What the sentence before the figures tells: when, which version, on how many invented journeys."""
        day = self.rates.measured_on
        return {
            "date": f"{day:%d/%m/%Y}",
            "version": self.rates.policy_version,
            "journeys": f"{self.rates.invented_journeys:,}".replace(",", "\u202f"),
        }

    @property
    def signals(self) -> tuple[SignalRow, ...]:
        """Every signal and its points, in the order of the file."""
        rows: list[SignalRow] = []
        for name, signal in self.policy.file.signals.items():
            variants: dict[str, Points] = {"": signal.points, **signal.points_by_kind}
            for code, table in variants.items():
                points = tuple(PointsRow(help_name.value, scale) for help_name, scale in table.items())
                rows.append(_row(name, code, signal, points))
        return tuple(rows)

    @property
    def helps(self) -> list[dict[str, Any]]:
        """Every help with its benefit, its cost and the probability that it must pass."""
        return [
            {"name": name.value, "benefit": rule.benefit, "cost": rule.cost, "threshold": round(rule.threshold, 4)}
            for name, rule in self.policy.file.adaptations.items()
        ]

    @property
    def hints(self) -> list[dict[str, Any]]:
        """What each hint of the device leads to."""
        return [
            {
                "name": rule.name,
                "values": [_as_text(value) for value in rule.values],
                "apply": [adaptation.value for adaptation in rule.apply],
                "bars": [adaptation.value for adaptation in rule.bars],
            }
            for rule in self.policy.file.hints
        ]

    def as_dict(self) -> dict[str, Any]:
        """Return the register for machines: the prose at its official level, and the policy file whole."""
        words: Mapping[str, str] = {
            name: interface.text(f"adaptation.algorithms_{name}_text", ReadingLevel.STANDARD) for name in SECTIONS
        }
        return {
            "title": interface.text("adaptation.algorithms_title", ReadingLevel.STANDARD),
            "law": LAW,
            "version": self.policy.version,
            **words,
            "measured": interface.text("adaptation.algorithms_rates_text", ReadingLevel.STANDARD, **self.measured),
            "policy": self.policy.file.model_dump(mode="json", by_alias=True),
            "error_rates": self.rates.model_dump(mode="json"),
        }


@functools.cache
def read() -> Register:
    """Return the register of the policy in force."""
    return Register(load_policy(), error_rates())


def _rate_row(rate: Rate) -> RateRow:
    """Return one measured figure, as it is read."""
    times, digits = (1, 1) if rate.name == "false_offers" else (100, 0)
    value, low, high, goal = (_comma(times * number, digits) for number in (rate.value, rate.low, rate.high, rate.goal))
    return RateRow(rate.name, value, low, high, goal.removesuffix(",0"), rate.at_least, rate.met)


def _comma(number: float, digits: int) -> str:
    """Write a number as French does."""
    return f"{number:.{digits}f}".replace(".", ",")


def _row(name: str, code: str, signal: Signal, points: tuple[PointsRow, ...]) -> SignalRow:
    """Return one signal, or one kind of it, as published."""
    counter = signal.counter or Counter()
    return SignalRow(
        name,
        code,
        signal.family,
        signal.at,
        signal.outcome,
        signal.within_steps,
        counter.times_own,
        counter.baseline,
        points,
    )


def _as_text(value: HintValue) -> str:
    """Return a hint's value as it is published."""
    return {True: "oui", False: "non"}[value] if isinstance(value, bool) else str(value)
