"""What the service asks after the sending, answered with the code on another device; the whole way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import journeys_made
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_request_is_answered_with_the_code_and_both_answers_stay(
    person: Page, new_context: Callable[..., BrowserContext], site: Site
) -> None:
    first = new_context(java_script_enabled=False).new_page()
    journey = journeys_made.fill(first)
    journeys_made.send_answers(first)
    journeys_made.keep(first, journey)
    code = first.locator("#resume-code").inner_text()
    journeys_made.ask_to_correct(site, first, journey)

    person.goto("/reprendre")
    person.locator("[name=code]").fill(code)
    person.locator("[name=second]").fill("14/07/1950")
    person.locator("main form .button.primary").first.click()
    asked = person.locator("[id^=demande-]").first
    expect(asked).to_contain_text("Ce prénom n'est pas celui de votre carte.")
    asked.locator(".button.primary").click()
    expect(person.locator("#choice-prenom")).to_be_checked()
    person.locator("#answers .button.primary").click()
    expect(person.locator("[name=prenom]")).to_have_value("Camille")
    person.locator("[name=prenom]").fill("Dominique")
    journeys_made.press(person, "next")
    expect(person.locator("#changes")).to_contain_text("Camille")
    expect(person.locator("#changes")).to_contain_text("Dominique")
    journeys_made.send_correction(person)
    expect(person.locator(".card.done[role=status]")).to_be_visible()
    expect(person.locator("#corrections")).to_contain_text("Dominique")
    expect(person.locator("[id^=demande-]")).to_have_count(0)
