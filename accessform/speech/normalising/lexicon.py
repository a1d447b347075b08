"""The data file of pronunciations, read once, and the version that clips are keyed by."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent.parent / "data" / "fr" / "lexicon.toml"


def alternatives(words: Iterable[str]) -> str:
    """Return a regular expression's alternatives for these words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@dataclass(frozen=True)
class Lexicon:
    """How acronyms, abbreviations, titles, units and a few words are said in French."""

    version: str
    said: Mapping[str, str]
    spelled: frozenset[str]
    abbreviations: Mapping[str, str]
    streets: Mapping[str, str]
    titles: Mapping[str, str]
    units: Mapping[str, tuple[str, str]]
    words: Mapping[str, str]
    feminine: frozenset[str]
    rulers: tuple[str, ...]
    parts: tuple[str, ...]
    shouted: frozenset[str]


def _lexicon_from(content: Mapping[str, Any], version: str) -> Lexicon:
    acronyms, grammar = content["acronyms"], content["grammar"]
    return Lexicon(
        version=version,
        said=acronyms["said"],
        spelled=frozenset(acronyms["spelled"]),
        abbreviations=content["abbreviations"],
        streets=content["streets"],
        titles=content["titles"],
        units={unit: (singular, plural) for unit, (singular, plural) in content["units"].items()},
        words=content["words"],
        feminine=frozenset(grammar["feminine"]),
        rulers=tuple(grammar["rulers"]),
        parts=tuple(grammar["parts"]),
        shouted=frozenset(grammar["shouted"]),
    )


@cache
def lexicon() -> Lexicon:
    """Return the lexicon; its version is the first 12 hexadecimal digits of the file's SHA-256."""
    content = PATH.read_bytes()
    return _lexicon_from(tomllib.loads(content.decode()), hashlib.sha256(content).hexdigest()[:12])
