"""Every answer of a journey as a person reads it back, step by step."""

from collections.abc import Iterator, Mapping
from typing import Any

from accessform.answers.printed_values import is_blank, printed
from accessform.journeys.path import shown_questions
from accessform.journeys.services.passage import Passage
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import Question, Step


def recapitulation(passage: Passage, level: ReadingLevel) -> list[dict[str, Any]]:
    """Return each shown step with its questions and printed answers; `missing` marks a required one without answer."""
    numbers = passage.definition.numbers()
    complete = passage.complete()
    return [
        {
            "id": step.id,
            "title": step.title.at(level),
            "complete": step.id in complete,
            "lines": list(_lines(step, passage.path.answers, numbers, level)),
        }
        for step in passage.path.steps
        if any(question.takes_answer for question in step.questions)
    ]


def _lines(
    step: Step, answers: Mapping[str, Any], numbers: Mapping[str, str], level: ReadingLevel
) -> Iterator[dict[str, Any]]:
    for question in shown_questions(step, answers):
        value = answers.get(question.id)
        yield {
            "id": question.id,
            "number": numbers.get(question.id, ""),
            "label": question.label.at(level),
            "printed": printed(question, value, level),
            "missing": question.required and is_blank(value),
            "entries": [_item(question, item, answers, level) for item in value or []] if question.questions else [],
            "item": question.item.at(level) if question.item else "",
        }


def _item(group: Question, item: Mapping[str, Any], answers: Mapping[str, Any], level: ReadingLevel) -> list[Any]:
    scope = {**answers, **item}
    return [
        {"label": child.label.at(level), "printed": printed(child, item.get(child.id), level)}
        for child in group.questions
        if child.takes_answer and (child.show_when is None or child.show_when.holds(scope))
    ]
