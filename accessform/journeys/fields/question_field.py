"""One question as a Django form field: compiled once, never changed, shared by every request."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accessform.answers.refusals import Refused, is_blank
from accessform.journeys.fields.kinds import KINDS, Kind
from accessform.journeys.typed import html_name
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import WITH_FILES, Question, QuestionType


@dataclass(frozen=True)
class QuestionWords:
    """A question's texts at one reading level; "" where the form says nothing."""

    label: str
    hint: str
    help: str
    example: str
    why: str
    official: str


class QuestionWidget(forms.Widget):
    """Reads the parts of an answer out of what was posted; templates/journeys/field.html draws them."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.part_names = kind.part_names()

    def __deepcopy__(self, memo: dict[int, Any]) -> "QuestionWidget":
        return self

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, list[str]]:
        """Return part → values; `data` is a QueryDict or a MultiValueDict of what was typed."""
        return {part: data.getlist(html_name(name, part)) for part in self.part_names}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell whether no part was posted, as for an unticked box."""
        return not any(html_name(name, part) in data for part in self.part_names)


class QuestionField(forms.Field):
    """Cleans to the question's canonical value, or None where it is blank and may be."""

    def __init__(self, question: Question, number: str) -> None:
        self.question = question
        self.number = number
        self.kind = KINDS[question.type]
        self._words: dict[ReadingLevel, QuestionWords] = {}
        super().__init__(required=question.must_be_answered, widget=QuestionWidget(self.kind))

    def __deepcopy__(self, memo: dict[int, Any]) -> "QuestionField":
        return self

    def read(self, raw: Mapping[str, list[str]], today: dt.date) -> Any:
        """Return the canonical value of what was typed; raises ValidationError (code, params["part"])."""
        if is_blank(raw):
            if self.required:
                raise ValidationError(self._required_code(), code=self._required_code(), params={"part": ""})
            return None
        try:
            return self.kind.read(self.question, raw, today)
        except Refused as refusal:
            raise refused(refusal) from refusal

    def _required_code(self) -> str:
        if self.question.type is QuestionType.CHECKBOX:
            return "required_box"
        if self.question.type in WITH_FILES:
            return "file_law"
        if self.kind.control == "some_of":
            return "required_some"
        return "required_choice" if self.kind.control in {"one_of", "listed"} else "required"

    def words(self, level: ReadingLevel) -> QuestionWords:
        """Return the question's texts at `level`, chosen once."""
        if level not in self._words:
            self._words[level] = question_words(self.question, level)
        return self._words[level]


def refused(refusal: Refused) -> ValidationError:
    """Return a refusal as Django's forms carry it."""
    return ValidationError(refusal.code, code=refusal.code, params={**refusal.details, "part": refusal.part})


def question_words(question: Question, level: ReadingLevel) -> QuestionWords:
    """Return a question's texts at `level`."""
    return QuestionWords(
        label=question.label.at(level),
        hint=question.hint.at(level) if question.hint else "",
        help=question.help.at(level) if question.help else "",
        example=question.example or "",
        why=question.why.at(level) if question.why else "",
        official="" if question.label.level_served(level) is ReadingLevel.STANDARD else question.label.standard,
    )
