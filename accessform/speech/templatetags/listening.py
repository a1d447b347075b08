"""Template tags that offer to hear something. With no voice engine they render nothing."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from accessform.plain_language import interface
from accessform.speech.prompts import question_prompt, step_prompt
from accessform.speech.synthesis.clip_key import clip_key
from accessform.speech.voice import catalogue_identity, is_voice_available
from forms_catalog.definition import Question, Step

register = template.Library()

PARAMETER = "ecouter"
PAGE_CONTROL = "page"
PASSAGE_CONTROL = "passage"
CLIP_CONTROL = "clip"
WORD = "web.listen"
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
    return _clip_control(clip_key(text, identity), label, _say(context, WORD))


@register.simple_tag(takes_context=True)
def listen_step(context: template.Context, step: Step) -> str:
    """Offer to hear a step's title and introduction: the clip made when the form was published."""
    text = step_prompt(step, context["presentation"].reading_level).text
    return listen_clip(context, text, _say(context, "speech.listen_step_complement"))


@register.simple_tag(takes_context=True)
def listen_opening(context: template.Context, step: Step, entries: Iterable[Mapping[str, Any]], place: int) -> str:
    """Offer to hear what stands before the question of a page: title and introduction, then explanations; one control.

    Where the page has no explanation, it is the published clip; a page outside the form (no `place`) has no title.
    """
    told = [f"question-{entry['id']}" for entry in entries if entry["control"] == "explanation"]
    if not told:
        return listen_step(context, step) if place else ""
    titles = ["step-title", "step-intro"] if place else []
    name = "speech.listen_opening_complement" if place else "speech.listen_explanation_complement"
    return listen(context, ",".join([*titles, *told]), _say(context, name))


@register.simple_tag(takes_context=True)
def listen_question(context: template.Context, question: Question, number: str = "") -> str:
    """Offer to hear a form's question at the person's level: the clip made when the form was published."""
    identity = catalogue_identity()
    if identity is None:
        return ""
    prompt = question_prompt(question, context["presentation"].reading_level, number)
    label = _say(context, "speech.listen_question_complement", number=number)
    return _clip_control(clip_key(prompt.text, identity), label, _say(context, WORD))


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
def listen_posted(context: template.Context, address: str, once: object, *, asked: bool = False) -> str:
    """Offer to hear what only this page knows: the step's form posts it to `address`. `once` names this very page.

    `asked` is for what is private: it is never read by itself.
    """
    if not is_voice_available():
        return ""
    values = {"address": address, "once": once, "asked": asked, "presentation": context["presentation"]}
    values["complement"] = _say(context, "speech.listen_passage_complement")
    return render_to_string("speech/listen_posted.html", values)


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
    return _drawn(kind, address, complement, _say(context, WORD)) if is_voice_available() else ""


@lru_cache(maxsize=4096)
def _clip_control(key: str, complement: str, word: str) -> SafeString:
    """Return the control of a published clip: the same for everybody who reads at one level, so drawn once."""
    return _drawn(CLIP_CONTROL, reverse("speech:clip", args=[key]), complement, word)


def _drawn(kind: str, address: str, complement: str, word: str) -> SafeString:
    values = {"kind": kind, "address": address, "complement": complement, "word": word}
    return render_to_string("speech/listen_control.html", {**values, "in_header": kind == PAGE_CONTROL})
