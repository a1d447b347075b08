"""Texts that no longer say what their standard says: each kind of mistake that a rewrite can make, put in on purpose.

The rules of substitution are data (corruptions.yaml). Everything is decided by the item's id: no chance, no clock.
"""

import functools
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from accessform.plain_language.evaluation.corpus import Half, Item, items
from accessform.plain_language.evaluation.numbers import changed_numbers
from accessform.plain_language.linting import Role
from accessform.plain_language.sentences import sentences_of
from accessform.plain_language.wording import ReadingLevel

RULES = Path(__file__).with_name("corruptions.yaml")
SWAP = "swap"
WRITTEN_BY_HAND = (SWAP, "misattached")
ADDITIONS = (
    "Vous devez aussi payer 38 €.",
    "Joignez 3 photos d'identité.",
    "Votre réponse est obligatoire dans les 8 jours.",
    "Votre demande sera refusée si vous avez plus de 70 ans.",
    "Vous ne pouvez pas faire cette démarche en ligne.",
)
MAY_GROW = frozenset({Role.HINT, Role.HELP, Role.NOTICE})
OWN_FACT = re.compile(r"\d")


@dataclass(frozen=True)
class Case:
    """A text that must be refused beside `standard`. `level` tells which text of the item was spoilt."""

    item_id: str
    kind: str
    level: ReadingLevel
    standard: str
    corrupted: str


@dataclass(frozen=True)
class Rule:
    """One substitution, and where it is left alone so that it always changes what the text says."""

    find: re.Pattern[str]
    put: str
    unless: re.Pattern[str] | None
    standard_has: re.Pattern[str] | None
    standard_lacks: re.Pattern[str] | None
    text_lacks: re.Pattern[str] | None

    def results(self, text: str, standard: str) -> list[str]:
        """Return `text` with the rule applied to one place, once for each place where it may be."""
        if self.standard_has and not self.standard_has.search(standard):
            return []
        if self.standard_lacks and self.standard_lacks.search(standard):
            return []
        if self.text_lacks and self.text_lacks.search(text):
            return []
        return [
            _replaced(text, found, self.put)
            for found in self.find.finditer(text)
            if not (self.unless and self.unless.search(_sentence_around(text, found.start(), found.end())))
        ]


@functools.cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """Return the rules of substitution by kind; raises re.error where one cannot be read."""
    raw = YAML(typ="safe", pure=True).load(RULES.read_text(encoding="utf-8"))
    return {kind: tuple(rule for entry in entries for rule in _rules_of(entry)) for kind, entries in raw.items()}


def kinds() -> list[str]:
    """Return every kind of corruption, in the order of the figures."""
    return ["number", *rules(), "sentence_dropped", "fact_added", *WRITTEN_BY_HAND]


@functools.cache
def cases(half: Half) -> tuple[Case, ...]:
    """Return the corrupted texts of one half: at most one an item, level and kind, and all those written by hand."""
    return tuple(case for item in items(half) for case in cases_of(item))


def cases_of(item: Item) -> list[Case]:
    """Return the corrupted texts of one item: at most one a level and kind, and those written by hand."""
    found = [
        Case(item.id, kind, level, item.standard, _chosen(results, f"{item.id} {kind} {level}"))
        for level in ReadingLevel
        for kind, results in _spoilt(item.at(level), item).items()
        if results
    ]
    by_hand = {SWAP: item.swapped, "misattached": item.misattached}
    return found + [
        Case(item.id, kind, ReadingLevel.STANDARD, item.standard, text)
        for kind, texts in by_hand.items()
        for text in texts
    ]


def _spoilt(text: str, item: Item) -> dict[str, list[str]]:
    """Return every corrupted form of one text by kind, those left out that equal a faithful text of the item."""
    spoilt = {
        "number": changed_numbers(text),
        **{
            kind: [one for rule in of_kind for one in rule.results(text, item.standard)]
            for kind, of_kind in rules().items()
        },
        "sentence_dropped": _without_a_sentence(text),
        "fact_added": _grown(text, item),
    }
    faithful = {_plain_spaces(item.at(level)) for level in ReadingLevel}
    return {kind: [one for one in found if _plain_spaces(one) not in faithful] for kind, found in spoilt.items()}


def _without_a_sentence(text: str) -> list[str]:
    """Return `text` without one of its sentences, for each that holds a number found nowhere else in it."""
    found = sentences_of(text)
    if len(found) < 2 or "\n-" in text:  # noqa: PLR2004 (one sentence alone cannot be left out)
        return []
    return [
        _tidied(text[: sentence.start] + text[sentence.end :])
        for sentence in found
        if any(text.count(digit) == sentence.text.count(digit) for digit in OWN_FACT.findall(sentence.text))
        and not sentence.text.endswith("?")
    ]


def _grown(text: str, item: Item) -> list[str]:
    if item.role not in MAY_GROW or text != item.plain:
        return []
    return [f"{text} {addition}" for addition in ADDITIONS if "\n" not in text]


def _chosen(results: list[str], key: str) -> str:
    return results[int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % len(results)]


def _rules_of(entry: dict[str, Any]) -> list[Rule]:
    if "words" in entry:
        return [
            Rule(_pattern(rf"\b{re.escape(old)}\b"), new, None, None, None, None) for old, new in entry["words"].items()
        ]
    optional = (entry.get(key) for key in ("unless", "standard_has", "standard_lacks", "text_lacks"))
    return [Rule(_pattern(entry["find"]), entry["put"], *(_pattern(source) if source else None for source in optional))]


def _pattern(source: str) -> re.Pattern[str]:
    """Compile a rule's expression: a space stands for any blank, the first letter may be a capital."""
    return re.compile(source.replace("\\ ", " ").replace(" ", r"\s"), re.IGNORECASE)


def _replaced(text: str, found: re.Match[str], put: str) -> str:
    new = found.expand(put)
    kept = found.group(1) if "\\1" in put else ""
    if found.group()[:1].isupper():
        new = new.replace(kept, kept[:1].lower() + kept[1:], 1) if kept else new
        new = new[:1].upper() + new[1:]
    return _tidied(text[: found.start()] + new + text[found.end() :])


def _tidied(text: str) -> str:
    """Return `text` with single spaces, none before a comma or full stop, and a capital at each sentence's start."""
    text = re.sub(r" {2,}", " ", text)
    text = re.sub(r" (?=[.,](?:\s|$))", "", text).strip()
    for sentence in sentences_of(text):
        if sentence.start == 0 or text[sentence.start - 2 : sentence.start] in (". ", "? "):
            text = text[: sentence.start] + sentence.text[:1].upper() + text[sentence.start + 1 :]
    return text


def _sentence_around(text: str, start: int, end: int) -> str:
    return " ".join(one.text for one in sentences_of(text) if one.start < end and start < one.end)


def _plain_spaces(text: str) -> str:
    return " ".join(text.split())
