"""Template filter for designers' texts."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from forms_catalog.markdown import render_markdown

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Render a designer's text: a small safe Markdown, everything else escaped."""
    return mark_safe(render_markdown(text))  # noqa: S308
