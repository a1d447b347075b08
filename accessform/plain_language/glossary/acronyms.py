"""Acronyms and what they stand for; one acronym may stand for several things, by domain."""

import functools
import re
from dataclasses import dataclass

from accessform.plain_language.glossary.entries import entries_of

CANDIDATE = re.compile(
    r"(?<![\w.@])"  # neither inside a word, nor in an address (www.CAF.fr, x@CAF)
    r"(?:[^\W\d_](?:\.[^\W\d_])+\.?|[^\W\d_]\w+)"  # C.A.F. or CAF
    r"(?!\w|[.@]\w)"
)


@dataclass(frozen=True)
class Acronym:
    """What an acronym stands for, and the domains where it is used so."""

    short: str
    meaning: str
    domains: tuple[str, ...]


@dataclass(frozen=True)
class AcronymFound:
    """An acronym as it stands in a text (code points), with everything it may stand for."""

    start: int
    end: int
    short: str
    meanings: tuple[Acronym, ...]


@functools.cache
def acronyms() -> dict[str, tuple[Acronym, ...]]:
    """Return what each acronym may stand for, by the acronym in capitals as it is written."""
    domains: dict[tuple[str, str], list[str]] = {}
    for domain, short, entry in entries_of("acronyms"):
        for meaning in [entry] if isinstance(entry, str) else entry:
            domains.setdefault((short, meaning), []).append(domain)
    found: dict[str, tuple[Acronym, ...]] = {}
    for (short, meaning), used in domains.items():
        found[short] = (*found.get(short, ()), Acronym(short, meaning, tuple(used)))
    return found


def find_acronyms(text: str) -> list[AcronymFound]:
    """Return the acronyms known to the glossary, in order: exact case, whole words, dotted (C.A.F.) or not."""
    found = []
    for match in CANDIDATE.finditer(text):
        short = match.group().replace(".", "")
        meanings = acronyms().get(short)
        if meanings:
            found.append(AcronymFound(match.start(), match.end(), short, meanings))
    return found


def meaning_of(short: str, domain: str | None = None) -> str | None:
    """Return what `short` stands for: its only meaning, else the only one in `domain`; None where one must choose."""
    meanings = acronyms().get(short, ())
    if len(meanings) > 1:
        meanings = tuple(acronym for acronym in meanings if domain in acronym.domains)
    return meanings[0].meaning if len(meanings) == 1 else None
