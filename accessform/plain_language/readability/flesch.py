"""Flesch's reading ease for French, as textstat computes it on a text that it cannot cut wrongly."""

import functools
import re
from collections.abc import Sequence
from typing import Any

from accessform.plain_language.parsing import ToolsMissing
from accessform.plain_language.readability.cleaning import is_number_or_address
from accessform.plain_language.sentences import words_of

NOT_LETTERS = re.compile(r"[\W_]+")
FEWEST_WORDS = 3
"""textstat drops a sentence of fewer words; such a title or answer is counted with the sentence after it."""


def flesch(sentences: Sequence[str]) -> float:
    """Return 207 − 1.015 × words a sentence − 73.6 × syllables a word, higher for easier; raises ToolsMissing.

    Words are ours ("l'aide", "1 234,56 €" and "L. 123-4" are one each); a number, a reference or an address counts for
    one syllable; the syllables of other words are textstat's, which count hyphenation points.
    """
    return float(_french().flesch_reading_ease(fed_to_textstat(sentences)))


def fed_to_textstat(sentences: Sequence[str]) -> str:
    """Return the text that textstat reads: words of letters only, one full stop a sentence."""
    fed: list[str] = []
    waiting: list[str] = []
    for sentence in sentences:
        waiting += [_bare(word) for word in words_of(sentence)]
        if len(waiting) >= FEWEST_WORDS:
            fed.append(" ".join(waiting))
            waiting = []
    if waiting:
        fed[-1:] = [" ".join([*fed[-1:], *waiting])]
    return "".join(f"{sentence}. " for sentence in fed).strip()


def _bare(word: str) -> str:
    return "0" if is_number_or_address(word) else NOT_LETTERS.sub("", word)


@functools.cache
def _french() -> Any:
    """Return a textstat of our own: the module's shared one has one language for the whole process."""
    try:
        from textstat.textstat import textstatistics
    except ImportError as error:
        raise ToolsMissing from error
    own = textstatistics()
    own.set_lang("fr")
    return own
