"""The way through a form is recomputed from the answers; what is hidden never shows anything."""

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from accessform.journeys.document import dropping_hidden
from accessform.journeys.path import Screen, journey_path, screens, shown_questions
from forms_catalog.definition import FormDefinition
from forms_catalog.loading import load_form

FILE = Path(__file__).parent / "forms/essai.yaml"
LOADED = load_form(FILE.read_bytes(), file=FILE.name).definition
assert isinstance(LOADED, FormDefinition)
FORM: FormDefinition = LOADED

answers = st.fixed_dictionaries(
    {},
    optional={
        "nom": st.just("Durand"),
        "naissance": st.just("1948-03-03"),
        "enfants": st.booleans(),
        "combien": st.integers(1, 20),
        "personnes": st.just([{"prenom": "Léa", "ecole": True, "classe": "CP"}]),
    },
)


def ids(given: dict[str, Any]) -> list[str]:
    """Return the ids of the steps that answers open."""
    return [step.id for step in journey_path(FORM.steps, given).steps]


def test_a_step_appears_with_the_answer_that_calls_it() -> None:
    assert ids({}) == ["vous", "papiers"]
    assert ids({"enfants": False}) == ["vous", "papiers"]
    assert ids({"enfants": True}) == ["vous", "foyer", "papiers"]


def test_one_can_go_forth_and_back() -> None:
    path = journey_path(FORM.steps, {"enfants": True})
    after = path.after("vous")
    assert after is not None
    assert after.id == "foyer"
    assert path.before("foyer") == FORM.steps[0]
    assert (path.before("vous"), path.after("papiers")) == (None, None)


def test_the_first_unfinished_step_is_where_one_comes_back() -> None:
    path = journey_path(FORM.steps, {"enfants": True})
    assert path.first_unfinished({"vous"}) == FORM.step("foyer")
    assert path.first_unfinished({"vous", "foyer", "papiers"}) is None


def test_a_question_of_the_same_step_appears_with_the_answer_before_it() -> None:
    assert [q.id for q in shown_questions(FORM.steps[0], {})] == ["nom", "naissance", "enfants"]
    assert "combien" in [q.id for q in shown_questions(FORM.steps[0], {"enfants": True})]


def test_one_question_at_a_time_is_one_page_for_each() -> None:
    assert screens(FORM.steps[0], {})[:2] == [Screen("vous", "nom"), Screen("vous", "naissance")]


@given(answers)
def test_the_path_and_the_document_agree_on_what_is_kept(given: dict[str, Any]) -> None:
    path = journey_path(FORM.steps, given)
    assert {name: value for name, value in path.answers.items() if name != "personnes"} == {
        name: value for name, value in dropping_hidden(FORM, given).items() if name != "personnes"
    }


@given(answers)
def test_walking_forward_passes_every_step_once(given: dict[str, Any]) -> None:
    path = journey_path(FORM.steps, given)
    walked, step = [], path.steps[0]
    while step is not None:
        walked.append(step)
        step = path.after(step.id)
    assert tuple(walked) == path.steps


@given(answers)
def test_an_answer_to_a_hidden_question_changes_no_step(given: dict[str, Any]) -> None:
    without = {**given, "enfants": False}
    assert ids(without) == ids({"enfants": False})
