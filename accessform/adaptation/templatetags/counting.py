"""What pages say of counting in the browser, from the policy file."""

from django import template

from accessform.adaptation.counting import browser_figures
from accessform.adaptation.preferences import Presentation
from accessform.plain_language import interface

register = template.Library()


@register.simple_tag
def counted_signals() -> list[str]:
    """Return the names of the counters of the browser, in the order of the policy file."""
    return list(browser_figures())


@register.simple_tag(takes_context=True)
def counting_figures(context: template.Context, signal: str) -> str:
    """Say the figures with which the browser counts `signal`, "" where there are none; milliseconds as seconds."""
    presentation: Presentation = context["presentation"]
    figures = {name: _said(name, figure) for name, figure in browser_figures().get(signal, {}).items()}
    return interface.text(f"adaptation.counting_{signal}", presentation.reading_level, **figures) if figures else ""


def _said(name: str, figure: int) -> str:
    return f"{figure / 1000:g}".replace(".", ",") if name.endswith("_ms") else str(figure)
