"""A person stops, comes back elsewhere with the code and finds the draft where it was; or leaves nothing behind."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.citizen import Citizen

pytestmark = pytest.mark.browser


def keep(citizen: Citizen, birth_date: str = "4 mai 1978") -> str:
    """Ask for the code that finds the draft again and return it as it is shown."""
    citizen.press("keep")
    page = citizen.page
    expect(page).to_have_url(re.compile("/reprendre"))
    page.locator("[name=birth_date]").fill(birth_date)
    page.locator("form:has([name=birth_date]) button").first.click()
    return page.locator("#resume-code").inner_text().strip()


def resume(page: Page, code: str, second: str) -> None:
    """Type a code and the second element on the public page."""
    page.goto("/reprendre")
    page.locator("#code").fill(code)
    page.locator("#second").fill(second)
    page.locator("button[value=open]").click()


def test_the_draft_is_found_where_it_was_on_another_device(
    person: Page, new_context: Callable[..., BrowserContext]
) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    citizen.say_who()
    citizen.go_on()
    citizen.write(ancienne_adresse__street="12 rue des Lilas")
    code = keep(citizen)
    assert re.fullmatch(r"(?:[0-9A-Z]{4}[-\u2011 ]?){3}", code)
    elsewhere = Citizen(new_context(java_script_enabled=False).new_page())
    resume(elsewhere.page, f" {code.lower().replace('-', ' ')} ", "04/05/1978")
    elsewhere.expect_step("adresses")
    expect(elsewhere.page.locator("[name='ancienne_adresse-street']")).to_have_value("12 rue des Lilas")


def test_a_wrong_code_says_so_and_shows_another_way(person: Page) -> None:
    resume(person, "7K4Q-2QXD-9TBA", "04/05/1978")
    expect(person.locator("#error-summary")).to_be_visible()
    expect(person.locator("#error-summary a[href='/lieux/']")).to_be_visible()
    expect(person.locator("#code")).to_have_value(re.compile("7K4Q"))


def test_a_journey_is_nobody_elses(person: Page, new_context: Callable[..., BrowserContext]) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    stranger = new_context().new_page()
    answer = stranger.goto(f"{citizen.journey}vous/")
    assert answer
    assert answer.status == 404


def test_erasing_asks_once_and_leaves_nothing(person: Page) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    citizen.say_who()
    journey = citizen.journey
    citizen.press("quit")
    expect(person).to_have_url(re.compile("/quitter"))
    person.locator("button[value=erase]").click()
    expect(person.locator("h1")).to_be_visible()
    assert "/d/" not in person.url or "/quitter" in person.url
    answer = person.goto(f"{journey}vous/")
    assert answer
    assert answer.status == 404


def test_a_shared_computer_forgets_and_the_code_still_finds_the_draft(
    person: Page, new_context: Callable[..., BrowserContext]
) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    citizen.say_who()
    journey = citizen.journey
    code = keep(citizen)
    person.goto(f"{journey}quitter")
    person.locator("button[value=forget]").click()
    answer = person.goto(f"{journey}vous/")
    assert answer
    assert answer.status == 404
    elsewhere = Citizen(new_context().new_page())
    resume(elsewhere.page, code, "4 mai 1978")
    expect(elsewhere.page).to_have_url(re.compile(f"{journey}"))
