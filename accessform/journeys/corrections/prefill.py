"""An answer that was sent, put back into the fields of its question. Pure."""

from typing import Any

from accessform.answers.printed_values import is_blank
from accessform.journeys.by_voice.typed_value import typed_parts
from accessform.journeys.typed import COUNT, FILES, HOW, Typed, html_name, item_name
from forms_catalog.definition import WITH_FILES, Question


def typed_again(question: Question, value: Any) -> Typed:
    """Return what would be typed to give `value`, by HTML name; nothing where it is blank."""
    if is_blank(value):
        return {}
    return _group(question, value) if question.questions else _parts(question, question.id, value)


def _group(group: Question, items: list[dict[str, Any]]) -> Typed:
    typed: Typed = {group.id + COUNT: [str(len(items))]}
    for index, item in enumerate(items):
        for child in group.questions:
            if not is_blank(item.get(child.id)):
                typed |= _parts(child, item_name(group.id, index, child.id), item[child.id])
    return typed


def _parts(question: Question, name: str, value: Any) -> Typed:
    if question.type in WITH_FILES:
        return {name + HOW: [value["how"]], name + FILES: [str(file) for file in value.get("files") or []]}
    return {html_name(name, part): values for part, values in typed_parts(question.type, value).items()}
