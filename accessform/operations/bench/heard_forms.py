"""How much sound a form is: the heaviest way that one person can go through it, each text heard once."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from accessform.operations.bench.figures import Figure

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accessform.plain_language.wording import ReadingLevel, WordingText
    from forms_catalog.definition import Question, Step
    from forms_catalog.models import FormVersion

MEGABYTE = 1_000_000
MOST = 2.0
CONTROL = re.compile(r'<a class="[^"]*" href="([^"]*)"[^>]* data-listen="(clip|passage)"')


def measure_weight_of_forms() -> Iterator[Figure]:
    """Say the texts of each published form at one level: megabytes of its heaviest way, and the heaviest form.

    Judged is all that voice mode reads by itself: titles, introductions, explanations and questions.
    """
    from accessform.operations.bench.heaviest_way import heaviest_way
    from accessform.plain_language.wording import ReadingLevel
    from forms_catalog.models import FormVersion

    read, whole = {}, {}
    for version in FormVersion.objects.published().select_related("form"):
        definition, slug = version.definition, version.form.slug
        weights = {subject: size_of(text) for subject, text in texts_heard(version, ReadingLevel.PLAIN).items()}
        read[slug] = heaviest_way(definition.steps, weights).weight / MEGABYTE
        whole[slug] = sum(weights.values()) / MEGABYTE
        yield Figure(f"{slug} heard once, its heaviest way", read[slug], "MB", MOST)
    heaviest = max(read, key=lambda slug: read[slug])
    yield Figure(f"the heaviest: {heaviest}", read[heaviest], "MB", MOST)
    yield Figure("the same with questions that exclude each other too", whole[heaviest], "MB")


def size_of(text: str) -> int:
    """Return the bytes of a text said by the local voice, as a kept clip."""
    from accessform.speech.services import say_aloud
    from accessform.speech.synthesis.mp3 import with_length

    return len(with_length(b"".join(piece for piece, _ in say_aloud(text))))


def texts_heard(version: "FormVersion", level: "ReadingLevel") -> dict[str, str]:
    """Return what is said for each step and question, by « step:<id> » and « question:<id> ».

    A question says what « Écouter » beside it says on its page: the published clip, or the passage where the page
    holds more (an explanation, several fields, documents, the official text). A group says what its card asks: one
    entry, then whether to add another.
    """
    from accessform.speech.prompts import form_prompts

    texts = {prompt.subject: prompt.text for prompt in form_prompts(version.definition) if prompt.level is level}
    for step in version.definition.steps:
        html = _drawn(version, step, level)
        for question in step.questions:
            if question.questions:
                texts |= _card_titles(question, level)
            else:
                texts[f"question:{question.id}"] = _passage(html, question, level) or texts[f"question:{question.id}"]
    return texts


def _card_titles(group: "Question", level: "ReadingLevel") -> dict[str, str]:
    """Return what the card says of a group, and of each question of one entry (journeys/by_voice/targets.py)."""
    from accessform.plain_language import interface

    item = group.item.at(level) if group.item else ""

    def said(name: str, label: "WordingText") -> str:
        return interface.text(f"voice.{name}", level, item=item, place=1, label=label.at(level))

    adding = " ".join(said(name, group.label) for name in ("add_first", "add_another"))
    asked = (child for child in group.questions if child.takes_answer)
    return {
        f"question:{group.id}": adding,
        **{f"question:{child.id}": said("entry_label", child.label) for child in asked},
    }


def _passage(html: str, question: "Question", level: "ReadingLevel") -> str:
    """Return the text that a question's own page says for it; "" where it says the published clip."""
    from accessform.plain_language import interface
    from accessform.speech.page_text import page_text
    from forms_catalog.definition import QuestionType

    place = html.find(f'id="question-{question.id}"')
    control = CONTROL.search(html, place) if question.takes_answer else None
    is_passage = control[2] != "clip" if control else question.type is QuestionType.EXPLANATION
    if not is_passage:
        return ""
    return page_text(html, f"question-{question.id}", choices_intro=interface.text("speech.choices_intro", level))


def _drawn(version: "FormVersion", step: "Step", level: "ReadingLevel") -> str:
    from accessform.journeys.preview import draw_questions

    return draw_questions(_request(level), version, step)


def _request(level: "ReadingLevel") -> "HttpRequest":
    from django.http import HttpRequest

    from accessform.adaptation.preferences import Presentation

    request = HttpRequest()
    request.path = "/"
    request.presentation = Presentation(reading_level=level)  # type: ignore[attr-defined]
    return request
