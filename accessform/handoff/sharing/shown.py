"""The file as an agent reads it, and as the person saw it before agreeing: one function builds both. Pure.

It holds labels and answers in words, at the person's wording level, and nothing else: no difficulty, no help used,
no time spent, no answer that the scope hides, and no question that exists only because of one.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from accessform.answers.printed_values import is_blank, printed
from accessform.handoff.sharing.scope import Showing
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import FormDefinition, Question, Step


class RowState(StrEnum):
    """Whether an answer can be read, was not given, or is not shown."""

    ANSWERED = "answered"
    BLANK = "blank"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class SharedRow:
    """One question. `answer` is always in words: « pas de réponse » and « non montré » included."""

    question_id: str
    number: str
    label: str
    state: RowState
    answer: str = ""
    entries: tuple["SharedEntry", ...] = ()
    first: str = ""
    """Words over the answer where corrections stand beside it: that it is what was sent first."""
    later: tuple["SharedLater", ...] = ()


@dataclass(frozen=True, slots=True)
class SharedLater:
    """What a correction made of an answer after sending: who and when in words, and the answer as it then stands."""

    said: str
    answer: str
    entries: tuple["SharedEntry", ...] = ()


@dataclass(frozen=True, slots=True)
class SharedEntry:
    """One entry of a group: « Personne 1 »."""

    title: str
    rows: tuple[SharedRow, ...]


@dataclass(frozen=True, slots=True)
class SharedStep:
    """One step of the form."""

    id: str
    title: str
    rows: tuple[SharedRow, ...]


@dataclass(frozen=True, slots=True)
class SharedContent:
    """What is read: the form's title and its steps. The same for the person's preview and for the agent."""

    form_title: str
    level: ReadingLevel
    steps: tuple[SharedStep, ...]

    def rows(self) -> Iterator[SharedRow]:
        """Yield every row that stands for one answer, those of groups included."""
        for step in self.steps:
            for row in step.rows:
                if not row.entries:
                    yield row
                for entry in row.entries:
                    yield from entry.rows

    def count(self, state: RowState) -> int:
        """Return how many rows are in `state`."""
        return sum(row.state is state for row in self.rows())


@dataclass(frozen=True, slots=True)
class SharedFile:
    """What a reading gives: the content, when it was read, until when it may be, and whether the agent may write."""

    content: SharedContent
    read_at: dt.datetime
    until: dt.datetime
    may_write: bool

    @property
    def steps(self) -> tuple[SharedStep, ...]:
        """The steps shown."""
        return self.content.steps


@dataclass(frozen=True, slots=True)
class Printer:
    """Draws rows: what may be seen, the questions' numbers, and the wording level."""

    showing: Showing
    numbers: Mapping[str, str]
    level: ReadingLevel

    def say(self, name: str) -> str:
        """Return a text of this room at the level."""
        return interface.text(f"sharing.{name}", self.level)

    def row(self, question: Question, given: Mapping[str, Any], scope: Mapping[str, Any]) -> SharedRow:
        """Return one question: its answer, its absence, or that it is not shown, answered or not."""
        state, answer = RowState.HIDDEN, self.say("not_shown")
        entries: tuple[SharedEntry, ...] = ()
        if self.showing.shows(question):
            value = given.get(question.id)
            state = RowState.BLANK if is_blank(value) else RowState.ANSWERED
            answer = self.say("no_answer") if is_blank(value) else printed(question, value, self.level)
            if question.questions and not is_blank(value):
                answer, entries = "", tuple(self.entries(question, value, scope))
        return SharedRow(
            question.id, self.numbers.get(question.id, ""), question.label.at(self.level), state, answer, entries
        )

    def entries(self, group: Question, value: Any, scope: Mapping[str, Any]) -> Iterator[SharedEntry]:
        """Yield the entries of a group, each with what may be seen of it."""
        title = group.item.at(self.level) if group.item else group.label.at(self.level)
        for rank, item in enumerate(value, start=1):
            rows = tuple(
                self.row(child, item, {**scope, **item})
                for child in group.questions
                if child.takes_answer and self.showing.names(child) and _is_asked(child, {**scope, **item})
            )
            yield SharedEntry(f"{title} {rank}", rows)

    def step(self, step: Step, answers: Mapping[str, Any]) -> SharedStep:
        """Return a step with the questions that may be named."""
        rows = tuple(
            self.row(question, answers, answers)
            for question in step.questions
            if question.takes_answer and self.showing.names(question) and _is_asked(question, answers)
        )
        return SharedStep(step.id, step.title.at(self.level), rows)


def build_content(
    definition: FormDefinition,
    steps: tuple[Step, ...],
    answers: Mapping[str, Any],
    *,
    showing: Showing,
    level: ReadingLevel,
) -> SharedContent:
    """Return what may be seen of `answers` (those of shown questions, by id) on `steps` (the shown ones, in order)."""
    printer = Printer(showing, definition.numbers(), level)
    drawn = (printer.step(step, answers) for step in steps)
    return SharedContent(definition.title.at(level), level, tuple(step for step in drawn if step.rows))


def _is_asked(question: Question, answers: Mapping[str, Any]) -> bool:
    return question.show_when is None or question.show_when.holds(answers)
