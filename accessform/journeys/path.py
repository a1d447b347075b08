"""The way through a form, recomputed from the answers at every request. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accessform.answers.printed_values import is_blank
from forms_catalog.definition import Question, Step

Answers = Mapping[str, Any]


def is_shown(asked: Question | Step, answers: Answers) -> bool:
    """Tell whether a question or a step is asked, given the answers before it."""
    return asked.show_when is None or asked.show_when.holds(answers)


@dataclass(frozen=True)
class Screen:
    """One page of the journey: a step, or one question of it."""

    step_id: str
    question_id: str = ""


@dataclass(frozen=True)
class JourneyPath:
    """The steps of a form as one person's answers leave them.

    `answers` are those of shown questions only; `steps` are the shown ones, in order.
    """

    steps: tuple[Step, ...]
    answers: Answers

    def has(self, step_id: str) -> bool:
        """Tell whether a step is on the way."""
        return any(step.id == step_id for step in self.steps)

    def place(self, step_id: str) -> int:
        """Return a step's rank among those shown, from 0."""
        return next(rank for rank, step in enumerate(self.steps) if step.id == step_id)

    def before(self, step_id: str) -> Step | None:
        """Return the step before, None at the beginning."""
        place = self.place(step_id)
        return self.steps[place - 1] if place else None

    def after(self, step_id: str) -> Step | None:
        """Return the step after, None at the end."""
        place = self.place(step_id)
        return self.steps[place + 1] if place + 1 < len(self.steps) else None

    def first_unfinished(self, complete: Collection[str]) -> Step | None:
        """Return the first step that was never left without error, None where all were."""
        return next((step for step in self.steps if step.id not in complete), None)


def journey_path(steps: tuple[Step, ...], answers: Answers) -> JourneyPath:
    """Return the way that `answers` open: a hidden question's answer shows nothing further on."""
    kept: dict[str, Any] = {}
    shown: list[Step] = []
    for step in steps:
        if not is_shown(step, kept):
            continue
        asked = False
        for question in shown_questions(step, kept):
            asked = True
            if answers.get(question.id) is not None:
                kept[question.id] = answers[question.id]
        if asked or not any(question.takes_answer for question in step.questions):
            shown.append(step)
    return JourneyPath(tuple(shown), kept)


def shown_questions(step: Step, answers: Answers) -> Iterator[Question]:
    """Yield a step's asked questions; reads `answers` lazily, so that answers of the same step count."""
    for question in step.questions:
        if question.takes_answer and is_shown(question, answers):
            yield question


def unanswered(step: Step, answers: Answers) -> Iterator[Question]:
    """Yield the shown questions that must be answered and are not: an earlier answer may have brought them up since."""
    for question in shown_questions(step, answers):
        value = answers.get(question.id)
        blank = (question.must_be_answered and is_blank(value)) or any(
            child.must_be_answered and is_blank(item.get(child.id))
            for item in (value or [] if question.questions else [])
            for child in question.questions
            if child.takes_answer and is_shown(child, {**answers, **item})
        )
        if blank:
            yield question


def screens(step: Step, answers: Answers) -> list[Screen]:
    """Return the pages of a step, one question at a time; a step that only says something is one page."""
    return [Screen(step.id, question.id) for question in shown_questions(step, answers)] or [Screen(step.id)]
