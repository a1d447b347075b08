"""« Écouter » in a real browser: in place with JavaScript, a link to the sound without; silent until it is asked."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser import probes
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RECORD_AUDIO = """
window.players = [];
const Original = window.Audio;
window.Audio = function () { const made = new Original(); window.players.push(made); return made; };
"""
COUNT_PLAYS = """
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () { window.plays = (window.plays ?? 0) + 1; return play.call(this); };
"""
SOUNDING = "window.players.some((player) => !player.paused && player.currentTime > 0)"
SILENT = "window.players.every((player) => player.paused || !player.hasAttribute('src'))"
HEADER = "header [data-listen=page]"


@pytest.fixture
def listener(new_context: Callable[..., BrowserContext]) -> Page:
    """One person's page whose sound can be observed."""
    context = new_context()
    context.add_init_script(RECORD_AUDIO)
    return context.new_page()


def _wait_until(page: Page, condition: str) -> None:
    """Wait up to 10 s for a condition; Playwright's own waiting needs the eval that the page's policy forbids."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never: {condition}")


def _rate(page: Page) -> float:
    return float(page.evaluate("window.players[0].playbackRate"))


def _first_step(page: Page) -> None:
    """Begin the demonstration form for oneself."""
    page.goto("/demarches/demonstration/")
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Pour vous").or_(page.get_by_label("Pour moi")).first.check()
    page.get_by_role("button", name="Continuer", exact=True).last.click()
    page.wait_for_url(re.compile(r"/d/[0-9a-f-]+/(?!pour-qui)"))


def _choose_voice(page: Page, text_size: str = "100") -> None:
    """Serve the site's pages as to somebody who chose the voice, and a text size."""

    def as_voice(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace('data-modality="text"', 'data-modality="voice" data-voice-autoplay')
        route.fulfill(response=answer, body=body.replace('data-text-size="100"', f'data-text-size="{text_size}"'))

    page.route(re.compile(r"/d/[0-9a-f-]+/[^?]*$"), as_voice)


def test_nothing_plays_by_itself_in_text_mode(listener: Page) -> None:
    listener.goto("/plan-du-site")
    listener.wait_for_timeout(800)
    assert listener.evaluate(SILENT)
    expect(listener.locator(".listen-player")).to_have_count(0)


def test_it_plays_in_place_and_the_button_says_stop(listener: Page) -> None:
    listener.goto("/plan-du-site")
    control = listener.locator(HEADER)
    expect(control).to_have_accessible_name("Écouter cette page")
    control.click()
    _wait_until(listener, SOUNDING)
    expect(control).to_have_accessible_name("Arrêter")
    assert listener.url.endswith("/plan-du-site")
    control.click()
    assert listener.evaluate(SILENT)
    expect(control).to_have_accessible_name("Écouter cette page")
    expect(listener.locator(".listen-player")).to_have_count(0)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_starts_it_and_escape_stops_everything(listener: Page, key: str) -> None:
    listener.goto("/plan-du-site")
    listener.locator(HEADER).focus()
    listener.keyboard.press(key)
    _wait_until(listener, SOUNDING)
    listener.keyboard.press("Escape")
    assert listener.evaluate(SILENT)
    expect(listener.locator(HEADER)).to_be_focused()


def test_the_pace_goes_from_07_to_15_and_is_kept_for_the_next_page(listener: Page) -> None:
    listener.goto("/plan-du-site")
    listener.locator(HEADER).click()
    _wait_until(listener, SOUNDING)
    assert _rate(listener) == 1
    for _ in range(9):
        listener.get_by_role("button", name="Plus vite").click()
    assert _rate(listener) == 1.5
    for _ in range(9):
        listener.get_by_role("button", name="Plus lent").click()
    assert _rate(listener) == 0.7
    assert listener.evaluate("window.players[0].preservesPitch")
    expect(listener.locator("[data-player-rate]")).to_have_text("0,7")
    listener.goto("/")
    listener.locator(HEADER).click()
    _wait_until(listener, SOUNDING)
    assert _rate(listener) == 0.7


def test_nobody_announces_anything_while_the_voice_speaks(listener: Page) -> None:
    listener.goto("/plan-du-site")
    listener.locator(HEADER).click()
    _wait_until(listener, SOUNDING)
    expect(listener.locator("#announcer")).to_have_attribute("aria-live", "off")
    listener.keyboard.press("Escape")
    expect(listener.locator("#announcer")).to_have_attribute("aria-live", "polite")


def test_a_voice_that_fails_says_so_and_leaves_the_button(listener: Page) -> None:
    listener.route("**/*ecouter*", lambda route: route.fulfill(status=503, content_type="text/html", body="no"))
    listener.goto("/plan-du-site")
    control = listener.locator(HEADER)
    control.click()
    expect(listener.get_by_role("alert")).to_contain_text("Appuyez de nouveau sur « Écouter »")
    expect(control).to_have_accessible_name("Écouter cette page")
    listener.unroute("**/*ecouter*")
    control.click()
    _wait_until(listener, SOUNDING)
    expect(listener.get_by_role("alert")).to_have_count(0)


def test_a_player_that_wants_the_whole_sound_gets_it(listener: Page) -> None:
    """Safari refuses a sound without a length; here the first request is refused as it would be."""
    refused: list[str] = []

    def refuse_media(route: Route) -> None:
        if route.request.resource_type == "media":
            refused.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    listener.route("**/*ecouter*", refuse_media)
    listener.goto("/plan-du-site")
    listener.locator(HEADER).click()
    _wait_until(listener, SOUNDING)
    assert refused
    assert str(listener.evaluate("window.players[0].src")).startswith("blob:")


@pytest.fixture
def counted(new_context: Callable[..., BrowserContext]) -> Page:
    """One person's page on which every start of a sound is counted."""
    context = new_context()
    context.add_init_script(RECORD_AUDIO)
    context.add_init_script(COUNT_PLAYS)
    return context.new_page()


def test_once_voice_is_chosen_each_new_question_reads_itself_once(counted: Page) -> None:
    _first_step(counted)
    assert counted.evaluate("window.plays") is None
    _choose_voice(counted)
    counted.reload()
    _wait_until(counted, "window.plays === 1")
    assert "/voix/" in counted.evaluate("sessionStorage.getItem('af-read')")
    counted.reload()
    counted.wait_for_timeout(500)
    assert counted.evaluate("window.plays") is None


def test_reading_by_itself_can_be_switched_off(counted: Page) -> None:
    _first_step(counted)
    _choose_voice(counted)
    counted.reload()
    _wait_until(counted, "window.plays === 1")
    counted.locator(HEADER).click()
    counted.get_by_label("Lire chaque nouvelle question").uncheck()
    counted.evaluate("sessionStorage.removeItem('af-read')")
    counted.reload()
    counted.wait_for_timeout(500)
    assert counted.evaluate("window.plays") is None


def test_without_javascript_it_is_a_link_to_the_sound(new_context: Callable[..., BrowserContext], site: Site) -> None:
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto("/plan-du-site")
    control = page.get_by_role("link", name="Écouter cette page")
    address = control.get_attribute("href")
    assert address is not None
    answer = context.request.get(f"{site.address}{address}")
    assert answer.headers["content-type"] == "audio/mpeg"
    assert answer.body()[:2] in (b"\xff\xf3", b"\xff\xf2")


def test_its_script_breaks_no_rule_of_the_page(listener: Page) -> None:
    problems: list[str] = []
    listener.on(
        "console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None
    )
    listener.on("pageerror", lambda error: problems.append(str(error)))
    listener.goto("/plan-du-site")
    listener.locator(HEADER).click()
    _wait_until(listener, SOUNDING)
    listener.keyboard.press("Escape")
    assert problems == []


def test_a_question_is_heard_from_the_clip_made_at_publication(listener: Page) -> None:
    _first_step(listener)
    heard: list[tuple[int, str]] = []
    listener.on(
        "response", lambda answer: heard.append((answer.status, answer.url)) if "/voix/" in answer.url else None
    )
    control = listener.locator("main [data-listen=clip]").first
    expect(control).to_have_accessible_name(re.compile(r"^Écouter la question \d+\.\d+$"))
    control.click()
    _wait_until(listener, SOUNDING)
    assert heard
    assert all(status in (200, 206) for status, _ in heard)


def test_what_is_refused_is_heard_where_it_stands(person: Page, site: Site) -> None:
    _first_step(person)
    person.get_by_role("button", name="Continuer", exact=True).last.click()
    control = person.locator("#problems [data-listen=passage]")
    expect(control).to_contain_text("Écouter")
    address = control.get_attribute("href")
    assert address is not None
    answer = person.context.request.get(f"{site.address}{address}")
    assert (answer.status, answer.headers["content-type"]) == (200, "audio/mpeg")
    assert "no-store" in answer.headers["cache-control"]


def test_what_was_typed_is_still_there_after_listening(listener: Page) -> None:
    _first_step(listener)
    field = listener.locator("main input[type=text]").first
    field.fill("En cours de frappe")
    listener.locator("main [data-listen]").first.click()
    _wait_until(listener, SOUNDING)
    listener.keyboard.press("Escape")
    expect(field).to_have_value("En cours de frappe")


@pytest.mark.parametrize(("width", "size"), [(1100, "100"), (320, "100"), (320, "250")])
def test_the_controls_shown_while_it_plays_are_usable(
    new_context: Callable[..., BrowserContext], width: int, size: str
) -> None:
    page = new_context(viewport={"width": width, "height": 800}).new_page()
    _first_step(page)
    _choose_voice(page, size)
    page.reload()
    page.locator(".question [data-listen]").first.click()
    page.get_by_label("Lire chaque nouvelle question").wait_for()
    assert probes.axe(page).violations == []
    assert probes.small_targets(page) == []
    assert probes.overflow(page) == []
    assert probes.misnamed(page) == []
