"""Minutes to fill in a form."""

import pytest

from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import FormDefinition
from forms_catalog.estimate import estimated_minutes
from tests.journeys.small_journeys import SMALL_FORM

SEVENTY_WORDS = " ".join(["mot"] * 70)


def minutes(*questions: dict, level: ReadingLevel = ReadingLevel.STANDARD, **form) -> int:
    asked = [{"id": f"q{rank}", "label": "Mot", **question} for rank, question in enumerate(questions)]
    steps = [{"id": "une", "title": "Titre", "questions": asked, **form.pop("step", {})}]
    return estimated_minutes(FormDefinition.model_validate({**SMALL_FORM, **form, "steps": steps}), level)


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ([{"type": "text"}], 1),
        ([{"type": "text"}] * 6, 2),
        ([{"type": "long_text"}], 2),
        ([{"type": "file"}], 4),
        ([{"type": "file", "required": False}], 2),
        ([{"type": "explanation", "label": SEVENTY_WORDS}], 1),
        ([{"type": "explanation", "label": SEVENTY_WORDS}] * 2, 2),
        ([{"type": "file"}] * 7, 25),
    ],
)
def test_reading_and_answering_add_up(questions, expected):
    assert minutes(*questions) == expected


def test_a_question_that_only_some_are_asked_counts_half():
    condition = {"question": "q0", "is": True}
    assert minutes({"type": "yes_no"}, {"type": "file"}) == 4
    assert minutes({"type": "yes_no"}, {"type": "file", "show_when": condition}) == 2


def test_a_group_counts_one_entry():
    assert minutes({"type": "group", "questions": [{"id": "piece", "type": "file", "label": "Mot"}]}) == 4


def test_the_words_counted_are_those_of_the_level():
    long = {"standard": " ".join([SEVENTY_WORDS] * 4), "plain": {"text": "Court", "status": "approved"}}
    assert minutes({"type": "explanation", "label": long}) == 3
    assert minutes({"type": "explanation", "label": long}, level=ReadingLevel.PLAIN) == 1


def test_the_figure_of_the_form_itself_is_kept():
    assert minutes({"type": "file"}, before_you_start={"minutes": 42}) == 42
