"""What is sent: the questions that were shown, in official wording, with their answers. Pure.

The document is frozen with the submission and is all that receipt, export and webhook read. It never says at which
reading level, size or voice a person answered: no officer may learn who needed what.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from accessform.answers.printed_values import is_blank, printed
from forms_catalog.definition import (
    WITH_FILES,
    FormDefinition,
    Question,
    QuestionType,
    Service,
    Step,
)

__all__ = ["all_entries", "build_document", "dropping_hidden", "printed", "service_for"]

DOCUMENT_FORMAT = 1

FileFacts = Mapping[str, Mapping[str, Any]]


def build_document(
    definition: FormDefinition,
    answers: Mapping[str, Any],
    *,
    files: FileFacts | None = None,
    filled_for: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the document of `answers` (question id → canonical value), ready for JSON.

    `files` gives each uploaded file's facts by its id: {"name", "content_type", "size"}; a file it does not know is
    left out. Questions whose condition does not hold are absent, and so are answers that were given to them before.
    """
    numbers = definition.numbers()
    kept = dropping_hidden(definition, answers)
    steps = []
    for place, step in enumerate(definition.steps, start=1):
        entries = [_entry(question, kept, numbers, files or {}) for question in _asked(step, kept)]
        if entries:
            steps.append(
                {
                    "id": step.id,
                    "number": place,
                    "title": step.title.standard,
                    "questions": entries,
                }
            )
    return {
        "format": DOCUMENT_FORMAT,
        "form": {
            "slug": definition.slug,
            "title": definition.title.standard,
            "reference": definition.reference,
        },
        "filled_for": dict(filled_for or {}),
        "steps": steps,
    }


def dropping_hidden(definition: FormDefinition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers of shown questions only, so that a hidden answer shows nothing further on."""
    kept: dict[str, Any] = {}
    for step in definition.steps:
        for question in _asked(step, kept):
            value = answers.get(question.id)
            if not is_blank(value):
                kept[question.id] = _items_kept(question, value, kept) if question.questions else value
    return kept


def service_for(services: tuple[Service, ...], answers: Mapping[str, Any]) -> Service:
    """Return the service for these answers: the first whose condition holds, else one without any, else the first."""
    matching = [service for service in services if service.show_when and service.show_when.holds(answers)]
    general = [service for service in services if service.show_when is None]
    return (matching or general or list(services))[0]


def all_entries(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each entry of a document, those inside groups after their group."""
    for step in document["steps"]:
        for entry in step["questions"]:
            yield entry
            for item in entry.get("items", ()):
                yield from item


def _asked(step: Step, known: Mapping[str, Any]) -> Iterator[Question]:
    """Yield a step's shown questions; reads `known` lazily, so that earlier answers of the same step count."""
    if step.show_when is None or step.show_when.holds(known):
        for question in step.questions:
            if question.takes_answer and (question.show_when is None or question.show_when.holds(known)):
                yield question


def _items_kept(group: Question, items: Any, outer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a group's entries without what their own conditions hide."""
    kept_items = []
    for item in items:
        kept: dict[str, Any] = {}
        for child in group.questions:
            shown = child.show_when is None or child.show_when.holds({**outer, **kept})
            if child.takes_answer and shown and not is_blank(item.get(child.id)):
                kept[child.id] = item[child.id]
        kept_items.append(kept)
    return kept_items


def _entry(
    question: Question,
    kept: Mapping[str, Any],
    numbers: Mapping[str, str],
    files: FileFacts,
) -> dict[str, Any]:
    """Return one question with its answer; `value` is None where there is none."""
    value = kept.get(question.id)
    entry = {
        "id": question.id,
        "number": numbers[question.id],
        "label": question.label.standard,
        "type": question.type.value,
        "value": value,
        "printed": printed(question, value),
    }
    if question.type is QuestionType.GROUP:
        entry["item"] = question.item.standard if question.item else None
        entry["items"] = [_item(question, item, kept, numbers, files) for item in value or []]
    if question.type in WITH_FILES:
        entry["files"] = _files(value, files)
    return entry


def _item(
    group: Question,
    item: Mapping[str, Any],
    kept: Mapping[str, Any],
    numbers: Mapping[str, str],
    files: FileFacts,
) -> list[dict[str, Any]]:
    scope = {**kept, **item}
    return [
        _entry(child, item, numbers, files)
        for child in group.questions
        if child.takes_answer and (child.show_when is None or child.show_when.holds(scope))
    ]


def _files(value: Any, files: FileFacts) -> list[dict[str, Any]]:
    """Return the facts of the files that an answer names, in its order."""
    if not isinstance(value, Mapping) or value.get("how") != "now":
        return []
    named = [str(name) for name in value.get("files") or []]
    return [{"id": name, **files[name]} for name in named if name in files]
