"""What is said of a form: catalogue text only, composed from a definition that was published. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import FormDefinition, Question, Step

MOST_CHOICES_SAID = 12


@dataclass(frozen=True)
class SpokenPrompt:
    """A text that anyone may hear because it is the form's, never a person's.

    Made here, from a definition; an engine outside this machine takes nothing else.
    """

    subject: str
    level: ReadingLevel
    text: str


def question_prompt(question: Question, level: ReadingLevel, number: str = "") -> SpokenPrompt:
    """Return what is said of a question: its number, its label (or its text for the voice), hint and choices."""
    start = f"Question {number}." if number else ""
    label = _ended((question.spoken or question.label).at(level))
    hint = _ended(question.hint.at(level)) if question.hint else ""
    parts = [start, label, hint, _choices(question, level)]
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
    labels = [choice.label.at(level).rstrip(" .") for choice in question.choices[:MOST_CHOICES_SAID]]
    if not labels:
        return ""
    last = f"{interface.text('speech.choice_last', level)} {labels.pop()}" if len(labels) > 1 else labels.pop()
    said = " ; ".join([*labels, last])
    return f"{interface.text('speech.choices_intro', level)} {said}."


def _ended(text: str) -> str:
    """Return `text` with a mark at its end, so that the voice pauses there."""
    stripped = text.strip()
    return stripped if stripped.endswith((".", "!", "?", "…", ":")) else f"{stripped}."
