"""The form of one step: built once for each version and step, read in the order of its questions."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from accessform.answers.printed_values import is_blank
from accessform.answers.refusals import Refused
from accessform.journeys.fields.explained import Explainer, WordsOfPage, own_terms
from accessform.journeys.fields.page import Page
from accessform.journeys.fields.question_field import QuestionField, question_words, refused
from accessform.journeys.fields.worded_field import WordedField
from accessform.journeys.models import UploadedFile
from accessform.journeys.path import is_shown
from accessform.journeys.typed import COUNT, SEEN, entry_count, html_name, item_name
from forms_catalog.definition import FormDefinition, Question, QuestionType, Step

Typed = Mapping[str, list[str]]


class StepForm(forms.Form):
    """Reads one step. `answers` holds what was accepted, `waiting` the questions not asked yet on any page.

    A question that an answer of the same page brings up was not on that page: it is never called missing;
    it waits for the next page.
    """

    step: ClassVar[Step]
    numbers: ClassVar[dict[str, str]]
    children: ClassVar[dict[str, dict[str, QuestionField]]]
    explainer: ClassVar[Explainer]
    bound_field_class = WordedField

    def __init__(  # noqa: PLR0913 - all by keyword, and all that a page is drawn from
        self,
        *,
        typed: Typed,
        earlier: Mapping[str, Any],
        stored: Mapping[str, Any],
        page: Page,
        today: dt.date,
        asked: frozenset[str] | None,
        files: Mapping[str, UploadedFile] | None = None,
        refused_files: Mapping[str, Refused] | None = None,
    ) -> None:
        """Prepare the form; it is read only where `asked`, the names of the fields that were on the page, is given."""
        self.typed = MultiValueDict(typed)
        super().__init__(data=self.typed if asked is not None else None)
        self.page = page
        self.words = WordsOfPage(self.explainer, page)
        self.today = today
        self.kept_files = files or {}
        self.refused_files = refused_files or {}
        self.asked = asked or frozenset()
        self.earlier = earlier
        self.known: dict[str, Any] = {**earlier, **stored}
        self.answers: dict[str, Any] = {}
        self.waiting: list[str] = []
        for group_id, children in self.children.items():
            for index in range(self.count(group_id)):
                for child_id, child in children.items():
                    self.fields[item_name(group_id, index, child_id)] = child

    def count(self, group_id: str) -> int:
        """Return how many entries a group has on this page."""
        return entry_count(self.question(group_id), dict(self.typed.lists()))

    def question(self, question_id: str) -> Question:
        """Return a question of this step."""
        return next(question for question in self.step.questions if question.id == question_id)

    def _clean_fields(self) -> None:
        self.known = dict(self.earlier)
        for question in self.step.questions:
            if not question.takes_answer or not is_shown(question, self.known):
                continue
            value = self._read_group(question) if question.questions else self._read(question.id, question)
            if not is_blank(value):
                self.known[question.id] = self.answers[question.id] = value

    def _read(self, name: str, top: Question) -> Any:
        """Return one accepted answer; a refusal is shown only where its question was on the page."""
        bound: WordedField = self[name]
        try:
            if name in self.refused_files:
                raise refused(self.refused_files[name])
            value = bound.field.read(bound.raw(), self.today)
        except ValidationError as refusal:
            if name in self.asked:
                self.add_error(name, refusal)
            elif top.id not in self.waiting:
                self.waiting.append(top.id)
            return None
        if name not in self.asked and self._never_seen(name, top):
            self.waiting.append(top.id)
        return value

    def _never_seen(self, name: str, top: Question) -> bool:
        return top.id not in self.waiting and name not in self.typed.getlist(SEEN)

    def _read_group(self, group: Question) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        for index in range(self.count(group.id)):
            item: dict[str, Any] = {}
            for child in group.questions:
                if child.takes_answer and is_shown(child, {**self.known, **item}):
                    value = self._read(item_name(group.id, index, child.id), group)
                    if not is_blank(value):
                        item[child.id] = value
            items.append(item)
        if not items and group.id not in self.asked and self._never_seen(group.id, group):
            self.waiting.append(group.id)
        return items

    def entries(self) -> Iterator[dict[str, Any]]:
        """Yield what the page shows, in order: texts, questions, groups; each with the words that it explains.

        What all documents of a page have in common (`limits_known`) is heard with the first one.
        """
        heard = False
        for entry in self._entries():
            self.words.explain(entry)
            yield {**entry, "limits_known": heard}
            heard = heard or entry["control"] == "files"

    def _entries(self) -> Iterator[dict[str, Any]]:
        kept: list[dict[str, Any]] = []
        for question in self.step.questions:
            if not is_shown(question, self.known):
                continue
            if not question.takes_answer:
                kept.append(self._text(question))
            elif self.page.holds(question):
                yield from kept
                kept = []
                yield self._group(question) if question.questions else self[question.id].view()
            else:
                kept = []
        yield from kept if self.page.only is None else ()

    def _text(self, question: Question) -> dict[str, Any]:
        words = question_words(question, self.page.level)
        return {
            "control": question.type.value,
            "id": question.id,
            "words": words,
            "official": words.official if self.page.shows_official(question) else "",
        }

    def _group(self, group: Question) -> dict[str, Any]:
        count, level = self.count(group.id), self.page.level
        return {
            "control": "group",
            "id": group.id,
            "number": self.numbers[group.id],
            "words": question_words(group, level),
            "required": group.required,
            "count": count,
            "count_name": group.id + COUNT,
            "item": group.item.at(level) if group.item else "",
            "next_place": count + 1,
            "entries": [self._item(group, index) for index in range(count)],
            "can_add": count < group.constraints.max_items,
            "can_remove": count > max(group.constraints.min_items, 1 if group.required else 0),
            "question": group,
        }

    def _item(self, group: Question, index: int) -> dict[str, Any]:
        stored = self.known.get(group.id) or []
        item = stored[index] if index < len(stored) else {}
        scope = {**self.known, **item}
        return {
            "index": index,
            "place": index + 1,
            "views": [
                self[item_name(group.id, index, child.id)].view()
                for child in group.questions
                if child.takes_answer and is_shown(child, scope)
            ],
        }

    def problems(self) -> list[dict[str, Any]]:
        """Return each refusal with the control it links to, in the order of the page."""
        found = []
        for name in self.fields:
            bound: WordedField = self[name]
            problem = bound.problem()
            if problem:
                part = (problem.params or {}).get("part", "")
                words = bound.field.words(self.page.level)
                found.append(
                    {
                        "target": html_name(name, part) if part else bound.first_control(),
                        "label": words.label,
                        "number": bound.field.number,
                        "message": bound.said(problem),
                        "unsaid": bound.is_unsaid(problem),
                        "question": bound.field.question.id,
                        "code": problem.code or "invalid",
                    }
                )
        return found


_CLASSES: dict[tuple[str, str], type[StepForm]] = {}


def step_form_class(digest: str, definition: FormDefinition, step: Step) -> type[StepForm]:
    """Return the form class of a step, compiled once for each (version, step) of this process."""
    key = (digest, step.id)
    if key not in _CLASSES:
        _CLASSES[key] = _compile(definition, step)
    return _CLASSES[key]


def _compile(definition: FormDefinition, step: Step) -> type[StepForm]:
    numbers = definition.numbers()
    asked = [question for question in step.questions if question.takes_answer]
    plain = {q.id: QuestionField(q, numbers.get(q.id, "")) for q in asked if q.type is not QuestionType.GROUP}
    groups = [question for question in asked if question.type is QuestionType.GROUP]
    children = {
        group.id: {
            child.id: QuestionField(child, numbers.get(child.id, "")) for child in group.questions if child.takes_answer
        }
        for group in groups
    }
    explainer = Explainer(own_terms(definition))
    attributes = {"step": step, "numbers": numbers, "children": children, "explainer": explainer, **plain}
    return type(f"StepForm_{step.id}", (StepForm,), attributes)
