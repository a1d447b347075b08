"""How a question is put after two failures: piece by piece, or with at most four answers to choose from."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from accessform.speech.dialogue.states import Asked
from accessform.speech.understanding.transcript import fold
from forms_catalog.definition import QuestionType

MOST_OPTIONS = 4
"""Answers put at once by ear (design 5, rule 5)."""


class Way(StrEnum):
    """What the person is invited to say."""

    FIGURES = "figures"
    NUMBER = "number"
    DATE = "date"
    OPTIONS = "options"
    POLARITY = "polarity"
    PLACE = "place"
    ADDRESS = "address"
    LETTERS = "letters"
    WORDS = "words"
    KEYBOARD = "keyboard"


_T = QuestionType
_WAYS = {
    _T.PHONE: Way.FIGURES,
    _T.POSTAL_CODE: Way.FIGURES,
    _T.SIRET: Way.FIGURES,
    _T.NIR: Way.FIGURES,
    _T.IBAN: Way.FIGURES,
    _T.INTEGER: Way.NUMBER,
    _T.DECIMAL: Way.NUMBER,
    _T.MONEY: Way.NUMBER,
    _T.DATE: Way.DATE,
    _T.DATETIME: Way.DATE,
    _T.YES_NO: Way.POLARITY,
    _T.CHECKBOX: Way.POLARITY,
    _T.SINGLE_CHOICE: Way.OPTIONS,
    _T.MULTIPLE_CHOICE: Way.OPTIONS,
    _T.CIVILITY: Way.OPTIONS,
    _T.COMMUNE: Way.PLACE,
    _T.DEPARTMENT: Way.PLACE,
    _T.COUNTRY: Way.PLACE,
    _T.ADDRESS: Way.ADDRESS,
    _T.TEXT: Way.LETTERS,
    _T.EMAIL: Way.LETTERS,
    _T.LONG_TEXT: Way.WORDS,
}


@dataclass(frozen=True)
class Narrowing:
    """The way, and the keys of the answers to choose from, in the form's order."""

    way: Way
    options: tuple[str, ...] = ()


def narrowed(asked: Asked, words: str = "") -> Narrowing:
    """Return how to put the question once more; of many answers, the four nearest to what was just said."""
    way = _WAYS.get(asked.kind, Way.KEYBOARD)
    if way is not Way.OPTIONS:
        return Narrowing(way)
    keys = list(asked.choices)
    if len(keys) > MOST_OPTIONS:
        nearest = sorted(keys, key=lambda key: _likeness(words, asked.choices[key]), reverse=True)
        chosen = frozenset(nearest[:MOST_OPTIONS])
        keys = [key for key in keys if key in chosen]
    return Narrowing(way, tuple(keys))


def _likeness(words: str, label: str) -> float:
    """Return how much of a label's signs stand in the words, in the same order, from 0 to 1."""
    said, named = fold(words), fold(label)
    matched = SequenceMatcher(None, said, named, autojunk=False).get_matching_blocks()
    return sum(block.size for block in matched if block.size > 1) / max(len(named), 1)
