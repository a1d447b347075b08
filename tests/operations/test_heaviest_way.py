"""The heaviest way through a form is one that somebody can go, and none is heavier."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessform.journeys.path import is_shown, journey_path, shown_questions
from accessform.operations.bench.differing_answers import comparisons_of, differing_answers
from accessform.operations.bench.heaviest_way import heaviest_way
from forms_catalog.conditions import Condition
from forms_catalog.definition import Question, Step

CHOICES = [{"key": key, "label": key} for key in "abcd"]
KINDS: dict[str, dict[str, Any]] = {
    "yes_no": {},
    "single_choice": {"choices": CHOICES},
    "multiple_choice": {"choices": CHOICES},
    "integer": {"constraints": {"min": 0, "max": 9}},
    "text": {},
    "explanation": {},
}
EVERY_ANSWER: dict[str, list[Any]] = {
    "yes_no": [True, False],
    "single_choice": list("abcd"),
    "multiple_choice": [
        [k for k, kept in zip("abcd", bits, strict=True) if kept] for bits in product((0, 1), repeat=4)
    ],
    "integer": [str(number) for number in range(10)],
    "text": ["x", "y"],
}


def _question(name: str, kind: str, show_when: Any = None, *, required: bool = True, **more: Any) -> Question:
    return Question.model_validate(
        {"id": name, "type": kind, "label": name, "required": required, **KINDS.get(kind, {}), **more}
        | ({"show_when": show_when} if show_when else {})
    )


def _step(name: str, *questions: Question, show_when: Any = None) -> Step:
    return Step.model_validate({"id": name, "title": name, "questions": questions, "show_when": show_when})


def _comparison(draw: st.DrawFn, name: str, kind: str) -> dict[str, Any]:
    if kind == "multiple_choice":
        return {"question": name, "includes": draw(st.sampled_from("abcd"))}
    if kind == "integer":
        return {"question": name, draw(st.sampled_from(["less_than", "greater_than", "is"])): draw(st.integers(0, 9))}
    values = {"yes_no": [True, False], "single_choice": list("abcd"), "text": ["x"]}[kind]
    return {"question": name, draw(st.sampled_from(["is", "is_not"])): draw(st.sampled_from(values))}


@st.composite
def _forms(draw: st.DrawFn) -> tuple[list[Step], dict[str, int]]:
    """Draw a small form whose conditions look at up to three earlier questions, with a weight for each text."""
    steps, named, weights = [], [], {}
    for rank in range(draw(st.integers(1, 3))):
        questions = []
        step_condition = _condition(draw, named)
        for place in range(draw(st.integers(1, 3))):
            kind = draw(st.sampled_from(list(KINDS)))
            name = f"q{rank}{place}"
            question = _question(name, kind, _condition(draw, named), required=draw(st.booleans()))
            questions.append(question)
            weights[f"question:{name}"] = draw(st.integers(0, 9))
            if kind != "explanation" and len(named) < 3:
                named.append((name, kind))
        steps.append(_step(f"s{rank}", *questions, show_when=step_condition))
        weights[f"step:s{rank}"] = draw(st.integers(0, 9))
    return steps, weights


def _condition(draw: st.DrawFn, named: list[tuple[str, str]]) -> dict[str, Any] | None:
    if not named or draw(st.booleans()):
        return None
    drawn = [_comparison(draw, *draw(st.sampled_from(named))) for _ in range(draw(st.integers(1, 2)))]
    return draw(st.sampled_from([{"all": drawn}, {"any": drawn}, {"not": drawn[0]}, drawn[0]]))


def _met(steps: list[Step], weights: dict[str, int], answers: dict[str, Any]) -> int:
    """Return the weight of one person's way, by the path that serves people."""
    path = journey_path(tuple(steps), answers)
    total = 0
    for step in path.steps:
        texts = (q for q in step.questions if not q.takes_answer and is_shown(q, path.answers))
        total += weights[f"step:{step.id}"]
        total += sum(weights[f"question:{q.id}"] for q in (*texts, *shown_questions(step, path.answers)))
    return total


def _everybody(steps: list[Step]) -> Any:
    """Yield every set of answers to the questions that conditions name."""
    conditions = [one.show_when for step in steps for one in (step, *step.questions)]
    named = {comparison.question for comparison in comparisons_of(conditions)}
    asked = [question for step in steps for question in step.questions if question.id in named]
    possible = [[a for a in EVERY_ANSWER[q.type] if a != []] + ([] if q.must_be_answered else [None]) for q in asked]
    for values in product(*possible):
        yield {question.id: value for question, value in zip(asked, values, strict=True) if value is not None}


@given(_forms())
def test_no_set_of_answers_is_heavier(form: tuple[list[Step], dict[str, int]]) -> None:
    steps, weights = form
    found = heaviest_way(steps, weights)
    assert found.weight == _met(steps, weights, dict(found.answers))
    assert found.weight == max(_met(steps, weights, answers) for answers in _everybody(steps))


def test_questions_that_exclude_each_other_are_not_added() -> None:
    asked = _question("where", "single_choice")
    tenant, owner = (_question(name, "text", {"question": "where", "is": name}) for name in "ab")
    way = heaviest_way([_step("home", asked, tenant, owner)], {"question:a": 5, "question:b": 7, "question:where": 1})
    assert way.weight == 8
    assert way.answers == {"where": "b"}


def test_every_question_that_some_entry_of_a_group_asks_counts() -> None:
    child = {"id": "age", "type": "integer", "label": "age"}
    kind = {"id": "kind", "type": "yes_no", "label": "kind"}
    one, other = (
        {"id": f"q{told}".lower(), "type": "text", "label": "x", "show_when": {"question": "kind", "is": told}}
        for told in (True, False)
    )
    never = {"id": "never", "type": "text", "label": "x", "show_when": {"question": "alone", "is": True}}
    group = _question("people", "group", {"question": "alone", "is": False}, questions=[kind, child, one, other, never])
    weights = {f"question:{name}": 1 for name in ("alone", "people", "kind", "age", "qtrue", "qfalse", "never")}
    assert heaviest_way([_step("home", _question("alone", "yes_no"), group)], weights).weight == 6


def test_a_step_that_asks_nothing_of_what_it_holds_is_not_on_the_way() -> None:
    first = _step("first", _question("alone", "yes_no"))
    text, hidden = _question("text", "explanation"), _question("name", "text", {"question": "alone", "is": False})
    way = heaviest_way(
        [first, _step("second", text, hidden)], {"step:second": 3, "question:text": 3, "question:name": -7}
    )
    assert way.weight == 0


@pytest.mark.parametrize(
    ("kind", "compared", "answers"),
    [
        ("money", [{"greater_than": 100}], ["99.99", "100.01"]),
        ("integer", [{"is": 0}], ["0", "1"]),
        ("date", [{"less_than": "2026-03-01"}], ["2026-02-28", "2026-03-01"]),
        ("country", [{"is": "FR"}], ["FR", "autre réponse"]),
        ("civility", [{"is": "mme"}], ["mme", "m"]),
        ("checkbox", [{"is": True}], [True]),
        ("single_choice", [{"is": "a"}, {"is": "b"}], ["a", "b", "c"]),
        ("multiple_choice", [{"includes": "a"}], [["b"], ["a"]]),
    ],
)
def test_answers_that_make_no_difference_are_one(kind: str, compared: list[Any], answers: list[Any]) -> None:
    question = _question("q", kind)
    comparisons = [Condition.model_validate({"question": "q", **one}) for one in compared]
    assert differing_answers(question, comparisons) == answers
    assert differing_answers(question, []) == [None]


def test_who_may_pass_has_no_answer_too() -> None:
    comparison = Condition.model_validate({"question": "q", "is_not": "a"})
    assert None not in differing_answers(_question("q", "single_choice"), [comparison])
    assert differing_answers(_question("q", "yes_no", required=False), [Condition(question="q", is_=True)]) == [
        True,
        False,
    ]
