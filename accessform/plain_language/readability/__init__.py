"""How hard a French text is to read: an estimated level (CEFR 1 to 6), Flesch's reading ease, and what costs most."""

from accessform.plain_language.readability.costs import Cost
from accessform.plain_language.readability.scoring import (
    FEWEST_WORDS,
    LONGEST_TEXT,
    Score,
    TextTooLong,
    score,
    score_texts,
)

__all__ = ["FEWEST_WORDS", "LONGEST_TEXT", "Cost", "Score", "TextTooLong", "score", "score_texts"]
