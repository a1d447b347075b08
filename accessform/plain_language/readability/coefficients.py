"""The formula's coefficients and the easy reference, read from data/fr/readability.toml, written by `calibrate.py`."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "fr" / "readability.toml"


@dataclass(frozen=True)
class Coefficients:
    """What each feature adds to the level, and what each is worth in sentences that were rated easy."""

    intercept: float
    weights: dict[str, float]
    easy: dict[str, float]


@functools.cache
def coefficients() -> Coefficients:
    """Return the shipped coefficients."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    weights = dict(data["coefficients"])
    return Coefficients(intercept=weights.pop("intercept"), weights=weights, easy=data["easy"])
