"""Rules that every citizen text keeps, countable without a parser; forms and interface share them."""

import re
from collections.abc import Iterable

from accessform.plain_language.wording import ReadingLevel, Wording

PLAIN_SENTENCE_WORDS = 20
EASY_SENTENCE_WORDS = 12
LABEL_WORDS = 8

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


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!;:])\s+", text) if part.strip()]


def count_words(sentence: str) -> int:
    return sum(1 for token in sentence.split() if re.search(r"\w", token))


def too_long(texts: Iterable[Placed], limit: int) -> list[str]:
    return [
        f"{path} ({count_words(sentence)}): {sentence}"
        for path, text in texts
        for sentence in sentences(text)
        if count_words(sentence) > limit
    ]


def with_pattern(texts: Iterable[Placed], pattern: str) -> list[str]:
    return [f"{path}: {text}" for path, text in texts if re.search(pattern, text, re.IGNORECASE)]


def with_many(texts: Iterable[Placed], pattern: str) -> list[str]:
    """Return the texts where one sentence holds the pattern more than once."""
    return [
        f"{path}: {text}"
        for path, text in texts
        if any(len(re.findall(pattern, sentence, re.IGNORECASE)) > 1 for sentence in sentences(text))
    ]


def badly_set(texts: Iterable[Placed]) -> list[str]:
    """Return the texts that exclaim, use a curly apostrophe, or miss a French non-breaking space."""
    wrong = r"(?<!\u00a0)[:;?»]|«(?!\u00a0)|[’!]|\d €"
    times_and_addresses = r"\d:\d|https?:\S+"
    return [f"{path}: {text}" for path, text in texts if re.search(wrong, re.sub(times_and_addresses, "", text))]


def impolite(texts: Iterable[Placed]) -> list[str]:
    return with_pattern(texts, r"\bveuillez\b|\bmerci de\b|\bvous devez impérativement\b|\berreur de votre part\b")


def stiff(texts: Iterable[Placed]) -> list[str]:
    """Return the texts that speak of the reader in the third person, or as an office writes."""
    third_person = r"\b(?:le|la|du|au|les|des|aux) (?:demandeu|demanderesse|bénéficiaire|usager|administré)"
    office = r"\bdûment\b|\ble cas échéant\b|\bledit\b|\bsusvisé|\bà cet effet\b|\bnonobstant\b|\barticles? [LRD\d]"
    return with_pattern(texts, f"{third_person}|{office}")


def double_denials(texts: Iterable[Placed]) -> list[str]:
    return with_many(texts, r"\b(?:ne|n')(?=[ \w])")


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
