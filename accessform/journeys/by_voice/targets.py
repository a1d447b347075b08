"""What a page asks for in words, in order: its question, or those of a group's entries, then whether to add one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from accessform.answers.choices import CIVILITIES
from accessform.answers.refusals import is_blank
from accessform.journeys.fields.question_field import QuestionField
from accessform.journeys.forms import StepForm
from accessform.journeys.path import is_shown
from accessform.journeys.typed import item_name
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from accessform.speech.dialogue.states import Asked
from forms_catalog.definition import ALWAYS_SENSITIVE, Question, QuestionType

MORE = "-more"
WRITTEN_FIRST = frozenset({QuestionType.EMAIL, QuestionType.IBAN, QuestionType.NIR})
"""Types that are typed more surely than said (design 5, rule 6); names are told by their autofill token."""
NAMES = frozenset({"name", "given-name", "family-name", "additional-name"})


@dataclass(frozen=True)
class Target:
    """One thing to answer. `group` is set inside a group; `adds` where the answer is whether to add an entry."""

    name: str
    question: Question
    label: str
    number: str = ""
    group: Question | None = None
    adds: bool = False

    @property
    def is_sensitive(self) -> bool:
        """Whether what is answered is read back on screen only."""
        of_group = self.group is not None and self.group.sensitive
        return not self.adds and (self.question.sensitive or of_group or self.question.type in ALWAYS_SENSITIVE)

    @property
    def is_written_first(self) -> bool:
        """Whether the keyboard is the surer way."""
        return not self.adds and (self.question.type in WRITTEN_FIRST or self.question.autocomplete in NAMES)

    def asked(self, form: StepForm) -> Asked:
        """Return the question as the dialogue takes it."""
        if self.adds:
            return Asked(self.name, QuestionType.YES_NO, today=form.today)
        question, level = self.question, form.page.level
        labels = {choice.key: choice.label.at(level) for choice in question.choices}
        if question.type is QuestionType.CIVILITY:
            labels = {key: interface.text(f"journeys.civility_{key}", level) for key in CIVILITIES}
        return Asked(self.name, question.type, labels, question.constraints, form.today, question.must_be_answered)

    def field(self, form: StepForm) -> QuestionField:
        """Return the form's field that reads the answer."""
        found: QuestionField = form.fields[self.name]  # type: ignore[assignment]
        return found


def targets_of(form: StepForm) -> list[Target]:
    """Return what this page asks for, given what is known."""
    shown = (q for q in form.step.questions if q.takes_answer and is_shown(q, form.known) and form.page.holds(q))
    return [target for question in shown for target in _of(form, question)]


def first_target(form: StepForm, targets: list[Target]) -> Target:
    """Return the first that is not answered yet; the last where all are."""
    blank = (t for t in targets if t.adds or is_blank(form[t.name].raw()))  # type: ignore[attr-defined]
    return targets[0] if len(targets) == 1 else next(blank, targets[-1])


def after(targets: list[Target], name: str) -> Target | None:
    """Return what comes after the target of that name, None where it was the page's last."""
    place = next((rank for rank, target in enumerate(targets) if target.name == name), len(targets))
    return targets[place + 1] if place + 1 < len(targets) else None


def before(targets: list[Target], name: str) -> Target | None:
    """Return what comes before the target of that name, None where it is the page's first."""
    place = next((rank for rank, target in enumerate(targets) if target.name == name), 0)
    return targets[place - 1] if place else None


def _of(form: StepForm, question: Question) -> Iterator[Target]:
    level = form.page.level
    if not question.questions:
        yield Target(question.id, question, _label(question, level), form.numbers.get(question.id, ""))
        return
    count, stored = form.count(question.id), form.known.get(question.id) or []
    item_label = question.item.at(level) if question.item else ""
    for index in range(count):
        scope: dict[str, Any] = {**form.known, **(stored[index] if index < len(stored) else {})}
        for child in question.questions:
            if child.takes_answer and is_shown(child, scope):
                name, number = item_name(question.id, index, child.id), form.numbers.get(child.id, "")
                label = interface.text(
                    "voice.entry_label", level, item=item_label, place=index + 1, label=_label(child, level)
                )
                yield Target(name, child, label, number, question)
    if count < question.constraints.max_items:
        said = "voice.add_another" if count else "voice.add_first"
        label = interface.text(said, level, item=item_label, label=_label(question, level))
        yield Target(question.id + MORE, question, label, group=question, adds=True)


def _label(question: Question, level: ReadingLevel) -> str:
    return question.label.at(level)
