"""Worlds: the ranges of parameters.toml drawn once each, and the forms that a half may use."""

import functools
import hashlib
import math
import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from statistics import NormalDist
from typing import Any, TypeVar

HERE = Path(__file__).parent
PARTS = ("cohorts.py", "counting.py", "forms.toml", "journeys.py", "parameters.toml", "worlds.py")
"""The files that make the people: what the frozen hash covers."""

T = TypeVar("T")
Forms = Mapping[str, Sequence[Sequence[str]]]


class Half(StrEnum):
    """Which seeds and forms: those on which the policy may be tuned, or those kept apart for measuring."""

    TUNING = "tuning"
    HELD_OUT = "held_out"


class Dice:
    """Chance that a seed settles, the same on every machine."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 – invented people, no secret

    def share(self) -> float:
        """Return a number from 0 to 1, 1 left out."""
        return float(self._random.random())

    def chance(self, probability: float) -> bool:
        """Return True with that probability."""
        return self._random.random() < probability

    def between(self, low: float, high: float) -> float:
        """Return a number from `low` to `high`, evenly."""
        return low + (high - low) * self.share()

    def spread(self, median: float, sigma: float) -> float:
        """Return a log-normal number around `median`."""
        return median * math.exp(sigma * NormalDist().inv_cdf(self.between(1e-6, 1 - 1e-6)))

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[int(self._random.random() * len(items))]

    def weighted(self, weights: Mapping[str, float]) -> str:
        """Return one key, as often as its weight says."""
        left = self._random.random() * sum(weights.values())
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return next(reversed(list(weights)))

    def times(self, probability: float, most: int = 8) -> int:
        """Return how often in a row something of that probability happens, `most` at the most."""
        count = 0
        while count < most and self.chance(probability):
            count += 1
        return count


@dataclass(frozen=True)
class World:
    """One draw of every unsourced figure, and the demands of each form's questions."""

    half: Half
    number: int
    values: Mapping[str, float]
    forms: Forms

    def __getitem__(self, name: str) -> float:
        return self.values[name]

    def demand(self, form: str, place: str, question_type: str) -> Mapping[str, float]:
        """Return how much a question asks of each need, 0 to 1; the same for everybody in this world."""
        return _demand(f"{self.half}/{self.number}/{form}/{place}", question_type)


@functools.lru_cache(maxsize=20_000)
def _demand(seed: str, question_type: str) -> Mapping[str, float]:
    dice = Dice(seed)
    demands: dict[str, float] = {}
    for need, ranges in tables()["demands"].items():
        low, high = ranges.get(question_type, ranges["other"])
        demands[need] = low + (high - low) * dice.share() ** 2
    return demands


@functools.cache
def tables() -> Mapping[str, Any]:
    """Return parameters.toml as it is written."""
    data: dict[str, Any] = tomllib.loads((HERE / "parameters.toml").read_text(encoding="utf-8"))
    return data


@functools.cache
def forms(half: Half) -> Forms:
    """Return the forms of one half: steps of questions by type."""
    data: dict[str, Forms] = tomllib.loads((HERE / "forms.toml").read_text(encoding="utf-8"))
    return data[half.value]


@functools.cache
def world(half: Half, number: int) -> World:
    """Return one world of a half; its seed is the half's name and the number."""
    dice = Dice(f"{half}/{number}")
    ranges = {name: item for name, item in tables().items() if "low" in item}
    return World(half, number, {n: dice.between(item["low"], item["high"]) for n, item in ranges.items()}, forms(half))


def fingerprint() -> str:
    """Return the SHA-256 of everything that makes the people."""
    digest = hashlib.sha256()
    for name in PARTS:
        digest.update(name.encode() + b"\0" + (HERE / name).read_bytes() + b"\0")
    return digest.hexdigest()
