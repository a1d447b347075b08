"""Counters of the browser: each moved by the gesture that it names and by no other; off, nothing; never an answer."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser.citizen import Citizen

pytestmark = [pytest.mark.browser, pytest.mark.slow]

START = 1_790_000_000
PART = re.compile(r"(?:[a-z][a-z0-9_]*:)?B(?:1|3|4|5|6|8|9|11|12|13)=\d{1,6}")


class Gestures:
    """Somebody on the first step of « changement d'adresse », on a clock that the test moves."""

    def __init__(self, page: Page, *, counting: bool = True, step: str = "vous") -> None:
        self.page = page
        self.sent: list[Request] = []
        self.errors: list[str] = []
        page.on("request", self.see)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        if counting:
            page.goto("/affichage")
            page.locator("input[name=counters]").check()
            page.locator("button[value=save]").click()
        page.clock.install(time=START)
        citizen = Citizen(page)
        citizen.begin("changement-adresse")
        if step == "adresses":
            citizen.say_who()
            citizen.go_on()
            citizen.expect_step("adresses")
        page.clock.pause_at(START + 600)
        page.reload()
        self.sent.clear()

    def see(self, request: Request) -> None:
        self.sent.append(request)

    def wait(self, seconds: float) -> None:
        self.page.clock.run_for(int(seconds * 1000))

    def into(self, name: str) -> None:
        self.page.locator(f"#step-form [name='{name}']").focus()

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def erase(self, times: int) -> None:
        for _ in range(times):
            self.page.keyboard.press("Backspace")

    def point(self, selector: str, dx: float = 0, dy: float = 0) -> None:
        """Move the mouse to the middle of an element, or beside it."""
        box = self.page.locator(selector).first.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2 + dy)

    def press_beside(self, selector: str, under: float) -> None:
        """Press some pixels under an element."""
        box = self.page.locator(selector).first.bounding_box()
        assert box
        self.page.mouse.click(box["x"] + 5, box["y"] + box["height"] + under)

    def told(self) -> dict[str, int]:
        """Press « Plus simple », which keeps everything, and return what the form carried."""
        key = self.page.locator("#step-form [name=key]").get_attribute("value")
        with self.page.expect_request(lambda request: request.method == "POST") as posted:
            self.page.locator("#tool-simpler").evaluate("button => button.click()")
        self.page.clock.resume()
        expect(self.page.locator(f"#step-form [name=key][value='{key}']")).to_have_count(0)
        assert self.errors == []
        fields = parse_qs(posted.value.post_data or "", keep_blank_values=True)
        (value,) = fields["counters"]
        parts = value.split(" ") if value else []
        assert all(PART.fullmatch(part) for part in parts), value
        return {name: int(count) for name, _, count in (part.partition("=") for part in parts)}


@pytest.fixture
def someone(page: Page) -> Gestures:
    return Gestures(page)


def test_a_quiet_person_tells_nothing_but_their_own_pace(someone: Gestures) -> None:
    someone.into("prenoms")
    someone.wait(3)
    someone.type("Karim")
    assert someone.told() == {"prenoms:B1": 3}


def test_hesitation_is_the_time_before_the_first_answer_since_the_one_before(someone: Gestures) -> None:
    someone.wait(4)
    someone.page.locator("[name=civilite]").first.check()
    someone.into("prenoms")
    someone.wait(25)
    someone.type("Ka")
    someone.wait(9)
    someone.type("rim")
    told = someone.told()
    assert {name: count for name, count in told.items() if name.endswith("B1")} == {"civilite:B1": 4, "prenoms:B1": 25}


def test_the_clock_stands_still_while_the_page_is_hidden(someone: Gestures) -> None:
    hide = """hidden => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }"""
    someone.wait(5)
    someone.page.evaluate(hide, True)
    someone.wait(120)
    someone.page.evaluate(hide, False)
    someone.wait(2)
    someone.into("prenoms")
    someone.type("K")
    assert someone.told() == {"prenoms:B1": 7}


def test_corrections_are_told_where_they_are_many(someone: Gestures) -> None:
    someone.into("prenoms")
    someone.type("Karrimmm")
    someone.erase(4)
    someone.into("nom_naissance")
    someone.type("Benali-Lambert-Duchemin")
    someone.erase(2)
    told = someone.told()
    assert told["prenoms:B3"] == 4
    assert "nom_naissance:B3" not in told


def test_an_answer_cleared_and_typed_again(someone: Gestures) -> None:
    someone.into("prenoms")
    for _ in range(2):
        someone.type("Karim")
        someone.erase(5)
    someone.type("Leila")
    someone.into("nom_naissance")
    someone.type("x")
    someone.erase(1)
    someone.type("Benali")
    told = someone.told()
    assert told["prenoms:B4"] == 2
    assert "nom_naissance:B4" not in told


def test_pasting_and_filling_in_are_no_typing(someone: Gestures, new_context: Callable[..., BrowserContext]) -> None:
    page = someone.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    someone.into("prenoms")
    someone.wait(30)
    page.evaluate("navigator.clipboard.writeText('Karim Benali')")
    page.keyboard.press("Control+V")
    someone.wait(30)
    page.locator("[name=nom_naissance]").evaluate(
        "box => { box.value = 'Benali'; box.dispatchEvent(new Event('input', { bubbles: true })) }"
    )
    someone.into("date_naissance")
    someone.wait(2)
    someone.type("4 mai 1978")
    assert someone.told() == {"date_naissance:B1": 2}


def test_keys_held_too_long_then_taken_back(someone: Gestures) -> None:
    someone.into("prenoms")
    for _ in range(3):
        someone.page.keyboard.down("a")
        someone.wait(0.6)
        for _ in range(3):
            someone.page.keyboard.down("a")
        someone.page.keyboard.up("a")
        someone.erase(3)
    assert someone.told()["prenoms:B9"] == 3


def test_a_key_held_and_left_is_nothing(someone: Gestures) -> None:
    someone.into("prenoms")
    someone.page.keyboard.down("a")
    someone.wait(0.6)
    someone.page.keyboard.down("a")
    someone.page.keyboard.up("a")
    someone.type("rim")
    someone.erase(1)
    assert "prenoms:B9" not in someone.told()


def test_bursts_of_clicks_at_one_spot(someone: Gestures) -> None:
    someone.point("#question-civilite label.choice")
    for _ in range(4):
        someone.page.mouse.down()
        someone.page.mouse.up()
        someone.wait(0.1)
    assert someone.told()["civilite:B5"] == 1


def test_slow_clicks_or_clicks_in_a_text_are_no_burst(someone: Gestures) -> None:
    someone.point("#question-civilite label.choice")
    for _ in range(4):
        someone.page.mouse.down()
        someone.page.mouse.up()
        someone.wait(0.5)
    for place in ("#prenoms", "#question-nom_naissance .hint"):
        someone.point(place)
        for _ in range(5):
            someone.page.mouse.down()
            someone.page.mouse.up()
    assert not [name for name in someone.told() if name.endswith("B5")]


def test_a_click_without_effect(someone: Gestures) -> None:
    someone.point("#question-civilite legend")
    someone.page.mouse.down()
    someone.page.mouse.up()
    someone.wait(3)
    assert someone.told()["civilite:B6"] == 1


def test_a_click_that_does_something_has_its_effect(someone: Gestures) -> None:
    for place in ("#question-civilite label.choice", "#prenoms", "#question-nom_naissance label"):
        someone.point(place)
        someone.page.mouse.down()
        someone.page.mouse.up()
        someone.wait(3)
    assert not [name for name in someone.told() if name.endswith("B6")]


def test_presses_beside_a_control_then_on_it(someone: Gestures) -> None:
    for _ in range(3):
        someone.press_beside("#question-civilite label.choice >> nth=-1", 6)
        someone.page.locator("#question-civilite label.choice").last.click()
    told = someone.told()
    assert told["civilite:B8"] == 3


def test_presses_far_from_any_control_are_not_beside_one(someone: Gestures) -> None:
    someone.page.mouse.click(4, 500)
    someone.page.locator("#question-civilite label.choice").last.click()
    assert not [name for name in someone.told() if name.endswith("B8")]


def test_the_mouse_at_rest_on_a_question(someone: Gestures) -> None:
    for _ in range(2):
        someone.point("#question-nom_naissance label")
        someone.wait(2.1)
        someone.point("#prenoms")
    someone.point("#question-prenoms label")
    someone.wait(1)
    someone.into("prenoms")
    someone.type("K")
    someone.wait(5)
    told = someone.told()
    assert told["nom_naissance:B11"] == 2
    assert told["prenoms:B11"] == 0


def test_the_mouse_that_goes_from_an_answer_to_the_other(page: Page) -> None:
    someone = Gestures(page, step="adresses")
    page.locator("#question-duree").scroll_into_view_if_needed()
    choices = page.locator("#question-duree label.choice")
    assert choices.count() >= 2
    for place in (0, 1, 0, 1, 0):
        box = choices.nth(place).bounding_box()
        assert box
        page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    assert someone.told()["duree:B12"] == 3


def test_the_page_scrolled_back_to_read_again(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport={"width": 600, "height": 420}).new_page()
    someone = Gestures(page)
    for _ in range(2):
        for to in (900, 0):
            page.evaluate("y => scrollTo({ top: y, behavior: 'instant' })", to)
            page.evaluate("() => document.dispatchEvent(new Event('scroll'))")
            someone.wait(0.5)
    told = someone.told()
    assert sum(count for name, count in told.items() if name.endswith("B13")) == 2


def test_scrolling_down_only_is_reading_on(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport={"width": 600, "height": 420}).new_page()
    someone = Gestures(page)
    for to in (300, 600, 560, 900):
        page.evaluate("y => scrollTo({ top: y, behavior: 'instant' })", to)
        page.evaluate("() => document.dispatchEvent(new Event('scroll'))")
        someone.wait(0.5)
    assert not [name for name in someone.told() if name.endswith("B13")]


def test_a_page_drawn_anew_counts_anew(someone: Gestures) -> None:
    someone.into("prenoms")
    someone.type("Karrimmm")
    someone.erase(4)
    assert someone.told()["prenoms:B3"] == 4
    assert someone.told() == {}


@pytest.mark.parametrize("counting", [True, False])
def test_no_answer_ever_leaves_by_the_counters(page: Page, counting: bool) -> None:
    someone = Gestures(page, counting=counting)
    secrets = {"prenoms": "Zorglubine", "nom_naissance": "48291573", "courriel": "secret7391@example.fr"}
    for name, text in secrets.items():
        someone.into(name)
        someone.type(f"{text}xx")
        someone.erase(2)
        someone.wait(1)
    someone.wait(60)
    assert [request.url for request in someone.sent if "/static/" not in request.url] == []
    if not counting:
        return
    with page.expect_request(lambda request: request.method == "POST") as posted:
        page.locator("#continue").evaluate("button => button.click()")
    (told,) = parse_qs(posted.value.post_data or "", keep_blank_values=True)["counters"]
    assert told
    assert all(PART.fullmatch(part) for part in told.split(" "))
    assert not [text for text in ("zorglubine", "48291573", "7391", "example") if text in told.lower()]


@pytest.fixture
def quiet(page: Page) -> Gestures:
    return Gestures(page, counting=False)


def test_off_nothing_is_loaded_counted_or_sent(quiet: Gestures) -> None:
    page = quiet.page
    quiet.into("prenoms")
    quiet.type("Karrimmm")
    quiet.erase(8)
    with page.expect_request(lambda request: request.method == "POST") as posted:
        page.locator("#continue").evaluate("button => button.click()")
    assert "counters" not in parse_qs(posted.value.post_data or "", keep_blank_values=True)
    assert page.locator("#counters").count() == 0
    loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert not [name for name in loaded if "counters" in name]


def test_without_javascript_the_same_box_changes_nothing(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/affichage")
    page.locator("input[name=counters]").check()
    page.locator("button[value=save]").click()
    citizen = Citizen(page)
    citizen.begin("changement-adresse")
    citizen.say_who()
    with page.expect_request(lambda request: request.method == "POST") as posted:
        citizen.go_on()
    assert parse_qs(posted.value.post_data or "", keep_blank_values=True)["counters"] == [""]
    citizen.expect_step("adresses")


def test_a_finger_beside_the_boxes_brings_larger_ones_after_one_failure(
    new_context: Callable[..., BrowserContext],
) -> None:
    """The browser itself moves a tap a few pixels away onto its box: only what it did not mend is counted."""
    page = new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True).new_page()
    page.goto("/affichage")
    page.locator("input[name=counters]").check()
    page.locator("button[value=save]").click()
    citizen = Citizen(page)
    citizen.begin("changement-adresse")
    choice = page.locator("#question-civilite label.choice").last
    for _ in range(3):
        choice.scroll_into_view_if_needed()
        box = choice.bounding_box()
        assert box
        page.touchscreen.tap(box["x"] + 20, box["y"] + box["height"] + 16)
        choice.tap()
    citizen.go_on()
    expect(citizen.offer).to_contain_text("3 appuis sont tombés juste à côté")
    citizen.press("accept:larger_targets")
    expect(page.locator("html")).to_have_attribute("data-larger-targets", "")
