"""Template tags that say the product's texts at the person's reading level."""

import functools
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from accessform.adaptation.preferences import Presentation
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel, Wording

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: template.Context, name: str, **values: Any) -> SafeString:
    """Say the interface text `name`; the values are escaped, the text is ours."""
    presentation: Presentation = context["presentation"]
    if not values:
        return _unchanging(name, presentation.reading_level)
    escaped = {key: conditional_escape(value) for key, value in values.items()}
    return mark_safe(interface.text(name, presentation.reading_level, **escaped))  # noqa: S308


@functools.cache
def _unchanging(name: str, level: ReadingLevel) -> SafeString:
    """Return a text without placeholders; there are as many as interface texts and levels, no more."""
    return mark_safe(interface.text(name, level))  # noqa: S308


@register.simple_tag(takes_context=True)
def say_built(context: template.Context, start: str, rest: object, **values: Any) -> SafeString:
    """Say the interface text whose name is `start` followed by `rest`: "adaptation.help_" and a help's name."""
    return say(context, f"{start}{rest}", **values)


@register.simple_tag(takes_context=True)
def at_level(context: template.Context, wording: Wording) -> str:
    """Say a form's wording at the person's reading level."""
    presentation: Presentation = context["presentation"]
    return wording.at(presentation.reading_level)
