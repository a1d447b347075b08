"""The score of a text: an estimated level, Flesch's reading ease, and what costs the reader most."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from accessform.plain_language.lexicon import is_known
from accessform.plain_language.readability.cleaning import prose
from accessform.plain_language.readability.coefficients import coefficients
from accessform.plain_language.readability.costs import Cost, costs_of
from accessform.plain_language.readability.features import Features, measured
from accessform.plain_language.readability.flesch import flesch
from accessform.plain_language.sentences import sentences_of, words_of

FEWEST_WORDS = 12
"""Below, one word more or less moves the level too far; labels get rules, not a score (design, part 1)."""

LONGEST_TEXT = 200_000
"""Code points: thirty times the longest form that ships, and some ten seconds of parsing."""

FRENCH_AT_LEAST = 0.4
"""Share of words that the lexicon has. French texts of any kind, lists of countries included, stay at or above it;
English, German and Latin texts are near 0.25."""

LOWEST, HIGHEST = 1.0, 6.0

PARTS = re.compile(r"['’\-/.·]+")


class TextTooLong(ValueError):
    """More than LONGEST_TEXT code points; the message says so in French."""

    def __init__(self, length: int) -> None:
        super().__init__(f"Ce texte est trop long : {length} caractères. Le maximum est {LONGEST_TEXT}.")


@dataclass(frozen=True)
class Score:
    """The score of a text. `level` and `flesch` are None where `refusal` says, in French, why there is none.

    `level` runs from 1 (A1) to 6 (C2) with two decimals, `flesch` is easier as it rises (100: very easy), with one.
    `costs` holds what makes the text harder than an easy one, the dearest first.
    """

    level: float | None
    flesch: float | None
    words: int
    sentences: int
    costs: tuple[Cost, ...] = ()
    refusal: str | None = None


def score(text: str) -> Score:
    """Return the score of one text; raises TextTooLong, or parsing.ToolsMissing where the tools are not installed."""
    return score_texts([text])


def score_texts(texts: Sequence[str]) -> Score:
    """Return the score of texts read on one page, such as those of a step or a form; no sentence runs over two texts.

    Raises TextTooLong for all of them together, or parsing.ToolsMissing.
    """
    length = sum(map(len, texts))
    if length > LONGEST_TEXT:
        raise TextTooLong(length)
    sentences = [sentence.text for text in texts for sentence in sentences_of(prose(text))]
    words = [word for sentence in sentences for word in words_of(sentence)]
    refusal = _refusal(words)
    if refusal:
        return Score(None, None, len(words), len(sentences), refusal=refusal)
    features = measured(sentences)
    return Score(
        level=round(min(max(level_of(features), LOWEST), HIGHEST), 2),
        flesch=round(flesch(sentences), 1),
        words=len(words),
        sentences=len(sentences),
        costs=costs_of(features),
    )


def level_of(features: Features) -> float:
    """Return the level by the formula, not yet held between LOWEST and HIGHEST."""
    known = coefficients()
    return known.intercept + math.fsum(weight * getattr(features, name) for name, weight in known.weights.items())


def _refusal(words: Sequence[str]) -> str | None:
    if len(words) < FEWEST_WORDS:
        return f"Il faut au moins {FEWEST_WORDS} mots pour estimer un niveau ; ce texte en a {len(words)}."
    written = [max(PARTS.split(word), key=len) for word in words if any(map(str.isalpha, word))]
    if not written or sum(map(is_known, written)) < FRENCH_AT_LEAST * len(written):
        return "Trop peu de mots de ce texte sont français pour en estimer le niveau."
    return None
