"""Lists of phrases with what to write instead, from data/<language>/linting: reviewed data, compiled once."""

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from accessform.plain_language.linting.reading import Match, Reading
from accessform.plain_language.linting.rules import Message
from accessform.plain_language.wording import ReadingLevel

DATA = Path(__file__).parent.parent / "data" / "fr" / "linting"
ANY_ENDING = "*"
"""At the end of a word in a list: whatever letters follow."""
FIRST = 2
"""Letters by which a phrase is looked up: the shortest phrase has as many."""
WORD_START = re.compile(r"(?<![\w-])\w")


class Phrase(BaseModel):
    """Words to avoid and what to say instead; `only` limits them to one level, `unless` to what does not follow."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...] = Field(min_length=1)
    instead: Message = ""
    only: ReadingLevel | None = None
    unless: str = ""

    def patterns(self) -> Iterator[tuple[str, re.Pattern[str]]]:
        """Yield for each of the words their first letters and what finds them, from there on."""
        after = f"(?!{self.unless})" if self.unless else ""
        for words in self.words:
            yield words[:FIRST].lower(), re.compile(_form(words) + after, re.IGNORECASE)


class Candidate(NamedTuple):
    """One form of a phrase: how long it is, what finds it, and the phrase."""

    length: int
    pattern: re.Pattern[str]
    phrase: Phrase


def _form(words: str) -> str:
    found = re.escape(words.removesuffix(ANY_ENDING)).replace(r"\ ", r"\s")
    if words.endswith(ANY_ENDING):
        return found + r"\w*"
    return found if words.endswith("'") else found + r"(?!\w)"


def entries(name: str) -> Any:
    """Return what the data file `name` says."""
    return YAML(typ="safe", pure=True).load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


@functools.cache
def candidates(name: str, level: ReadingLevel) -> dict[str, list[Candidate]]:
    """Return the forms of a file's phrases at a level by their first letters, the longest form first."""
    index: dict[str, list[Candidate]] = {}
    for phrase in map(Phrase.model_validate, entries(name)):
        if phrase.only in (None, level):
            for words, (first, pattern) in zip(phrase.words, phrase.patterns(), strict=True):
                index.setdefault(first, []).append(Candidate(len(words), pattern, phrase))
    for forms in index.values():
        forms.sort(key=lambda form: -form.length)
    return index


def find_phrases(name: str, reading: Reading) -> Iterator[Match]:
    """Yield where the text says a phrase of the list, the longest first, with what to write instead."""
    prose, index, end = reading.prose, candidates(name, reading.level), 0
    for word in WORD_START.finditer(prose):
        start = word.start()
        for form in index.get(prose[start : start + FIRST].lower(), ()) if start >= end else ():
            found = form.pattern.match(prose, start)
            if found:
                end = found.end()
                words = found.group().rstrip()
                if not reading.is_known(words):
                    yield Match(start, start + len(words), words, instead=form.phrase.instead)
                break


@functools.cache
def words_of_list(name: str) -> frozenset[str]:
    """Return a file that is a plain list of words, each with itself only."""
    return frozenset(map(str, entries(name)))
