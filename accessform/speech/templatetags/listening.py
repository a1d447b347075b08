"""Template tags that offer to hear something. With no voice engine they render nothing."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from accessform.plain_language import interface
from accessform.speech.prompts import question_prompt
from accessform.speech.synthesis.clip_key import clip_key
from accessform.speech.voice import catalogue_identity, is_voice_available
from forms_catalog.definition import Question

register = template.Library()

PARAMETER = "ecouter"
PAGE_CONTROL = "page"
PASSAGE_CONTROL = "passage"
CLIP_CONTROL = "clip"
SAID_WHOLE = frozenset({"line", "lines", "one_of", "some_of", "listed", "box"})
"""Controls whose question the published prompt says whole; files, parts and groups show more than it knows."""


@register.simple_tag(takes_context=True)
def listen(context: template.Context, element_id: str, label: str = "") -> str:
    """Offer to hear the element of that id on this page; `label` says what it is (« la question 3.2 »)."""
    complement = label or _say(context, "speech.listen_passage_complement")
    return _control(context, PASSAGE_CONTROL, _address(context, element_id), complement)


@register.simple_tag(takes_context=True)
def listen_page(context: template.Context) -> str:
    """Offer to hear the whole page; the header's button."""
    return _control(context, PAGE_CONTROL, _address(context, ""), _say(context, "speech.listen_page_complement"))


@register.simple_tag(takes_context=True)
def listen_clip(context: template.Context, text: str, label: str) -> str:
    """Offer to hear a catalogue text that was registered when its form was published."""
    identity = catalogue_identity()
    if identity is None:
        return ""
    return _control(context, CLIP_CONTROL, reverse("speech:clip", args=[clip_key(text, identity)]), label)


@register.simple_tag(takes_context=True)
def listen_question(context: template.Context, question: Question, number: str = "") -> str:
    """Offer to hear a form's question at the person's level: the clip made when the form was published."""
    identity = catalogue_identity()
    if identity is None:
        return ""
    prompt = question_prompt(question, context["presentation"].reading_level, number)
    label = _say(context, "speech.listen_question_complement", number=number)
    return _control(context, CLIP_CONTROL, reverse("speech:clip", args=[clip_key(prompt.text, identity)]), label)


@register.simple_tag(takes_context=True)
def listen_field(context: template.Context, field: Mapping[str, Any]) -> str:
    """Offer to hear one question of a step, as it stands on this page.

    The clip made at publication where the page shows just what was published; else this page's own words, with the
    error, the opened help, the explained word or the official text that stand there.
    """
    question, number = field["question"], field.get("number") or ""
    published = number and field["control"] in SAID_WHOLE and field.get("example", "") == (question.example or "")
    if published and not any(field.get(addition) for addition in ("error", "help_open", "official", "word_open")):
        return listen_question(context, question, number)
    label = _say(context, "speech.listen_question_complement", number=number) if number else ""
    return listen(context, f"question-{field['id']}", label)


@register.simple_tag(takes_context=True)
def listen_player(context: template.Context) -> str:
    """Bring the script that plays sound in place, and the controls that it shows; once a page, in base.html."""
    if not is_voice_available():
        return ""
    return render_to_string("speech/listen_player.html", {"presentation": context["presentation"]})


def _say(context: template.Context, name: str, **values: object) -> str:
    return interface.text(name, context["presentation"].reading_level, **values)


def _address(context: template.Context, element_id: str) -> str:
    """Return this page's address with `ecouter`, its other parameters kept."""
    request = context.get("request")
    kept = [(name, value) for name, values in request.GET.lists() for value in values] if request else []
    kept = [(name, value) for name, value in kept if name != PARAMETER]
    path = request.path if request else ""
    return f"{path}?{urlencode([*kept, (PARAMETER, element_id)])}"


def _control(context: template.Context, kind: str, address: str, complement: str) -> SafeString | str:
    if not is_voice_available():
        return ""
    values: dict[str, Any] = {
        "kind": kind,
        "address": address,
        "complement": complement,
        "presentation": context["presentation"],
        "in_header": kind == PAGE_CONTROL,
    }
    return render_to_string("speech/listen_control.html", values)
