"""Lists of phrases with what to write instead, from data/<language>/linting: reviewed data, compiled once."""

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from accessform.plain_language.linting.reading import Match, Reading
from accessform.plain_language.linting.rules import Message
from accessform.plain_language.wording import ReadingLevel

DATA = Path(__file__).parent.parent / "data" / "fr" / "linting"
ANY_ENDING = "*"
"""At the end of a word in a list: whatever letters follow."""


class Phrase(BaseModel):
    """Words to avoid and what to say instead; `only` limits them to one level, `unless` to what does not follow."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...] = Field(min_length=1)
    instead: Message = ""
    only: ReadingLevel | None = None
    unless: str = ""

    def pattern(self) -> str:
        """Return the regular expression that finds any of the words."""
        forms = "|".join(_form(words) for words in sorted(self.words, key=len, reverse=True))
        return rf"(?<![\w'-])(?:{forms})" + (rf"(?!{self.unless})" if self.unless else "")


def _form(words: str) -> str:
    found = re.escape(words.removesuffix(ANY_ENDING)).replace(r"\ ", r"\s")
    if words.endswith(ANY_ENDING):
        return found + r"\w*"
    return found if words.endswith("'") else found + r"(?!\w)"


def entries(name: str) -> Any:
    """Return what the data file `name` says."""
    return YAML(typ="safe", pure=True).load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


@functools.cache
def phrases(name: str, level: ReadingLevel) -> tuple[re.Pattern[str], tuple[Phrase, ...]]:
    """Return one pattern for the phrases of a file at a level, one group a phrase, and the phrases in that order."""
    kept = [phrase for phrase in map(Phrase.model_validate, entries(name)) if phrase.only in (None, level)]
    kept.sort(key=lambda phrase: max(map(len, phrase.words)), reverse=True)
    return re.compile("|".join(f"({phrase.pattern()})" for phrase in kept), re.IGNORECASE), tuple(kept)


def find_phrases(name: str, reading: Reading) -> Iterator[Match]:
    """Yield where the text says a phrase of the list, the longest first, with what to write instead."""
    pattern, listed = phrases(name, reading.level)
    for found in pattern.finditer(reading.prose):
        words = found.group().rstrip()
        if found.lastindex and not reading.is_known(words):
            yield Match(found.start(), found.start() + len(words), words, instead=listed[found.lastindex - 1].instead)


@functools.cache
def words_of_list(name: str) -> frozenset[str]:
    """Return a file that is a plain list of words, each with itself only."""
    return frozenset(map(str, entries(name)))
