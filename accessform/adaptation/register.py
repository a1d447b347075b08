"""The public register of the rules (CRPA, art. L311-3-1), drawn from the policy file itself: nothing is copied."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accessform.adaptation.policy_file import Points, Policy, load_policy
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
    """One signal, as published. `code` tells a variant of it (« listen », « look »)."""

    signal: str
    code: str
    family: str
    at: int
    outcome: bool
    points: tuple[PointsRow, ...]

    @property
    def key(self) -> str:
        """The key of its words."""
        return f"adaptation.signal_{self.signal}" + (f"_{self.code}" if self.code else "")


@dataclass(frozen=True)
class Register:
    """What is published."""

    policy: Policy

    @property
    def signals(self) -> tuple[SignalRow, ...]:
        """Every signal and its points, in the order of the file."""
        rows: list[SignalRow] = []
        for name, signal in self.policy.file.signals.items():
            variants: dict[str, Points] = {"": signal.points, **signal.points_by_code}
            for code, table in variants.items():
                points = tuple(PointsRow(help_name.value, scale) for help_name, scale in table.items())
                rows.append(SignalRow(name, code, signal.family, signal.at, signal.outcome, points))
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
            "policy": self.policy.file.model_dump(mode="json", by_alias=True),
        }


@functools.cache
def read() -> Register:
    """Return the register of the policy in force."""
    return Register(load_policy())


def _as_text(value: HintValue) -> str:
    """Return a hint's value as it is published."""
    return {True: "oui", False: "non"}[value] if isinstance(value, bool) else str(value)
