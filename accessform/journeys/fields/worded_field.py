"""A field of one page, said at one person's reading level: the seam where wording adapts (Form.bound_field_class)."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from accessform.answers.choices import CIVILITIES, NO, YES
from accessform.answers.ways import ways_open
from accessform.journeys.fields.kinds import Part
from accessform.journeys.fields.page import DrawnForm
from accessform.journeys.fields.question_field import QuestionField
from accessform.journeys.typed import HOW, html_name
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel, Wording
from forms_catalog.definition import ALWAYS_SENSITIVE, ErrorTexts, QuestionType

OWN_WORDS = {
    "required": "required",
    "required_box": "required",
    "required_some": "required",
    "required_choice": "required",
    "too_low": "too_low",
    "date_too_early": "too_low",
    "too_high": "too_high",
    "date_too_late": "too_high",
    "too_long": "too_long",
}
"""Refusal → which of a form's own error texts replaces ours; the others are `invalid`, where the form says one."""

ASKING = frozenset({"date_two_digit_year", "number_two_readings", "commune_several", "commune_elsewhere"})
"""Refusals that ask rather than correct: a form's general « invalid » would say the wrong thing."""

QUOTING = frozenset({"name", "first", "second", "comma", "without"})
"""Details of a refusal that repeat the answer, or the name of its document."""


class WordedField(BoundField):
    """What a template needs to draw one question."""

    form: DrawnForm
    field: QuestionField

    def raw(self) -> dict[str, list[str]]:
        """Return what was typed, part by part."""
        return self.field.widget.value_from_datadict(self.form.typed, None, self.name)

    def problem(self) -> ValidationError | None:
        """Return why the answer was refused, if it was."""
        errors = self.form.errors.get(self.name) if self.form.is_bound else None
        return errors.as_data()[0] if errors else None

    def first_control(self) -> str:
        """Return the id of the control where an answer begins."""
        return html_name(self.name, self.field.kind.part_names()[0])

    def view(self) -> dict[str, Any]:
        """Return every value that templates/journeys/field.html draws."""
        question, page = self.field.question, self.form.page
        in_plain_words = question.id in page.error_help
        words = self.field.words(page.level)
        problem = self.problem()
        part = (problem.params or {}).get("part", "") if problem else ""
        view = {
            "question": question,
            "id": self.name,
            "name": self.name,
            "number": self.field.number,
            "words": words,
            "kind": self.field.kind,
            "control": self.field.kind.control,
            "required": question.required,
            "example": words.example or (in_plain_words and default_example(question.type, page.level)) or "",
            "help_open": bool(words.help)
            and (in_plain_words or question.id == page.help_open or self._helps_to_choose()),
            "advice": interface.text("journeys.choice_advice", page.level) if self._explains_options() else "",
            "accepted": accepted_ways(question.type, page.level) if page.tolerant_input else "",
            "inputmode": "text" if page.tolerant_input and self.field.kind.reads_signs else self.field.kind.inputmode,
            "official": words.official if page.shows_official(question) else "",
            "help_asked": question.id == page.help_open,
            "error": self.said(problem) if problem else "",
            "error_unsaid": problem is not None and self.is_unsaid(problem),
            "error_part": part,
            "autocomplete": self._autocomplete(),
        }
        view["described"] = _described(view)
        view |= self._control(view)
        return view

    def said(self, problem: ValidationError) -> str:
        """Say a refusal: what happened, how to mend it, and an example where there is one."""
        question, page = self.field.question, self.form.page
        level = ReadingLevel.EASY if question.id in page.error_help else page.level
        code, details = problem.code or "required", problem.params or {}
        own = own_words(question.errors, code)
        message = own.at(level) if own else interface.text(f"answers.{code}", level, **details)
        example = self.field.words(level).example or default_example(question.type, level)
        return f"{message} {interface.text('answers.example', level, example=example)}" if example else message

    def is_unsaid(self, problem: ValidationError) -> bool:
        """Tell whether a refusal quotes a sensitive answer: it is written, and never read aloud."""
        top = next(asked for asked in self.form.step.questions if asked.id == self.name.partition("-")[0])
        is_sensitive = top.sensitive or self.field.question.sensitive or self.field.question.type in ALWAYS_SENSITIVE
        return is_sensitive and not QUOTING.isdisjoint(problem.params or {})

    def _autocomplete(self) -> str:
        """Return the HTML token: the form's own, else the type's; none for another person's data."""
        question = self.field.question
        if self.form.page.for_another or "-" in self.name:
            return "off"
        return question.autocomplete or self.field.kind.autocomplete

    def _control(self, view: dict[str, Any]) -> dict[str, Any]:
        """Return what the control itself shows: value, options or parts."""
        raw, kind = self.raw(), self.field.kind
        chosen = raw.get("", [])
        value = chosen[0] if chosen else ""
        if kind.control in {"one_of", "some_of"}:
            return {"value": value, "options": list(self._options(chosen))}
        if kind.control == "listed":
            listed = kind.options() if kind.options else {}
            return {
                "value": value,
                "options": [{"key": k, "label": n, "checked": k == value} for k, n in listed.items()],
            }
        if kind.control == "files":
            return self._files(raw)
        if kind.control == "parts":
            return {"value": "", "parts": [self._part(part, raw, view) for part in kind.parts]}
        return {"value": value, "checked": bool(value)}

    def _helps_to_choose(self) -> bool:
        """Whether this is a question with answers proposed, and the person wants help to choose."""
        return self.form.page.choice_help and self.field.kind.control in {"one_of", "some_of", "listed"}

    def _explains_options(self) -> bool:
        """Whether the answers proposed are the form's own; yes, no and courtesy titles need no explanation."""
        return self._helps_to_choose() and bool(self.field.question.choices)

    def _options(self, chosen: list[str]) -> Iterator[dict[str, Any]]:
        level = self.form.page.level
        meanings = option_meanings(self.field, level) if self._explains_options() else {}
        for rank, (key, label, help_text) in enumerate(options_of(self.field, level), start=1):
            yield {
                "id": self.name if rank == 1 else f"{self.name}-{rank}",
                "key": key,
                "label": label,
                "help": meanings.get(key, help_text),
                "checked": key in chosen,
            }

    def _files(self, raw: dict[str, list[str]]) -> dict[str, Any]:
        """Return the ways that are open, the only one chosen already, and the documents that are already here."""
        level, kept, offered = self.form.page.level, self.form.kept_files, ways_open(self.field.question)
        how = offered[0] if len(offered) == 1 else (raw["how"] or [""])[0]
        here = [kept[file_id] for file_id in raw["files"] if file_id in kept]
        ways = [
            {
                "id": self.name + HOW if rank == 0 else f"{self.name}{HOW}-{way}",
                "key": way,
                "label": interface.text(f"journeys.way_{way}", level),
                "checked": way == how,
            }
            for rank, way in enumerate(offered)
        ]
        return {
            "value": how,
            "options": ways,
            "files": [{"id": str(row.pk), "name": row.name, "kilobytes": -(-row.size // 1024)} for row in here],
            "room": self.field.question.constraints.max_files - len(here),
        }

    def _part(self, part: Part, raw: dict[str, list[str]], view: dict[str, Any]) -> dict[str, Any]:
        typed = raw[part.name]
        refused = bool(view["error"]) and view["error_part"] in {part.name, ""}
        token = part.autocomplete if view["autocomplete"] != "off" else "off"
        return {
            "id": html_name(self.name, part.name),
            "name": html_name(self.name, part.name),
            "label": interface.text(
                f"journeys.part_{self.field.question.type}_{part.name or 'name'}", self.form.page.level
            ),
            "value": typed[0] if typed else "",
            "autocomplete": token,
            "inputmode": part.inputmode,
            "short": part.short,
            "required": self.field.required and not part.optional,
            "refused": refused and (bool(view["error_part"]) or not part.optional),
        }


def options_of(field: QuestionField, level: ReadingLevel) -> Iterator[tuple[str, str, str]]:
    """Yield key, label and help of each option of a closed question."""
    question = field.question
    if question.type is QuestionType.YES_NO:
        for key in (YES, NO):
            yield key, interface.text(f"journeys.{'yes' if key == YES else 'no'}", level), ""
    elif question.type is QuestionType.CIVILITY:
        for key in CIVILITIES:
            yield key, interface.text(f"journeys.civility_{key}", level), ""
    else:
        for choice in question.choices:
            yield choice.key, choice.label.at(level), choice.help.at(level) if choice.help else ""


def option_meanings(field: QuestionField, level: ReadingLevel) -> dict[str, str]:
    """Return what each option means in the easiest words: its easy label where another one is shown, its easy help."""
    easy = {key: (label, help_text) for key, label, help_text in options_of(field, ReadingLevel.EASY)}
    meanings = {}
    for key, label, help_text in options_of(field, level):
        easy_label, easy_help = easy[key]
        said = [easy_label if easy_label != label else "", easy_help or help_text]
        meanings[key] = " – ".join(text for text in said if text)
    return meanings


def accepted_ways(kind: QuestionType, level: ReadingLevel) -> str:
    """Return the ways of writing that are all read, "" where an answer of that type has no form of its own."""
    name = f"answers.accepted_{kind}"
    return interface.text(name, level) if name in interface.texts() else ""


def own_words(texts: ErrorTexts, code: str) -> Wording | None:
    """Return the form's own text for a refusal, None where ours is said."""
    name = OWN_WORDS.get(code, "" if code in ASKING else "invalid")
    return getattr(texts, name) if name else None


def default_example(kind: QuestionType, level: ReadingLevel) -> str:
    """Return an example of an answer of that type, "" where its form is free."""
    name = f"answers.example_{kind}"
    return interface.text(name, level) if name in interface.texts() else ""


def _described(view: dict[str, Any]) -> str:
    """Return the ids that describe the control, the error first."""
    shown = [
        ("error", view["error"]),
        ("official", view["official"]),
        ("hint", view["words"].hint),
        ("example", view["example"]),
        ("accepted", view["accepted"]),
        ("advice", view["advice"]),
        ("help", view["help_open"]),
    ]
    return " ".join(f"{view['id']}-{name}" for name, text in shown if text)
