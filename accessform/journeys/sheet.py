"""The sheet that a person prints at any time: answers, and room to write those that are missing. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accessform.answers.printed_values import printed
from accessform.journeys.document import dropping_hidden
from accessform.journeys.fields.explained import own_terms
from accessform.plain_language.glossary import WordExplained, words_explained
from accessform.plain_language.wording import ReadingLevel, Wording
from forms_catalog.definition import WITH_FILES, FormDefinition, Question, QuestionType

LINES_FOR_LONG_TEXT = 6
LINES = {QuestionType.LONG_TEXT: LINES_FOR_LONG_TEXT, QuestionType.ADDRESS: 3}
YES_OR_NO = frozenset({QuestionType.YES_NO, QuestionType.CHECKBOX})


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One question on paper. Where `printed` is empty, there is room to answer by hand.

    `blank` is "" (answered), "one" or "many" (boxes to tick, labels in `boxes`), "yes_no", "file" or "lines".
    `official` repeats the official wording where the label is another.
    """

    number: str
    label: str
    official: str
    printed: str
    required: bool
    blank: str = ""
    boxes: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    items: tuple[tuple["SheetEntry", ...], ...] = ()
    item: str = ""


@dataclass(frozen=True, slots=True)
class SheetStep:
    """One step on paper."""

    number: int
    title: str
    entries: tuple[SheetEntry, ...]


def build_sheet(definition: FormDefinition, answers: Mapping[str, Any], level: ReadingLevel) -> list[SheetStep]:
    """Return every step that these answers show; questions keep the number that they have on screen."""
    kept = dropping_hidden(definition, answers)
    numbers = definition.numbers()
    steps = []
    for place, step in enumerate(definition.steps, start=1):
        if step.show_when is None or step.show_when.holds(kept):
            entries = tuple(_entry(one, kept, kept, numbers, level) for one in _shown(step.questions, kept))
            if entries:
                steps.append(SheetStep(place, step.title.at(level), entries))
    return steps


def words_on_sheet(definition: FormDefinition, steps: list[SheetStep], level: ReadingLevel) -> list[tuple[str, str]]:
    """Return the words of the sheet's questions that are explained, each with its explanation, in reading order."""
    own = own_terms(definition)
    texts = (text for step in steps for entry in step.entries for text in _texts(entry))
    found: dict[str, WordExplained] = {}
    for word in (word for text in texts for word in words_explained(text, own)):
        found.setdefault(word.term.id, word)
    return [(word.title, word.term.at(level)) for word in found.values()]


def _texts(entry: SheetEntry) -> Iterator[str]:
    yield entry.label
    if entry.blank in {"one", "many"}:
        yield from entry.boxes
    for child in entry.items[0] if entry.items else ():
        yield from _texts(child)


def _shown(questions: tuple[Question, ...], scope: Mapping[str, Any]) -> Iterator[Question]:
    for question in questions:
        if question.takes_answer and (question.show_when is None or question.show_when.holds(scope)):
            yield question


def _entry(
    question: Question,
    given: Mapping[str, Any],
    scope: Mapping[str, Any],
    numbers: Mapping[str, str],
    level: ReadingLevel,
) -> SheetEntry:
    """Return one question with its answer, or with the room that its type needs."""
    value = given.get(question.id)
    written = "" if question.type is QuestionType.GROUP else printed(question, value, level)
    items: tuple[tuple[SheetEntry, ...], ...] = ()
    if question.type is QuestionType.GROUP:
        items = tuple(
            tuple(
                _entry(child, item, {**scope, **item}, numbers, level)
                for child in _shown(question.questions, {**scope, **item})
            )
            for item in value or [{}]
        )
    label = question.label.at(level)
    return SheetEntry(
        number=numbers[question.id],
        label=label,
        official=_official_if_other(question.label, label),
        printed=written,
        required=question.required,
        blank="" if written or items else _blank(question),
        boxes=tuple(choice.label.at(level) for choice in question.choices),
        lines=tuple(range(LINES.get(question.type, 1))),
        items=items,
        item=question.item.at(level) if question.item else label,
    )


def _official_if_other(wording: Wording, shown: str) -> str:
    return "" if wording.standard == shown else wording.standard


def _blank(question: Question) -> str:
    """Return what kind of room a missing answer needs."""
    if question.type in YES_OR_NO:
        return "yes_no"
    if question.type in WITH_FILES:
        return "file"
    return {QuestionType.SINGLE_CHOICE: "one", QuestionType.MULTIPLE_CHOICE: "many"}.get(question.type, "lines")
