"""Words that help an engine hear a question's answer, and never a value that it could give back as one. Pure."""

from collections.abc import Iterable
from typing import NewType

from accessform.speech.understanding.numerals import NUMBER_WORDS
from accessform.speech.understanding.phrases import round_numbers
from accessform.speech.understanding.transcript import Token, tokenise

Prompt = NewType("Prompt", str)
"""A text made by `prompt_of`, or empty."""

NO_PROMPT = Prompt("")
LONGEST_PROMPT = 300
"""Characters. Whisper reads at most 224 tokens of prompt, some four French letters each."""

_DAYS = frozenset({"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"})
_MONTHS = frozenset({
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
})  # fmt: skip
_ORDINALS = frozenset({"premier", "premiere", "second", "seconde", "demi", "demie", "moitie", "tiers", "quart"})
_ARTICLES = frozenset({"un", "une"})
"""Numbers too, but « un document » holds no value that could be mistaken for an answer… unless nothing else is said."""


def holds_a_value(text: str) -> bool:
    """Tell whether figures, number words, ordinals, days or months stand in `text`: none may be prompted."""
    tokens = tokenise(text)
    if any(character.isnumeric() for character in text):
        return True
    only_articles = all(token.word in _ARTICLES for token in tokens)
    return bool(tokens) and (only_articles or any(_is_value(token) for token in tokens))


def prompt_of(words: Iterable[str]) -> Prompt:
    """Return the entries of `words` that hold no value, joined, LONGEST_PROMPT characters at most.

    An entry with a value is left out whole: a question « Avez-vous 60 ans ou plus ? » gives no prompt at all.
    """
    kept: list[str] = []
    length = 0
    for entry in words:
        clean = " ".join("".join(c if c.isprintable() else " " for c in entry).split())
        length += len(clean) + 2
        if clean and not holds_a_value(clean) and length <= LONGEST_PROMPT:
            kept.append(clean)
    return Prompt(", ".join(kept))


def _is_value(token: Token) -> bool:
    word = token.word
    return (
        word in _VALUES
        or any(character.isdigit() for character in word)
        or (word.endswith("ieme") and len(word) > len("ieme"))
        or (word.endswith("iemes") and len(word) > len("iemes"))
    )


_VALUES = (NUMBER_WORDS - _ARTICLES) | _DAYS | _MONTHS | _ORDINALS | frozenset(round_numbers())
