"""Acronyms spelt out once, by domain: « la CNIL » → « la CNIL (Commission nationale…) ». What is ambiguous is left."""

import re
from collections.abc import Iterator

from accessform.plain_language.drafting.edits import Intended, Proposal
from accessform.plain_language.glossary import AcronymFound, find_acronyms, meaning_of

KNOWN_TO_ALL = frozenset(
    "IBAN SMS PDF JPG PNG BIC RIB TVA SNCF CV DOM TOM HLM SARL SA PACS Pacs CAF Caf SIRET SIREN URL FR UE N EUR".split()  # noqa: SIM905
)
"""Better known short than long, or no words at all."""


def proposals(text: str, domain: str | None) -> Iterator[Proposal]:
    """Propose the meaning of each acronym at its first use, unless the text gives it or it has several."""
    told: set[str] = set()
    for found in find_acronyms(text):
        meaning = meaning_of(found.short, domain)
        if found.short in told or found.short in KNOWN_TO_ALL or meaning is None:
            continue
        told.add(found.short)
        if not is_spelt_out(text, found, meaning):
            after = f"{text[found.start : found.end]} ({meaning})"
            yield Proposal("acronym", found.start, found.end, after, intends=(Intended("acronym", after=meaning),))


def ambiguous(text: str, domain: str | None) -> list[str]:
    """Return the acronyms of `text` that may stand for several things, in order."""
    found = [
        one.short for one in find_acronyms(text) if len(one.meanings) > 1 and meaning_of(one.short, domain) is None
    ]
    return [short for short in dict.fromkeys(found) if short not in KNOWN_TO_ALL]


def is_spelt_out(text: str, found: AcronymFound, meaning: str) -> bool:
    """Tell whether the text gives the meaning, or has the acronym between parentheses or in a name."""
    around = text[max(found.start - 1, 0) : found.start] + text[found.end : found.end + 2]
    return (
        meaning.casefold() in text.casefold()
        or "(" in around
        or ")" in around
        or "[" in around
        or bool(re.match(r"[ \u00a0](?:\(|:|=)", text[found.end :]))
    )
