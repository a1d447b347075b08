"""What the linter does not look at in citizens' texts: the official ones' politeness, quantities across levels."""

import re
from collections.abc import Iterable

from accessform.plain_language.wording import ReadingLevel, Wording

UNITS = r"(?:secondes?|minutes?|heures?|jours?|mois|ans?|€|chiffres|caractères|premières|kilomètres)"
NUMBER_WORDS = {"deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "dix": "10"}
NBSP = "\u00a0"

Placed = tuple[str, str]
"""Where a text stands, and the text."""


def at_levels(wordings: Iterable[tuple[str, Wording]], *levels: ReadingLevel) -> list[Placed]:
    """Return the texts written for those levels; one string for all levels counts as each of them."""
    return [
        (f"{path}:{level}", variant.text if (variant := wording.variant(level)) else wording.standard)
        for path, wording in wordings
        for level in levels
    ]


def with_pattern(texts: Iterable[Placed], pattern: str) -> list[str]:
    return [f"{path}: {text}" for path, text in texts if re.search(pattern, text, re.IGNORECASE)]


def impolite(texts: Iterable[Placed]) -> list[str]:
    return with_pattern(texts, r"\bveuillez\b|\bmerci de\b|\bvous devez impérativement\b|\berreur de votre part\b")


def quantities(text: str) -> set[str]:
    """Return the numbers that carry a unit, as "10 jours", whatever the spaces and the spelling."""
    text = text.lower().replace(NBSP, " ")
    for word, digits in NUMBER_WORDS.items():
        text = re.sub(rf"\b{word}\b", digits, text)
    found = re.findall(rf"(\d[\d ]*\d|\d) ({UNITS})(?!\w)", text)
    return {f"{number.replace(' ', '')} {unit}" for number, unit in found}


def changed_quantities(wordings: Iterable[tuple[str, Wording]]) -> list[str]:
    """Return where a number with its unit is not the same at every level."""
    return [
        f"{path}: {sorted(quantities(wording.standard) ^ quantities(variant.text))}"
        for path, wording in wordings
        for variant in (wording.plain, wording.easy)
        if variant and quantities(wording.standard) != quantities(variant.text)
    ]
