"""What a submission says now: the original answers with the corrections after them, in order. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accessform.answers.printed_values import is_blank
from accessform.journeys.document import FileFacts, build_document, dropping_hidden
from accessform.journeys.path import JourneyPath, journey_path, shown_questions, unanswered
from forms_catalog.definition import FormDefinition, Question

Entry = dict[str, Any]
Entries = dict[str, Entry]


@dataclass(frozen=True, slots=True)
class Change:
    """One question before and after, as entries of the document; None where it is not asked."""

    question_id: str
    before: Entry | None
    after: Entry | None

    @property
    def entry(self) -> Entry:
        """The entry that names the question."""
        return self.after or self.before or {}


def entries_of(document: Mapping[str, Any]) -> Entries:
    """Return the document's questions by id, groups whole."""
    return {entry["id"]: entry for step in document["steps"] for entry in step["questions"]}


def folded(entries: Entries, corrected: Iterable[tuple[str, Entry | None]]) -> Entries:
    """Return `entries` with later ones in their place; None takes a question away."""
    result = dict(entries)
    for question_id, after in corrected:
        if after is None:
            result.pop(question_id, None)
        else:
            result[question_id] = after
    return result


def answers_in(entries: Entries) -> dict[str, Any]:
    """Return question id → canonical value, without blanks."""
    return {name: entry["value"] for name, entry in entries.items() if not is_blank(entry["value"])}


def with_changes(current: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers as `changed` leaves them; a blank empties."""
    return {name: value for name, value in {**current, **changed}.items() if not is_blank(value)}


def changes_between(
    definition: FormDefinition, entries: Entries, answers: Mapping[str, Any], files: FileFacts
) -> list[Change]:
    """Return what sending `answers` would change of `entries`, in the order of the form.

    Answers that a condition now hides go, and questions that it brings up come.
    """
    after = entries_of(build_document(definition, dropping_hidden(definition, answers), files=files))
    order = [question.id for step in definition.steps for question in step.questions]
    found = []
    for name in order:
        before, now = entries.get(name), after.get(name)
        if (before or {}).get("value") != (now or {}).get("value") or (before is None) != (now is None):
            found.append(Change(name, before, now))
    return found


def waiting_questions(
    definition: FormDefinition, current: Mapping[str, Any], chosen: Iterable[str], changed: Mapping[str, Any]
) -> Iterator[Question]:
    """Yield the questions to ask still, in order: those chosen, and those that a changed answer brings up."""
    before, after = _path(definition, current), _path(definition, with_changes(current, changed))
    asked_before, lacking_before = _shown(before), _lacking(before)
    lacking_now, wanted = _lacking(after), set(chosen)
    for question in _shown(after).values():
        is_new = question.id in wanted or question.id not in asked_before
        is_lacking = question.id in lacking_now and question.id not in lacking_before
        if (is_new and question.id not in changed) or is_lacking:
            yield question


def shown_ids(definition: FormDefinition, answers: Mapping[str, Any]) -> list[str]:
    """Return the ids of the questions that these answers ask, in order."""
    return list(_shown(_path(definition, answers)))


def _path(definition: FormDefinition, answers: Mapping[str, Any]) -> JourneyPath:
    return journey_path(definition.steps, answers)


def _shown(path: JourneyPath) -> dict[str, Question]:
    return {question.id: question for step in path.steps for question in shown_questions(step, path.answers)}


def _lacking(path: JourneyPath) -> set[str]:
    return {question.id for step in path.steps for question in unanswered(step, path.answers)}
