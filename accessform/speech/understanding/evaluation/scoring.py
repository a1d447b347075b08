"""What became of each utterance beside its label."""

import functools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from accessform.speech.understanding.evaluation.corpus import Half, Utterance, utterances
from accessform.speech.understanding.understanding import understand
from accessform.speech.understanding.understood import Understood
from forms_catalog.definition import QuestionType

FREE_TEXT = frozenset({QuestionType.TEXT, QuestionType.LONG_TEXT, QuestionType.ADDRESS})


class Verdict(StrEnum):
    """How an utterance went; the page of figures defines each for its readers."""

    RIGHT = "right"
    ASKED = "asked"
    MISSED = "missed"
    SILENTLY_WRONG = "silently wrong"


@dataclass(frozen=True)
class Result:
    """One utterance, what was understood and how that went."""

    item: Utterance
    understood: Understood
    verdict: Verdict


@dataclass(frozen=True)
class Tally:
    """How many utterances went which way; `sayable` ones carry a value, the `other` ones must not become one."""

    sayable: int
    right: int
    asked: int
    missed: int
    wrong_value: int
    other: int
    other_right: int
    value_unasked: int

    @property
    def utterances(self) -> int:
        """Return how many utterances were counted."""
        return self.sayable + self.other

    @property
    def silently_wrong(self) -> int:
        """Return how many became a value that is not their label's."""
        return self.wrong_value + self.value_unasked

    @property
    def right_rate(self) -> float:
        """Return the share of right ones among those that carry a value, from 0 to 1; 0 where none does."""
        return self.right / self.sayable if self.sayable else 0.0

    @property
    def silently_wrong_rate(self) -> float:
        """Return the share of all utterances that became a wrong value, from 0 to 1."""
        return self.silently_wrong / self.utterances if self.utterances else 0.0


@functools.cache
def results(half: Half) -> tuple[Result, ...]:
    """Return what is understood of every utterance of one half."""
    return tuple(_result(item) for item in utterances(half))


def tally(of: Iterable[Result]) -> Tally:
    """Count `of` by verdict."""
    listed = list(of)
    sayable = [result.verdict for result in listed if result.item.expect.outcome == "value"]
    other = [result.verdict for result in listed if result.item.expect.outcome != "value"]
    return Tally(
        sayable=len(sayable),
        right=sayable.count(Verdict.RIGHT),
        asked=sayable.count(Verdict.ASKED),
        missed=sayable.count(Verdict.MISSED),
        wrong_value=sayable.count(Verdict.SILENTLY_WRONG),
        other=len(other),
        other_right=other.count(Verdict.RIGHT),
        value_unasked=other.count(Verdict.SILENTLY_WRONG),
    )


def verdict(item: Utterance, understood: Understood) -> Verdict:
    """Return how what was understood stands beside the label of `item`."""
    expected, outcome = item.expect, understood.outcome.value
    if outcome == "value":
        agreed = expected.outcome == "value" and same_value(item.type, expected.value, understood.value)
        return Verdict.RIGHT if agreed else Verdict.SILENTLY_WRONG
    if outcome == expected.outcome and (understood.command or None) == expected.command:
        return Verdict.RIGHT
    return Verdict.ASKED if outcome == "ask" else Verdict.MISSED


def same_value(question_type: QuestionType, expected: Any, found: Any) -> bool:
    """Tell whether two values of a type say the same thing.

    Free text is compared by its letters and figures, e-mail addresses without case, decimals by what they are worth,
    lists without order; everything else, type included, must be equal.
    """
    if question_type in FREE_TEXT:
        return isinstance(found, str) and _letters(found) == _letters(expected)
    if question_type is QuestionType.EMAIL:
        return isinstance(found, str) and found.lower() == expected.lower()
    if question_type is QuestionType.DECIMAL:
        return isinstance(found, str) and Decimal(found) == Decimal(expected)
    if question_type is QuestionType.MULTIPLE_CHOICE:
        return not isinstance(found, str) and len(found) == len(set(found)) and set(found) == set(expected)
    return type(found) is type(expected) and found == expected


def _letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFC", text).casefold() if character.isalnum())


def _result(item: Utterance) -> Result:
    before = _understood(item, item.pending, None) if item.pending else None
    understood = _understood(item, item.transcript, before)
    return Result(item, understood, verdict(item, understood))


def _understood(item: Utterance, transcript: str, before: Understood | None) -> Understood:
    return understand(
        item.type,
        transcript,
        choices=item.labels,
        constraints=item.constraints,
        today=item.today,
        pending=before.as_json() if before else None,
    )
