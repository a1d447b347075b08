"""Corrections and requests as pages say them, at one reading level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from accessform.answers.printed_values import date_in_words, moment_in_words, printed
from accessform.journeys.corrections.desk import Correcting
from accessform.journeys.corrections.folding import Change, Entry
from accessform.journeys.corrections.reading import SentCorrection, sent_corrections
from accessform.journeys.corrections.requests import open_requests
from accessform.journeys.models import CorrectionRequest, Corrector, Submission
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import FormDefinition, Question

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One answer before and after, in words; "" where there is none."""

    question_id: str
    number: str
    label: str
    before: str
    after: str
    asked_no_more: bool = False


@dataclass(frozen=True, slots=True)
class AskedLine:
    """What the service asks, as the person reads it."""

    id: str
    asked_by: str
    asked: str
    due: str
    is_piece: bool
    words: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentLine:
    """One correction that was sent: when, by whom, what."""

    moment: str
    who: str
    changes: tuple[ChangeLine, ...]


def answer_in_words(question: Question | None, entry: Entry | None, level: ReadingLevel) -> str:
    """Return an entry's answer in words, files by name, a group's entries one a line; "" where there is none."""
    if entry is None:
        return ""
    if "items" in entry:
        lines = [_item_line(question, item, level) for item in entry["items"]]
        return "\n".join(f"{rank}. {line}" for rank, line in enumerate(lines, start=1))
    said = printed(question, entry["value"], level) if question else entry["printed"]
    names = ", ".join(file["name"] for file in entry.get("files", ()))
    return f"{said} ({names})" if names else str(said)


def change_lines(changes: Iterable[Change], definition: FormDefinition, level: ReadingLevel) -> list[ChangeLine]:
    """Return changes in words at one level."""
    questions = {question.id: question for question in definition.questions()}
    return [_change_line(change, questions.get(change.question_id), level) for change in changes]


def asked_lines(
    requests: Iterable[CorrectionRequest], definition: FormDefinition, level: ReadingLevel
) -> list[AskedLine]:
    """Return requests in words at one level; the agent's own words stay as written."""
    labels = {question.id: question.label.at(level) for question in definition.questions()}
    return [
        AskedLine(
            id=str(row.pk),
            asked_by=row.asked_by,
            asked=moment_in_words(row.asked_at.astimezone(PARIS)),
            due=date_in_words(row.due_on) if row.due_on else "",
            is_piece=row.kind == "piece",
            words=row.words,
            questions=tuple(labels[name] for name in row.questions if name in labels),
        )
        for row in requests
    ]


def open_lines(submission: Submission, level: ReadingLevel) -> list[AskedLine]:
    """Return what the service waits for, in words."""
    return asked_lines(open_requests(submission), submission.journey.version.definition, level)


def sent_lines(submission: Submission, level: ReadingLevel) -> list[SentLine]:
    """Return the corrections of a submission in words, the first sent first."""
    definition = submission.journey.version.definition
    return [_sent_line(sent, definition, level) for sent in sent_corrections(submission)]


def choice_sections(correcting: Correcting, ticked: set[str]) -> list[dict[str, Any]]:
    """Return each step with the answers that may be corrected, as they stand."""
    offered, level = set(correcting.offered()), correcting.place.level
    numbers = correcting.definition.numbers()
    sections = []
    for step in correcting.definition.steps:
        lines = [
            {
                "id": question.id,
                "number": numbers.get(question.id, ""),
                "label": question.label.at(level),
                "answer": answer_in_words(question, correcting.entries.get(question.id), level),
                "ticked": question.id in ticked,
            }
            for question in step.questions
            if question.id in offered
        ]
        if lines:
            sections.append({"id": step.id, "title": step.title.at(level), "lines": lines})
    return sections


def _change_line(change: Change, question: Question | None, level: ReadingLevel) -> ChangeLine:
    entry = change.entry
    return ChangeLine(
        question_id=change.question_id,
        number=entry.get("number", ""),
        label=question.label.at(level) if question else entry.get("label", ""),
        before=answer_in_words(question, change.before, level),
        after=answer_in_words(question, change.after, level),
        asked_no_more=change.after is None,
    )


def _sent_line(sent: SentCorrection, definition: FormDefinition, level: ReadingLevel) -> SentLine:
    row = sent.row
    return SentLine(
        moment=moment_in_words(row.sent_at.astimezone(PARIS)),
        who=interface.text(f"corrections.by_{Corrector(row.by).value}", level, desk=row.desk),
        changes=tuple(change_lines(sent.changes, definition, level)),
    )


def _item_line(group: Question | None, item: Sequence[Entry], level: ReadingLevel) -> str:
    children = {child.id: child for child in group.questions} if group else {}
    told = [answer_in_words(children.get(entry["id"]), entry, level) for entry in item]
    return ", ".join(words for words in told if words)
