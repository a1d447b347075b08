"""The word that is being spoken is underlined where the person reads it; nothing else changes on the page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.site import Site
from tests.browser.test_by_voice import begin, say
from tests.browser.test_listening import HEADER, RECORD_AUDIO, SILENT, SOUNDING, _first_step, _wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTE_WORDS = """
window.said = [];
const original = HighlightRegistry.prototype.set;
HighlightRegistry.prototype.set = function (name, highlight) {
  window.said.push([...highlight].map((range) => range.toString()).join(" "));
  return original.call(this, name, highlight);
};
"""
PAINTED = "CSS.highlights.has('spoken')"


def _reader(new_context: Callable[..., BrowserContext], *scripts: str, **options: object) -> Page:
    context = new_context(**options)
    for script in (RECORD_AUDIO, *scripts):
        context.add_init_script(script)
    return context.new_page()


def _words(text: str) -> list[str]:
    return [bare for word in text.split() if (bare := re.sub(r"^\W+|\W+$", "", word).lower())]


def test_the_words_of_a_question_are_underlined_in_order(new_context: Callable[..., BrowserContext]) -> None:
    page = _reader(new_context, NOTE_WORDS)
    _first_step(page)
    question = page.locator(".question", has=page.locator("[data-listen=clip]")).first
    question.locator("[data-listen=clip]").click()
    _wait_until(page, SOUNDING)
    _wait_until(page, "window.said.length > 0 && window.players[0].ended || window.players[0].paused")
    said = [word for spoken in page.evaluate("window.said") for word in _words(spoken)]
    shown = _words(question.inner_text())
    assert len(said) >= 3
    place = 0
    for word in said:
        place = shown.index(word, place) + 1
    assert not page.evaluate(PAINTED)


def test_a_whole_page_is_followed_and_escape_stops_it(new_context: Callable[..., BrowserContext]) -> None:
    page = _reader(new_context)
    page.goto("/plan-du-site")
    page.locator(HEADER).click()
    _wait_until(page, PAINTED)
    painted = page.evaluate("[...CSS.highlights.get('spoken')].map((range) => range.toString()).join('')")
    assert painted
    assert painted in page.locator("main").text_content()
    page.keyboard.press("Escape")
    assert not page.evaluate(PAINTED)
    assert page.evaluate(SILENT)


def test_who_wants_less_motion_sees_the_sentence_and_not_each_word(new_context: Callable[..., BrowserContext]) -> None:
    page = _reader(new_context, NOTE_WORDS, reduced_motion="reduce")
    page.goto("/confidentialite")
    page.locator(HEADER).click()
    _wait_until(page, "window.players[0].currentTime > 5")
    page.keyboard.press("Escape")
    said = page.evaluate("window.said")
    assert said
    assert len(said) <= 6
    assert max(len(_words(spoken)) for spoken in said) >= 3


def test_a_browser_without_highlights_asks_for_no_times(new_context: Callable[..., BrowserContext]) -> None:
    page = _reader(new_context, "delete CSS.highlights; Object.defineProperty(CSS, 'highlights', {value: undefined});")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/plan-du-site")
    page.locator(HEADER).click()
    _wait_until(page, SOUNDING)
    page.wait_for_timeout(500)
    assert not [address for address in asked if "mots" in address or address.endswith(".json")]


def test_times_that_do_not_come_leave_the_sound_alone(new_context: Callable[..., BrowserContext]) -> None:
    page = _reader(new_context)
    page.route("**/*mots*", lambda route: route.abort())
    page.goto("/plan-du-site")
    page.locator(HEADER).click()
    _wait_until(page, SOUNDING)
    page.wait_for_timeout(300)
    assert not page.evaluate(PAINTED)
    assert page.evaluate(SOUNDING)


@pytest.mark.parametrize("colours", ["none", "active"])
def test_it_is_shown_by_more_than_a_colour(new_context: Callable[..., BrowserContext], colours: str) -> None:
    page = _reader(new_context, forced_colors=colours)
    page.goto("/plan-du-site")
    page.locator(HEADER).click()
    _wait_until(page, PAINTED)
    line = page.evaluate("getComputedStyle(document.querySelector('main'), '::highlight(spoken)').textDecorationLine")
    assert line == "underline"


def test_a_voice_that_dies_in_the_middle_is_told_on_the_page(new_context: Callable[..., BrowserContext]) -> None:
    page = _reader(new_context)
    lines = '{"words":[[0,900,"Plan"]]}\n{"words":[],"failed":true}\n'
    page.route("**/*mots*", lambda route: route.fulfill(content_type="application/jsonl", body=lines))
    page.goto("/plan-du-site")
    page.locator(HEADER).click()
    _wait_until(page, PAINTED)
    page.evaluate("window.players[0].dispatchEvent(new Event('ended'))")
    expect(page.get_by_role("alert")).to_contain_text("Appuyez de nouveau sur « Écouter »")
    assert page.evaluate(SILENT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body")


def test_a_read_back_is_followed_on_its_card(new_context: Callable[..., BrowserContext], site: Site) -> None:
    context = new_context()
    for script in (RECORD_AUDIO, NOTE_WORDS):
        context.add_init_script(script)
    page = begin(context, site, "changement-adresse")
    _wait_until(page, SOUNDING)
    page.keyboard.press("Escape")
    say(page, "pour moi")
    _wait_until(page, PAINTED)
    here = "(range) => document.querySelector('#voice').contains(range.startContainer)"
    assert page.evaluate(f"[...CSS.highlights.get('spoken') ?? []].every({here})")
    _wait_until(page, SILENT)
    said = [word for spoken in page.evaluate("window.said") for word in _words(spoken)]
    assert " ".join(said).endswith("est-ce exact")
    assert "vous" in said
    assert not page.evaluate(PAINTED)


def test_times_of_a_read_back_that_do_not_come_leave_the_sound_alone(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    context = new_context()
    context.add_init_script(RECORD_AUDIO)
    context.route("**/dire?mots*", lambda route: route.abort())
    page = begin(context, site, "changement-adresse")
    with page.expect_request("**/dire?mots*") as asked:
        say(page, "pour moi")
        _wait_until(page, SOUNDING)
    assert "filled_for_who" not in (asked.value.post_data or "")
    assert not page.evaluate(PAINTED)
