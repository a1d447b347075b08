"""What the browser counts brings less than what the server sees, and never alone."""

import pytest

from accessform.adaptation.state import Action, Adaptation
from accessform.observation.events import COUNTERS
from tests.adaptation.journeys_told import Told


def counted(name: str, value: int, question: str = "birth_date") -> tuple[str, dict[str, object]]:
    return ("counter", {"step": "identite", "question": question, "name": name, "value": value})


COUNTED_FOR = [
    (Adaptation.TOLERANT_INPUT, [("B4", 2)]),
    (Adaptation.TOLERANT_INPUT, [("B3", 12)]),
    (Adaptation.LARGER_TARGETS, [("B8", 3)]),
    (Adaptation.LARGER_TARGETS, [("B5", 2)]),
]


def habits(told: Told) -> None:
    for number in range(3):
        for name in ("B1", "B11", "B12"):
            told.instant(counted(name, 1, f"before_{number}"))


@pytest.mark.parametrize(("adaptation", "counters"), COUNTED_FOR)
def test_a_counter_and_a_failure_bring_the_help_that_answers_them(told, adaptation, counters):
    habits(told)
    assert told.instant(*[counted(name, value) for name, value in counters]) == ()
    (decision,) = told.fails("identite", "birth_date")
    assert (decision.action, decision.adaptation) == (Action.OFFER, adaptation)
    assert {reason.signal for reason in decision.reasons} == {"A2", *[name for name, _ in counters]}


def test_turning_among_answers_at_one_question_twice_brings_help_to_choose(told):
    habits(told)
    for value in (9, 9):
        assert told.instant(counted("B12", value)) == ()
    (decision,) = told.fails("identite", "birth_date", code="required_choice")
    assert (decision.action, decision.adaptation) == (Action.OFFER, Adaptation.CHOICE_HELP)


ONCE = [("B1", 200), ("B5", 1), ("B6", 1), ("B11", 9), ("B12", 9), ("B13", 3)]


@pytest.mark.parametrize(("name", "value"), ONCE)
def test_what_everybody_s_hand_or_eye_does_once_brings_nothing_even_beside_a_failure(told, name, value):
    habits(told)
    told.instant(counted(name, value))
    assert told.fails("identite", "birth_date") == ()


@pytest.mark.parametrize("name", sorted(COUNTERS))
def test_no_counter_is_enough_alone(told, name):
    habits(told)
    for number in range(20):
        assert told.instant(counted(name, 50 + 200 * number)) == ()


@pytest.mark.parametrize(
    ("adaptation", "code"),
    [
        (Adaptation.TOLERANT_INPUT, "date_unreadable"),
        (Adaptation.CHOICE_HELP, "required_choice"),
        (Adaptation.LARGER_TARGETS, "required"),
    ],
)
def test_what_a_counter_can_bring_comes_without_it_within_two_more_failures(told, adaptation, code):
    for name in ("one_question", *([] if adaptation is Adaptation.CHOICE_HELP else ["choice_help"])):
        told.then("preference_set", name=name, value=True)
    told.then("preference_set", name="reading_level", value="easy")
    for question in ("birth_date", "birth_date", "phone"):
        told.fails("identite", question, code=code)
    assert adaptation in told.made(Action.OFFER)
