"""Corrections made after sending, beside what was sent first, for the answers that a consent shows. Pure.

A hidden answer says nothing here either: not that it was corrected, nor what a correction of it brought up.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from accessform.handoff.sharing.shown import Printer, RowState, SharedContent, SharedLater, SharedRow, SharedStep
from forms_catalog.definition import Question, Step


@dataclass(frozen=True, slots=True)
class Later:
    """One correction: who sent it and when, in words, and the answers on both sides of it."""

    said: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    changed: frozenset[str]
    dropped: frozenset[str]
    """The questions that it makes pointless: asked no more."""


def add_corrections(
    content: SharedContent, steps: Iterable[Step], printer: Printer, corrections: Sequence[Later]
) -> SharedContent:
    """Return `content` with each correction beside the answer that it changes, first sent first.

    `steps` are all of the form's. A question that only a correction brought up stands at its place, with its answer as
    a correction.
    """
    kept = {step.id: {row.question_id: row for row in step.rows} for step in content.steps}
    drawn = (
        SharedStep(
            step.id, step.title.at(printer.level), tuple(_rows(step, kept.get(step.id, {}), printer, corrections))
        )
        for step in steps
    )
    return replace(content, steps=tuple(step for step in drawn if step.rows))


def _rows(
    step: Step, kept: Mapping[str, SharedRow], printer: Printer, corrections: Sequence[Later]
) -> Iterator[SharedRow]:
    for question in step.questions:
        row = kept.get(question.id)
        later = tuple(_list_later(question, printer, corrections)) if question.takes_answer else ()
        if row is not None:
            yield replace(row, first=printer.say("sent_first"), later=later) if later else row
        elif later:
            yield replace(printer.row(question, {}, {}), answer=printer.say("not_asked_then"), later=later)


def _list_later(question: Question, printer: Printer, corrections: Sequence[Later]) -> Iterator[SharedLater]:
    if not (printer.showing.names(question) and printer.showing.shows(question)):
        return
    for each in corrections:
        if question.id in each.dropped:
            yield SharedLater(each.said, printer.say("asked_no_more"))
        elif question.id in each.changed:
            was, now = (printer.row(question, answers, answers) for answers in (each.before, each.after))
            if was != now or now.state is RowState.BLANK:
                yield SharedLater(each.said, now.answer, now.entries)
