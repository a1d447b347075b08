"""What is said of a form: catalogue text only, composed from a definition that was published. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import FormDefinition, Question, QuestionType, Step

MOST_CHOICES_SAID = 12
OWN_CHOICES = {QuestionType.CIVILITY: ("journeys.civility_mme", "journeys.civility_m")}
"""The answers of questions whose choices the form does not write; of yes and no the question itself says enough."""


@dataclass(frozen=True)
class SpokenPrompt:
    """A text that anyone may hear because it is the form's, never a person's.

    Made here, from a definition; an engine outside this machine takes nothing else.
    """

    subject: str
    level: ReadingLevel
    text: str


def question_prompt(question: Question, level: ReadingLevel, number: str = "") -> SpokenPrompt:
    """Return what is said of a question: number, label (or its text for the voice), hint, example and choices."""
    optional = "" if question.required else f" {interface.text('journeys.optional', level)}"
    example = interface.text("journeys.example", level, example=question.example) if question.example else ""
    parts = [
        f"Question {number}." if number else "",
        _ended((question.spoken or question.label).at(level).strip() + optional),
        _ended(question.hint.at(level)) if question.hint else "",
        _ended(example) if example else "",
        _choices(question, level),
    ]
    return SpokenPrompt(f"question:{question.id}", level, " ".join(part for part in parts if part))


def step_prompt(step: Step, level: ReadingLevel) -> SpokenPrompt:
    """Return what is said of a step: its title and introduction."""
    intro = _ended(step.intro.at(level)) if step.intro else ""
    return SpokenPrompt(f"step:{step.id}", level, f"{_ended(step.title.at(level))} {intro}".strip())


def form_prompts(definition: FormDefinition) -> Iterator[SpokenPrompt]:
    """Yield every step and question of a form at every level, in reading order."""
    numbers = definition.numbers()
    for level in ReadingLevel:
        for step in definition.steps:
            yield step_prompt(step, level)
            for question in step.questions:
                yield question_prompt(question, level, numbers.get(question.id, ""))
                for child in question.questions:
                    yield question_prompt(child, level, numbers.get(child.id, ""))


def _choices(question: Question, level: ReadingLevel) -> str:
    """Return « Réponses possibles : a ; ou b. », nothing where they are too many to be remembered."""
    labels = list(_labels(question, level))
    if not labels or len(labels) > MOST_CHOICES_SAID:
        return ""
    last = f"{interface.text('speech.choice_last', level)} {labels.pop()}" if len(labels) > 1 else labels.pop()
    said = " ; ".join([*labels, last])
    return f"{interface.text('speech.choices_intro', level)} {said}."


def _labels(question: Question, level: ReadingLevel) -> Iterator[str]:
    for name in OWN_CHOICES.get(question.type, ()):
        yield interface.text(name, level)
    for choice in question.choices:
        label = choice.label.at(level).rstrip(" .")
        yield f"{label}, {choice.help.at(level).rstrip(' .')}" if choice.help else label


def _ended(text: str) -> str:
    """Return `text` with a mark at its end, so that the voice pauses there."""
    stripped = text.strip()
    return stripped if stripped.endswith((".", "!", "?", "…", ":")) else f"{stripped}."
