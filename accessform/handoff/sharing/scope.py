"""Which questions a consent shows. Pure.

A question that asks something only because of a hidden answer would tell that answer by standing there: it is left
out altogether, unless the person chose it by name.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from accessform.plain_language.wording import Wording
from forms_catalog.conditions import Condition
from forms_catalog.definition import ALWAYS_SENSITIVE, Question, Step

ALL_BUT_SENSITIVE = "all_but_sensitive"
CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Choosable:
    """One line of « Choisir »: an answer that may be shown. Questions of a group come one by one."""

    question: Question
    group: Question | None = None

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    @property
    def label(self) -> Wording:
        """The question's own label."""
        return self.question.label


@dataclass(frozen=True, slots=True)
class Showing:
    """What of a form may be seen: `hidden` ids are named without their answer, `secret` ones not even named."""

    hidden: frozenset[str]
    secret: frozenset[str]

    def names(self, question: Question) -> bool:
        """Tell whether a question's label may be seen."""
        return question.id not in self.secret

    def shows(self, question: Question) -> bool:
        """Tell whether an answer may be seen; a group where one of its questions may."""
        if question.questions:
            return any(self.shows(child) for child in question.questions if child.takes_answer)
        return question.id not in self.hidden and question.id not in self.secret


def is_sensitive(question: Question, group: Question | None = None) -> bool:
    """Tell whether an answer is sensitive: the form's author says so, of it or of its group, or its type does."""
    return question.sensitive or question.type in ALWAYS_SENSITIVE or bool(group and group.sensitive)


def list_choosable(questions: Iterable[Question]) -> list[Choosable]:
    """Return every answer to these questions that may be shown, in their order."""
    return [found for question in questions for found in _choosable(question)]


def list_shown_ids(steps: Iterable[Step], *, scope: str, chosen: Collection[str]) -> frozenset[str]:
    """Return the ids that a scope shows, conditions left aside. Raises ValueError for a scope that is none."""
    every = list_choosable(_questions(steps))
    if scope == ALL_BUT_SENSITIVE:
        return frozenset(found.id for found in every if not is_sensitive(found.question, found.group))
    if scope == CHOSEN:
        return frozenset(found.id for found in every if found.id in chosen)
    raise ValueError(f"{scope!r} is no scope")


def read_showing(steps: Iterable[Step], *, scope: str, chosen: Collection[str]) -> Showing:
    """Return what of a form's steps a scope lets see."""
    steps = tuple(steps)
    shown = list_shown_ids(steps, scope=scope, chosen=chosen)
    by_name = shown if scope == CHOSEN else frozenset()
    hidden = {found.id for found in list_choosable(_questions(steps))} - shown
    hidden |= {question.id for question in _groups(steps) if not {child.id for child in question.questions} & shown}
    secret: set[str] = set()
    for step in steps:
        of_step = _looks_at(step.show_when, hidden | secret)
        for question in step.questions:
            of_question = of_step or _looks_at(question.show_when, hidden | secret)
            for each in (question, *question.questions):
                if each.id not in by_name and (of_question or _looks_at(each.show_when, hidden | secret)):
                    secret.add(each.id)
    for group in _groups(steps):
        if {child.id for child in group.questions} & by_name:
            secret.discard(group.id)
    return Showing(frozenset(hidden), frozenset(secret))


def _choosable(question: Question) -> Iterator[Choosable]:
    if question.questions:
        yield from (Choosable(child, question) for child in question.questions if child.takes_answer)
    elif question.takes_answer:
        yield Choosable(question)


def _questions(steps: Iterable[Step]) -> Iterator[Question]:
    yield from (question for step in steps for question in step.questions)


def _groups(steps: Iterable[Step]) -> Iterator[Question]:
    yield from (question for question in _questions(steps) if question.questions)


def _looks_at(condition: Condition | None, ids: Collection[str]) -> bool:
    return condition is not None and any(looked_at in ids for looked_at in condition.questions())
