"""Designers' texts become safe HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from forms_catalog.markdown import MAX_CHARACTERS, render_markdown

ALLOWED = {"div", "p", "ul", "ol", "li", "em", "strong", "a", "br"}


def test_paragraphs_lists_emphasis_and_links_are_drawn():
    drawn = render_markdown("Un **mot** *doux*.\n\n- un\n- deux\n\n[La loi](https://example.fr/a)")
    assert "<strong>mot</strong>" in drawn
    assert "<em>doux</em>" in drawn
    assert drawn.count("<li>") == 2
    assert '<a href="https://example.fr/a" rel="noopener noreferrer external">La loi</a>' in drawn


@pytest.mark.parametrize("link", ["tel:3960", "mailto:a@example.fr", "http://example.fr", "HTTPS://example.fr"])
def test_useful_links_are_links(link):
    assert "<a href=" in render_markdown(f"[lien]({link})")


@pytest.mark.parametrize(
    "hostile",
    [
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        "[x](//evil.example)",
        "[x](/interne)",
        "[x](JaVaScRiPt&#58;alert(1))",
        "![x](https://evil.example/pixel.png)",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<https://evil.example>",
        "# Titre",
        "> citation",
        "    code",
        "`code`",
        "---",
    ],
)
def test_anything_else_stays_text(hostile):
    tree = html.fragment_fromstring(render_markdown(hostile), create_parent="div")
    assert {element.tag for element in tree.iter()} <= {"div", "p", "a"}
    assert [a.get("href") for a in tree.iter("a") if "pixel" not in (a.get("href") or "")] == []


@given(st.text(alphabet=st.sampled_from("a<>&\"'[]()*_-!`#\n :/\\.jshtp1"), max_size=200))
def test_no_text_draws_a_tag_or_attribute_that_is_not_allowed(text):
    tree = html.fragment_fromstring(render_markdown(text), create_parent="div")
    for element in tree.iter():
        assert element.tag in ALLOWED
        assert set(element.keys()) <= {"href", "rel", "start"}


def test_an_endless_text_is_shown_as_it_is():
    assert render_markdown("[" * (MAX_CHARACTERS + 1)).startswith("<p>[[[")
    assert "<b>" not in render_markdown("<b>" * MAX_CHARACTERS)
