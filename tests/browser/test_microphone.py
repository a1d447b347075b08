"""The microphone in a real browser, without model on the server: each state, each way to be cut, nothing lost or kept.

The pages are served as if the server listened; what it answers to a sound is its true answer, « unavailable ».
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from tests.browser import probes
from tests.browser.site import Site
from tests.browser.speaking import ALLOWED, FAKE_DEVICE, LIVE, Voice, humming, launched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Opens = Callable[..., Voice]
ON_DEVICE = """
window.begun = [];
class Ear {
  static available = async (wanted) => { window.asked = wanted; return window.installed; };
  start() { window.begun.push(this.processLocally); setTimeout(() => this.onaudiostart(), 50); }
  stop() {
    setTimeout(() => { this.onresult({ results: [[{ transcript: " pour moi " }]] }); this.onend(); }, 50);
  }
  abort() { setTimeout(() => this.onend(), 50); }
}
"""


@pytest.fixture(scope="module")
def hearing(browser: Browser, browser_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose microphone is allowed and hums."""
    sound = humming(tmp_path_factory.mktemp("sound") / "hum.wav")
    running = launched(browser, browser_path, FAKE_DEVICE, ALLOWED, sound=sound)
    yield running
    running.close()


def as_if_the_server_listened(route: Route) -> None:
    """Serve a page with the mark that a server with a model sets."""
    if route.request.method != "GET":
        route.fallback()
        return
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("data-state=", "data-server data-state="))


@pytest.fixture
def opens(site: Site) -> Iterator[Opens]:
    """A way to be somebody at the first question of the demonstration, in voice mode."""
    opened: list[BrowserContext] = []

    def open_voice(browser: Browser, *, listens: bool = True, script: str = "", **options: object) -> Voice:
        settings = {"locale": "fr-FR", "viewport": {"width": 1100, "height": 900}, **options}
        context = browser.new_context(**settings)
        opened.append(context)
        if script:
            context.add_init_script(script)
        if listens:
            context.route(re.compile(r"/d/[0-9a-f-]+/[^?]*$"), as_if_the_server_listened)
        return Voice(context, site).begin()

    yield open_voice
    for context in opened:
        context.close()


@pytest.fixture
def voice(hearing: Browser, opens: Opens) -> Voice:
    """Somebody with a microphone that works."""
    return opens(hearing)


def posts_of(page: Page) -> list[Request]:
    """Return a list that fills with what the page posts."""
    sent: list[Request] = []
    page.on(
        "request",
        lambda request: sent.append(request) if request.method == "POST" and "/dire" not in request.url else None,
    )
    return sent


def test_one_tap_starts_it_one_stops_it_and_the_form_carries_the_sound(voice: Voice) -> None:
    expect(voice.button).to_have_accessible_name("Parler")
    expect(voice.button).to_have_accessible_description(re.compile("Appuyez encore quand vous avez fini"))
    voice.listen()
    expect(voice.button).to_have_accessible_name("J'ai fini de parler")
    expect(voice.page.locator("[data-microphone-heard]")).to_have_text("Votre voix arrive bien.")
    assert voice.page.evaluate("document.querySelector('[data-microphone-meter]').value") > 0.3
    sent = posts_of(voice.page)
    voice.tap()
    expect(voice.page.locator("#voice")).to_contain_text("Le micro ne marche pas en ce moment")
    assert len(sent) == 1
    assert sent[0].headers["content-type"].startswith("multipart/form-data")
    assert voice.page.evaluate(LIVE) == 0
    voice.box.fill("pour moi")
    voice.page.locator("[data-voice-answer]").click()
    expect(voice.page.locator("[data-voice-said]")).to_have_text("Pour vous")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_does_the_same_and_keeps_the_focus(voice: Voice, key: str) -> None:
    voice.button.focus()
    voice.page.keyboard.press(key)
    voice.expect_state("listening")
    expect(voice.button).to_be_focused()


def test_a_double_tap_is_one_tap(voice: Voice) -> None:
    voice.page.wait_for_timeout(750)
    voice.button.dblclick()
    voice.expect_state("listening")
    voice.page.wait_for_timeout(500)
    voice.expect_state("listening")


def test_escape_stops_everything_and_drops_what_was_said(voice: Voice) -> None:
    sent = posts_of(voice.page)
    voice.listen()
    voice.page.keyboard.press("Escape")
    expect(voice.told).to_have_text("Le micro est arrêté. Rien n'est gardé.")
    expect(voice.button).to_be_focused()
    assert (voice.page.evaluate(LIVE), voice.sounds_kept(), sent) == (0, 0, [])


def test_no_two_voices(voice: Voice) -> None:
    announced = voice.page.locator("[data-microphone] output")
    expect(announced).not_to_have_attribute("aria-live", "off")
    voice.page.locator("header [data-listen=page]").click()
    voice.page.wait_for_timeout(300)
    voice.listen()
    assert voice.page.evaluate("window.players.every((player) => player.paused || !player.hasAttribute('src'))")
    expect(announced).to_have_attribute("aria-live", "off")
    voice.page.locator("header [data-listen=page]").click()
    voice.expect_state("kept")
    assert (voice.page.evaluate(LIVE), voice.sounds_kept()) == (0, 1)


def test_at_half_a_minute_one_may_go_on_and_at_one_it_stops_with_what_was_said(voice: Voice) -> None:
    voice.page.clock.install()
    voice.tap()
    voice.page.clock.run_for(300)
    voice.expect_state("listening")
    voice.page.clock.run_for(31_000)
    expect(voice.told).to_contain_text("Vous pouvez continuer")
    voice.expect_state("listening")
    voice.page.clock.run_for(30_000)
    expect(voice.told).to_contain_text("Une minute est passée")
    voice.expect_state("kept")
    assert voice.sounds_kept() == 1


def test_a_permission_taken_back_keeps_what_was_said(voice: Voice) -> None:
    voice.listen()
    voice.page.wait_for_timeout(1_200)
    voice.page.evaluate("window.streams[0].getTracks()[0].dispatchEvent(new Event('ended'))")
    expect(voice.told).to_contain_text("Le micro s'est arrêté")
    assert voice.sounds_kept() == 1
    voice.page.locator("[data-voice-answer]").click()
    expect(voice.page.locator("#voice")).to_contain_text("Le micro ne marche pas en ce moment")


def test_what_is_typed_takes_the_place_of_a_sound_that_waits(voice: Voice) -> None:
    voice.listen()
    voice.page.evaluate("window.streams[0].getTracks()[0].dispatchEvent(new Event('ended'))")
    voice.expect_state("kept")
    voice.box.fill("pour moi")
    voice.expect_state("ready")
    assert voice.sounds_kept() == 0
    voice.page.locator("[data-voice-answer]").click()
    expect(voice.page.locator("[data-voice-said]")).to_have_text("Pour vous")


def test_without_network_the_sound_waits_for_it(voice: Voice) -> None:
    voice.listen()
    voice.page.context.set_offline(True)
    voice.tap()
    expect(voice.told).to_contain_text("Il n'y a pas de réseau")
    assert voice.sounds_kept() == 1
    voice.page.context.set_offline(False)
    voice.page.locator("[data-voice-answer]").click()
    expect(voice.page.locator("#voice")).to_contain_text("Le micro ne marche pas en ce moment")


def test_leaving_while_it_listens_asks_first(voice: Voice) -> None:
    asked: list[str] = []
    voice.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    voice.listen()
    voice.page.evaluate("location.assign('/plan-du-site')")
    voice.page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    voice.expect_state("listening")


def test_another_button_takes_along_what_was_said(voice: Voice) -> None:
    voice.listen()
    sent = posts_of(voice.page)
    with voice.page.expect_response(lambda response: response.request.method == "POST"):
        voice.page.locator("#action-hard").click()
    expect(voice.place).to_have_count(1)
    voice.page.wait_for_load_state()
    assert len(sent) == 1
    assert voice.page.evaluate(LIVE) == 0


def test_nothing_is_stored_in_the_browser(voice: Voice) -> None:
    kept = "JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage).sort(), document.cookie])"
    before = voice.page.evaluate(kept)
    voice.listen()
    voice.tap()
    expect(voice.page.locator("#voice")).to_contain_text("Le micro ne marche pas en ce moment")
    assert voice.page.evaluate(kept) == before
    assert voice.page.evaluate("indexedDB.databases().then((found) => found.length)") == 0
    assert voice.page.evaluate("caches.keys().then((found) => found.length)") == 0


def test_its_script_breaks_no_rule_of_the_page(voice: Voice) -> None:
    problems: list[str] = []
    voice.page.on("console", lambda told: problems.append(told.text) if told.type in ("error", "warning") else None)
    voice.page.on("pageerror", lambda error: problems.append(str(error)))
    voice.listen()
    voice.page.keyboard.press("Escape")
    voice.listen()
    voice.tap()
    expect(voice.page.locator("#voice")).to_contain_text("Le micro ne marche pas en ce moment")
    assert problems == []


def test_a_permission_that_is_refused_is_told(browser: Browser, browser_path: str, opens: Opens) -> None:
    refusing = launched(browser, browser_path, FAKE_DEVICE)
    voice = opens(refusing, permissions=[])
    voice.tap()
    expect(voice.told).to_contain_text("Le micro n'est pas autorisé")
    voice.expect_state("refused")
    voice.box.fill("pour moi")
    voice.page.locator("[data-voice-answer]").click()
    expect(voice.page.locator("[data-voice-said]")).to_have_text("Pour vous")
    refusing.close()


def test_a_device_without_microphone_is_told(browser: Browser, opens: Opens) -> None:
    silent = "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotFoundError'); };"
    voice = opens(browser, script=silent)
    voice.tap()
    expect(voice.told).to_contain_text("Nous ne trouvons pas de micro sur cet appareil")
    voice.expect_state("missing")


def test_nothing_that_listens_no_button(hearing: Browser, opens: Opens) -> None:
    voice = opens(hearing, listens=False)
    voice.page.wait_for_timeout(500)
    expect(voice.place).to_be_hidden()
    expect(voice.box).to_be_visible()


@pytest.mark.parametrize(
    ("installed", "local", "shown"),
    [("available", True, True), ("downloadable", True, False), ("available", False, False)],
)
def test_the_browser_s_own_ear_serves_on_the_device_alone(
    hearing: Browser, opens: Opens, installed: str, *, local: bool, shown: bool
) -> None:
    made = f"{ON_DEVICE} window.installed = '{installed}'; window.SpeechRecognition = Ear;"
    made += "Object.defineProperty(Ear.prototype, 'processLocally', { value: false, writable: true });" if local else ""
    voice = opens(hearing, listens=False, script=made)
    voice.page.wait_for_timeout(500)
    assert voice.place.is_visible() is shown
    if not shown:
        assert voice.page.evaluate("window.begun") == []
        return
    assert voice.page.evaluate("window.asked") == {"langs": ["fr-FR"], "processLocally": True}
    voice.tap()
    voice.expect_state("listening")
    voice.tap()
    voice.expect_state("understood")
    expect(voice.box).to_have_value("pour moi")
    assert voice.page.evaluate("window.begun") == [True]
    voice.page.locator("[data-voice-answer]").click()
    expect(voice.page.locator("[data-voice-said]")).to_have_text("Pour vous")


def test_less_motion_has_words_and_no_meter(hearing: Browser, opens: Opens) -> None:
    voice = opens(hearing, reduced_motion="reduce")
    voice.listen()
    expect(voice.page.locator("[data-microphone-meter]")).to_be_hidden()
    expect(voice.page.locator("[data-microphone-heard]")).to_be_visible()


@pytest.mark.parametrize("state", ["ready", "listening", "kept"])
@pytest.mark.parametrize(("width", "size"), [(1100, "100"), (320, "100"), (320, "250")])
def test_each_state_is_usable_at_every_size(hearing: Browser, opens: Opens, width: int, size: str, state: str) -> None:
    voice = opens(hearing, viewport={"width": width, "height": 800})
    if state != "ready":
        voice.listen()
    if state == "kept":
        voice.page.evaluate("window.streams[0].getTracks()[0].dispatchEvent(new Event('ended'))")
    voice.expect_state(state)
    voice.page.evaluate("(size) => { document.documentElement.dataset.textSize = size; }", size)
    box = voice.button.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 64
    assert probes.axe(voice.page).violations == []
    assert probes.small_targets(voice.page) == []
    assert probes.overflow(voice.page) == []
    assert probes.misnamed(voice.page) == []


def test_without_javascript_the_box_answers_alone(new_context: Callable[..., BrowserContext], site: Site) -> None:
    voice = Voice(new_context(java_script_enabled=False), site).begin()
    expect(voice.place).to_be_hidden()
    voice.box.fill("pour moi")
    voice.page.locator("[data-voice-answer]").click()
    expect(voice.page.locator("[data-voice-said]")).to_have_text("Pour vous")


@pytest.mark.parametrize("broken", ["undefined", "class { constructor() { throw new Error(); } }"])
def test_without_tones_and_level_it_records_all_the_same(hearing: Browser, opens: Opens, broken: str) -> None:
    voice = opens(hearing, script=f"window.AudioContext = {broken};")
    voice.listen()
    expect(voice.page.locator("[data-microphone-level]")).to_be_hidden()
    sent = posts_of(voice.page)
    voice.tap()
    expect(voice.page.locator("#voice")).to_contain_text("Le micro ne marche pas en ce moment")
    assert len(sent) == 1


def test_a_microphone_that_cannot_begin_leaves_the_form_usable(hearing: Browser, opens: Opens) -> None:
    voice = opens(hearing, script="window.MediaRecorder = class { static isTypeSupported() { throw new Error(); } };")
    voice.tap()
    voice.expect_state("unavailable")
    assert voice.page.evaluate(LIVE) == 0
    voice.box.fill("pour moi")
    voice.page.locator("[data-voice-answer]").click()
    expect(voice.page.locator("[data-voice-said]")).to_have_text("Pour vous")


def test_a_recorder_that_stopped_before_it_was_told_gives_all_it_heard(hearing: Browser, opens: Opens) -> None:
    kept = "const Made = window.MediaRecorder; window.MediaRecorder = class extends Made {"
    voice = opens(hearing, script=f"{kept} constructor(...given) {{ super(...given); window.recorder = this; }} }};")
    voice.listen()
    voice.page.evaluate("recorder.stop(); streams[0].getTracks()[0].dispatchEvent(new Event('ended'))")
    voice.expect_state("kept")
    voice.page.wait_for_timeout(300)
    voice.expect_state("kept")
    assert voice.sounds_kept() == 1


def test_a_page_that_comes_back_as_it_was_left_listens_again(voice: Voice) -> None:
    expect(voice.place).to_be_visible()  # its script runs
    voice.page.evaluate("document.querySelector('[data-microphone]').dataset.state = 'searching'")
    voice.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    voice.listen()


def test_it_does_not_open_while_another_button_is_obeyed(voice: Voice) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    voice.page.route(re.compile("/pour-qui/"), hold)
    voice.page.locator("#action-hard").click()
    voice.tap()
    voice.expect_state("ready")
    held[0].abort()
    voice.page.unroute(re.compile("/pour-qui/"), hold)
    expect(voice.page.locator("#announcer")).to_contain_text("connexion")
    voice.listen()
