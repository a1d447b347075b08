"""Nothing is asked twice in one journey (WCAG 2.2, 3.3.7): neither the same words nor the same personal detail."""

from collections import Counter
from pathlib import Path

import pytest

from accessform.journeys.prelude import prelude
from forms_catalog.definition import FormDefinition, Question
from forms_catalog.loading import load_form

FORMS = sorted((Path(__file__).resolve().parents[2] / "forms_catalog/fr").glob("*/form.yaml"))


def definition_of(file: Path) -> FormDefinition:
    definition = load_form(file.read_bytes(), file=file.name).definition
    assert definition is not None
    return definition


def asked_once(definition: FormDefinition) -> list[Question]:
    """Return the questions of a journey that are not repeated for each entry of a group, the first page's included."""
    return [*prelude().questions, *(question for step in definition.steps for question in step.questions)]


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.parent.name)
def test_no_two_questions_have_the_same_words(file: Path) -> None:
    labels = Counter(question.label.standard for question in asked_once(definition_of(file)))
    assert [label for label, count in labels.items() if count > 1] == []


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.parent.name)
def test_a_detail_about_the_person_is_asked_at_one_place(file: Path) -> None:
    """Browsers fill in by these tokens; the same one twice is the same detail asked twice."""
    tokens = Counter(question.autocomplete for question in definition_of(file).questions() if question.autocomplete)
    assert [token for token, count in tokens.items() if count > 1] == []
