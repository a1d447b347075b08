"""How answers are judged beside their labels, and the page of figures."""

from pathlib import Path
from typing import Any

import pytest

from accessform.speech.understanding.evaluation.corpus import Half, Utterance, utterances
from accessform.speech.understanding.evaluation.figures import (
    RIGHT_AT_LEAST,
    SILENTLY_WRONG_AT_MOST,
    UNCONFIRMED,
    misses,
    page,
)
from accessform.speech.understanding.evaluation.scoring import Result, Verdict, results, tally, verdict
from accessform.speech.understanding.understood import (
    NO_MATCH,
    UNKNOWN,
    Command,
    Outcome,
    Understood,
    answered,
    asked,
)
from forms_catalog.definition import QuestionType

ROOT = Path(__file__).resolve().parents[2]


def said(question_type: QuestionType, outcome: str, **label: Any) -> Utterance:
    """Return an utterance of that type and label."""
    return Utterance.model_validate(
        {"id": "one-1", "type": question_type, "transcript": "…", "expect": {"outcome": outcome, **label}}
    )


@pytest.mark.parametrize(
    ("item", "understood", "expected"),
    [
        (said(QuestionType.INTEGER, "value", value=3), answered(3), Verdict.RIGHT),
        (said(QuestionType.INTEGER, "value", value=3), answered(4), Verdict.SILENTLY_WRONG),
        (said(QuestionType.INTEGER, "value", value=3), answered("3"), Verdict.SILENTLY_WRONG),
        (said(QuestionType.INTEGER, "value", value=1), answered(True), Verdict.SILENTLY_WRONG),
        (said(QuestionType.INTEGER, "value", value=3), asked("Combien ?"), Verdict.ASKED),
        (said(QuestionType.INTEGER, "value", value=3), NO_MATCH, Verdict.MISSED),
        (said(QuestionType.INTEGER, "value", value=3), UNKNOWN, Verdict.MISSED),
        (said(QuestionType.INTEGER, "ask"), asked("Combien ?"), Verdict.RIGHT),
        (said(QuestionType.INTEGER, "ask"), answered(3), Verdict.SILENTLY_WRONG),
        (said(QuestionType.INTEGER, "unknown"), answered(0), Verdict.SILENTLY_WRONG),
        (said(QuestionType.INTEGER, "no_match"), answered(0), Verdict.SILENTLY_WRONG),
        (said(QuestionType.DECIMAL, "value", value="2.5"), answered("2.50"), Verdict.RIGHT),
        (said(QuestionType.MONEY, "value", value="2.50"), answered("2.5"), Verdict.SILENTLY_WRONG),
        (said(QuestionType.TEXT, "value", value="Le Goff"), answered("le goff"), Verdict.RIGHT),
        (said(QuestionType.TEXT, "value", value="Lefèvre"), answered("Lefevre"), Verdict.SILENTLY_WRONG),
        (said(QuestionType.EMAIL, "value", value="a.b@c.fr"), answered("A.b@c.fr"), Verdict.RIGHT),
        (said(QuestionType.MULTIPLE_CHOICE, "value", value=("a", "b")), answered(("b", "a")), Verdict.RIGHT),
        (said(QuestionType.MULTIPLE_CHOICE, "value", value=()), answered(()), Verdict.RIGHT),
        (said(QuestionType.MULTIPLE_CHOICE, "value", value=("a", "b")), answered(("a",)), Verdict.SILENTLY_WRONG),
    ],
)
def test_an_answer_is_judged_beside_its_label(item: Utterance, understood: Understood, expected: Verdict):
    assert verdict(item, understood) is expected


@pytest.mark.parametrize(
    ("label", "command", "expected"),
    [("skip", Command.SKIP, Verdict.RIGHT), ("skip", Command.STOP, Verdict.MISSED)],
)
def test_a_command_is_right_where_it_is_the_one_that_was_given(label: str, command: Command, expected: Verdict):
    item = said(QuestionType.DATE, "command", command=label)
    assert verdict(item, Understood(Outcome.COMMAND, command=command)) is expected


def test_a_tally_keeps_what_can_be_said_apart_from_the_rest():
    items = [
        Result(said(QuestionType.INTEGER, "value", value=3), answered(3), Verdict.RIGHT),
        Result(said(QuestionType.INTEGER, "value", value=3), answered(4), Verdict.SILENTLY_WRONG),
        Result(said(QuestionType.INTEGER, "ask"), answered(4), Verdict.SILENTLY_WRONG),
        Result(said(QuestionType.INTEGER, "unknown"), UNKNOWN, Verdict.RIGHT),
    ]
    counted = tally(items)
    assert (counted.sayable, counted.right, counted.other, counted.other_right) == (2, 1, 2, 1)
    assert counted.silently_wrong == 2
    assert (counted.right_rate, counted.silently_wrong_rate) == (0.5, 0.5)


def test_the_goals_hold_on_the_held_out_half():
    total = tally(results(Half.HELD_OUT))
    assert total.right_rate >= RIGHT_AT_LEAST
    assert total.silently_wrong_rate <= SILENTLY_WRONG_AT_MOST
    assert not [r for r in results(Half.HELD_OUT) if r.item.type in UNCONFIRMED and r.verdict is Verdict.SILENTLY_WRONG]


def test_the_page_is_the_one_that_was_measured_last():
    assert (ROOT / "docs/voice-figures.md").read_text(encoding="utf-8") == page()


def test_neither_the_page_nor_the_misses_show_what_was_held_out():
    told = page() + misses()
    assert [item.id for item in utterances(Half.HELD_OUT) if item.id in told] == []
