"""Designers' texts as HTML: paragraphs, lists, emphasis and links, nothing else. What is not that stays text."""

import functools

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

MAX_CHARACTERS = 10_000
"""Beyond, a text is shown as it is written: no help text is so long, and parsing could take long."""
SCHEMES = ("https://", "http://", "tel:", "mailto:")
RULES = ["paragraph", "list", "emphasis", "link", "newline", "escape", "balance_pairs", "fragments_join"]


def render_markdown(text: str) -> str:
    """Return safe HTML: every character of the text that is not the small Markdown is escaped."""
    return _renderer().render(text) if len(text) <= MAX_CHARACTERS else f"<p>{_escaped(text)}</p>\n"


def _escaped(text: str) -> str:
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, entity)
    return text


@functools.cache
def _renderer() -> MarkdownIt:
    """Build the renderer; it keeps no state between texts."""
    renderer = MarkdownIt("zero", {"html": False, "linkify": False, "maxNesting": 12}).enable(RULES)
    renderer.validateLink = _is_link_allowed  # type: ignore[method-assign]
    renderer.add_render_rule("link_open", _link_open)
    return renderer


def _is_link_allowed(url: str) -> bool:
    return url.lower().startswith(SCHEMES)


def _link_open(
    renderer: RendererHTML, tokens: list[Token], rank: int, options: OptionsDict, environment: EnvType
) -> str:
    """Keep the destination from knowing where the person comes from; drop the title, which few can read."""
    token = tokens[rank]
    token.attrs = {"href": token.attrs["href"], "rel": "noopener noreferrer external"}
    return renderer.renderToken(tokens, rank, options, environment)
