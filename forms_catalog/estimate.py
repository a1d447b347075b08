"""How long a form takes, with the figures of demarches-simplifiees, the platform that France itself uses."""

import math
from collections.abc import Iterator

from accessform.plain_language.wording import ReadingLevel, Wording
from forms_catalog.definition import WITH_FILES, FormDefinition, Question, QuestionType

WORDS_PER_MINUTE = 140
SHORT_SECONDS = 10
LONG_TEXT_SECONDS = 60
DOCUMENT_SECONDS = 180
ROUNDED_FROM = 20
"""Minutes from which an estimate is rounded up to the next five: a finer figure would pretend to precision."""


def estimated_minutes(definition: FormDefinition, level: ReadingLevel) -> int:
    """Return the minutes that the form takes at `level`: its own figure if it gives one, else reading and answering.

    A question that is optional, or that only some people are asked, counts half. A repeated group counts one entry.
    """
    if definition.before_you_start.minutes is not None:
        return definition.before_you_start.minutes
    seconds = 0.0
    for step in definition.steps:
        read = _reading_seconds([step.title, step.intro], level)
        read += sum(_question_seconds(question, level) for question in step.questions)
        seconds += read / 2 if step.show_when else read
    minutes = max(1, math.ceil(seconds / 60))
    return minutes if minutes <= ROUNDED_FROM else math.ceil(minutes / 5) * 5


def _question_seconds(question: Question, level: ReadingLevel) -> float:
    if question.type is QuestionType.GROUP:
        inside = sum(_question_seconds(child, level) for child in question.questions)
    else:
        inside = _answering_seconds(question.type)
    seconds = inside + _reading_seconds(_texts(question), level)
    counts_half = question.show_when is not None or (question.takes_answer and not question.required)
    return seconds / 2 if counts_half else seconds


def _answering_seconds(kind: QuestionType) -> int:
    if kind in (QuestionType.SECTION, QuestionType.EXPLANATION):
        return 0
    if kind is QuestionType.LONG_TEXT:
        return LONG_TEXT_SECONDS
    return DOCUMENT_SECONDS if kind in WITH_FILES else SHORT_SECONDS


def _texts(question: Question) -> Iterator[Wording | None]:
    yield question.label
    yield question.hint
    for choice in question.choices:
        yield choice.label
        yield choice.help


def _reading_seconds(texts: "list[Wording | None] | Iterator[Wording | None]", level: ReadingLevel) -> float:
    words = sum(len(text.at(level).split()) for text in texts if text is not None)
    return words * 60 / WORDS_PER_MINUTE
