"""What makes a text harder than an easy one, feature by feature, in levels and in French."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from accessform.plain_language.readability.coefficients import coefficients
from accessform.plain_language.readability.features import Features

LEAST_SHOWN = 0.1
"""Levels: less is within the noise of the estimate."""

PLURAL_FROM = 2
"""French says "1,9 syllabe"."""


@dataclass(frozen=True)
class Cost:
    """One feature: its value, what it adds to the level against an easy text, and both said in French."""

    feature: str
    value: float
    points: float
    reason: str


def costs_of(features: Features) -> tuple[Cost, ...]:
    """Return what costs at least LEAST_SHOWN level, the dearest first."""
    known = coefficients()
    found = []
    for name, weight in known.weights.items():
        value = getattr(features, name)
        points = weight * (value - known.easy[name])
        if points >= LEAST_SHOWN:
            shown = round(math.exp(value), 1) if name == "length" else round(value, 3)
            found.append(Cost(name, shown, round(points, 2), f"{SAID[name](features)} (+{_decimal(points)})"))
    return tuple(sorted(found, key=lambda cost: -cost.points))


def _length(features: Features) -> str:
    return f"Phrases longues : {math.exp(features.length):.0f} mots en moyenne"


def _syllables(features: Features) -> str:
    count = "syllabe" if features.syllables < PLURAL_FROM else "syllabes"
    return f"Mots longs : {_decimal(features.syllables)} {count} par mot"


def _frequency(features: Features) -> str:
    return f"Mots peu courants{_examples(features.rare)}"


def _depth(features: Features) -> str:
    return f"Phrases emboîtées : {features.depth:.0f} niveaux"


def _nominalisations(features: Features) -> str:
    share = round(100 * features.nominalisations)
    return f"Noms en -tion, -ment, -ité, -age ou -ence : {share} mots sur 100{_examples(features.abstract)}"


SAID: dict[str, Callable[[Features], str]] = {
    "length": _length,
    "syllables": _syllables,
    "frequency": _frequency,
    "depth": _depth,
    "nominalisations": _nominalisations,
}


def _examples(words: tuple[str, ...]) -> str:
    return ", par exemple " + ", ".join(f"« {word} »" for word in words) if words else ""


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
