"""The page adapts in a real browser: at once, with what is typed kept, undone in one tap, with and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import probes
from tests.browser.citizen import Citizen
from tests.browser.presentations import Look, choose

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NEXT = "#step-form .actions button[value=next]"


def start(page: Page) -> None:
    """Start the demonstration form and reach its first own step."""
    page.goto("/demarches/demonstration/")
    page.locator("main form[action$=commencer] button").click()
    page.locator("#step-form input[type=radio]").first.check()
    page.locator(NEXT).click()
    expect(page).to_have_url(re.compile("/bienvenue/"))


def press(page: Page, action: str) -> None:
    page.locator(f"button[name=action][value='{action}']").first.click()


def html_has(page: Page, attribute: str, value: str) -> None:
    expect(page.locator("html")).to_have_attribute(attribute, value)


def test_a_repeated_refusal_brings_one_offer_that_is_accepted_and_undone(person: Page):
    start(person)
    for _ in range(2):
        person.locator("#step-form input[type=text]").first.fill("Camille " * 100)
        person.locator(NEXT).click()
        expect(person.locator("#step-form")).to_be_visible()
    offer = person.locator("#offer")
    expect(offer).to_contain_text("refusée 2 fois")
    person.locator("#step-form input[type=text]").first.fill("Camille")
    accept, refuse = (offer.locator("button").nth(place).bounding_box() for place in (0, 1))
    assert accept
    assert refuse
    assert refuse["x"] - (accept["x"] + accept["width"]) >= 16
    assert min(accept["height"], refuse["height"]) >= 44
    press(person, "accept:easy_wording")
    html_has(person, "data-reading-level", "easy")
    expect(person.locator("#step-form input[type=text]").first).to_have_value("Camille")
    press(person, "undo:easy_wording")
    html_has(person, "data-reading-level", "plain")
    expect(person.locator("#step-form input[type=text]").first).to_have_value("Camille")


def test_larger_and_simpler_act_on_every_page_and_are_said(person: Page):
    person.goto("/")
    press(person, "larger")
    html_has(person, "data-text-size", "125")
    expect(person.locator("#announcer")).to_contain_text("125")
    person.goto("/plan-du-site")
    press(person, "simpler")
    html_has(person, "data-reading-level", "easy")
    html_has(person, "data-text-size", "125")


def test_a_choice_is_seen_before_it_is_saved(page: Page):
    page.goto("/affichage")
    page.locator("input[name=text_size][value='200']").check()
    html_has(page, "data-text-size", "200")
    page.locator("input[name=reading_level][value=easy]").check()
    expect(page.locator("#sample [data-level=easy]")).to_be_visible()
    expect(page.locator("#sample [data-level=plain]")).to_be_hidden()
    page.reload()
    html_has(page, "data-text-size", "100")


def test_the_panel_is_whole_on_a_narrow_screen_at_the_largest_size(person: Page):
    person.set_viewport_size({"width": 320, "height": 640})
    person.goto("/affichage")
    person.locator("input[name=text_size][value='250']").check()
    person.locator("button[value=save]").click()
    html_has(person, "data-text-size", "250")
    assert person.locator("html").evaluate("page => page.scrollWidth <= page.clientWidth")


def test_what_the_device_sets_is_said(new_context):
    page = new_context(color_scheme="dark", contrast="more").new_page()
    page.goto("/affichage")
    expect(page.locator("#setting-color_scheme .by-device")).to_be_visible()
    expect(page.locator("#setting-contrast .by-device")).to_be_visible()
    page = new_context(color_scheme="light", contrast="no-preference").new_page()
    page.goto("/affichage")
    expect(page.locator("#setting-color_scheme .by-device")).to_be_hidden()


def test_the_device_is_heard_only_by_who_asked(new_context):
    page = new_context(has_touch=True, color_scheme="dark").new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/appareil") else None)
    start(page)
    assert sent == []
    page.goto("/affichage")
    page.locator("input[name=auto_adapt]").check()
    with page.expect_response(lambda response: response.url.endswith("/appareil")) as told:
        page.locator("button[value=save]").click()
    assert told.value.status == 204
    page.goto("/demarches/demonstration/")
    page.locator("main form[action$=commencer] button").click()
    html_has(page, "data-text-size", "150")
    expect(page.locator("#notice-larger_targets")).to_be_visible()
    press(page, "undo:larger_text")
    html_has(page, "data-text-size", "100")


@pytest.mark.parametrize("size", ["100", "250"])
def test_the_map_the_ways_of_writing_and_the_help_to_choose_stay_whole(new_context, site, size):
    context = new_context(viewport={"width": 320, "height": 640})
    choose(context, site.address, Look(text_size=size))
    citizen = Citizen(context.new_page())
    citizen.begin("changement-adresse")
    for name in ("step_map", "tolerant_input", "choice_help"):
        citizen.press("hard")
        citizen.press(f"accept:{name}")
    expect(citizen.page.locator("#step-map li[aria-current=step]")).to_have_count(1)
    expect(citizen.page.locator("#date_naissance-accepted")).to_be_visible()
    assert citizen.page.locator("html").evaluate("page => page.scrollWidth <= page.clientWidth")
    assert probes.axe(citizen.page).violations == []
