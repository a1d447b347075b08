"""A step drawn for its designer with the citizens' own template: every question of it, nothing stored."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from accessform.journeys.fields.page import Page
from accessform.journeys.forms import step_form_class
from forms_catalog.definition import Question, Step
from forms_catalog.models import FormVersion


def draw_questions(request: HttpRequest, version: FormVersion, step: Step) -> str:
    """Return the questions of `step` at `request.presentation`, those under a condition included."""
    whole = step.model_copy(update={"questions": tuple(_unconditional(question) for question in step.questions)})
    build = step_form_class(f"preview:{version.digest}", version.definition, whole)
    page = Page(level=request.presentation.reading_level)  # type: ignore[attr-defined]
    form = build(typed={}, earlier={}, stored={}, page=page, today=timezone.localdate(), asked=None)
    context: dict[str, Any] = {"entries": list(form.entries()), "new_question": ""}
    return render_to_string("journeys/step.html#entries", context, request)


def _unconditional(question: Question) -> Question:
    children = tuple(_unconditional(child) for child in question.questions)
    return question.model_copy(update={"show_when": None, "questions": children})
