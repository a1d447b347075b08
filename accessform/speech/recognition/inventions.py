"""Sentences that an engine invents where nobody speaks: data/fr/inventions.toml, and words in a loop. Pure."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from accessform.speech.understanding.transcript import tokenise, words_of

DATA = Path(__file__).parent.parent / "data" / "fr" / "inventions.toml"

LOOP_OF_ONE, LOOP_OF_SEVERAL = 8, 4
"""Times in a row. A person insists three times (« non, non, non »), and nobody four times with several words."""
FIGURES_IN_A_LOOP = 14
"""Figures in a row that repeat: an IBAN holds at most eleven zeros running, a telephone « 00 00 00 00 »."""
MOST_EQUAL_GROUPS = 2
LONGEST_LOOP = 8
"""Words in the group that repeats."""


def is_invented(text: str) -> bool:
    """Tell whether a stretch of words holds a sentence of the list, is one, has no word at all, or goes round."""
    words = words_of(tokenise(text))
    said = " ".join(words)
    if not any(character.isalnum() for character in said) or said in _whole() or _marks_only(text):
        return True
    spaced = f" {said} "
    return any(f" {phrase} " in spaced for phrase in _anywhere()) or loops(words)


def loops(words: Sequence[str]) -> bool:
    """Tell whether a group of words comes again and again: what a decoder does when it is lost."""
    return any(_repeat(words, size, start) for size in range(1, LONGEST_LOOP + 1) for start in range(size))


def _repeat(words: Sequence[str], size: int, start: int) -> bool:
    """Tell whether the groups of `size` words counted from `start` repeat too often in a row."""
    run = 1
    for place in range(start + size, len(words) - size + 1, size):
        group = words[place : place + size]
        run = run + 1 if group == words[place - size : place] else 1
        if run * sum(map(len, group)) >= FIGURES_IN_A_LOOP and run > MOST_EQUAL_GROUPS and all(map(str.isdigit, group)):
            return True
        if run >= (LOOP_OF_ONE if size == 1 else LOOP_OF_SEVERAL) and not all(map(str.isdigit, group)):
            return True
    return False


def _marks_only(text: str) -> bool:
    """Tell whether a stretch is a caption of sounds: « [Musique] », « (rires) », « *bruit* »."""
    stripped = text.strip()
    return len(stripped) > 1 and (stripped[0], stripped[-1]) in {("[", "]"), ("(", ")"), ("*", "*"), ("♪", "♪")}


@cache
def _phrases(kind: str) -> frozenset[str]:
    return frozenset(tomllib.loads(DATA.read_text(encoding="utf-8"))[kind])


def _anywhere() -> frozenset[str]:
    return _phrases("anywhere")


def _whole() -> frozenset[str]:
    return _phrases("whole")
