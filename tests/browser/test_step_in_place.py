"""Filling in a step in a real browser: the same with and without JavaScript, and what JavaScript adds."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.probes import axe, overflow

pytestmark = pytest.mark.browser


def start(page: Page) -> None:
    """Start a change of address, for oneself."""
    page.goto("/demarches/changement-adresse/")
    page.get_by_role("button", name=re.compile("ommencer")).click()
    page.get_by_label("Pour vous").check()
    page.get_by_role("button", name="Continuer").click()
    expect(page).to_have_url(re.compile("/vous/$"))


def fill(page: Page, born: str = "4/5/78") -> None:
    """Fill the step on identity."""
    page.get_by_label("Madame").check()
    page.get_by_label(re.compile("nom de naissance")).fill("Benali")
    page.get_by_label(re.compile("prénoms")).fill("Karim")
    page.get_by_label(re.compile("date de naissance")).fill(born)


def test_a_refusal_leads_to_the_control_and_the_step_goes_on(person: Page) -> None:
    start(person)
    fill(person, born="4/5/20")
    person.get_by_role("button", name="Continuer").click()
    summary = person.locator("#problems")
    expect(summary).to_be_focused()
    assert person.title().startswith("Erreur")
    summary.get_by_role("link", name=re.compile("date de naissance")).click()
    expect(person.locator("#date_naissance")).to_be_focused()
    person.keyboard.press("Control+A")
    person.keyboard.type("4 mai 1978")
    person.keyboard.press("Enter")
    expect(person).to_have_url(re.compile("/adresses/$"))
    person.get_by_role("button", name="Précédent").click()
    expect(person.locator("#date_naissance")).to_have_value("4 mai 1978")


def test_bigger_and_simpler_keep_what_is_typed(person: Page) -> None:
    start(person)
    fill(person)
    person.get_by_role("button", name="Plus grand").click()
    expect(person.locator("html")).to_have_attribute("data-text-size", "125")
    person.get_by_role("button", name="Plus simple").click()
    expect(person.locator("html")).to_have_attribute("data-reading-level", "easy")
    expect(person.locator("#nom_naissance")).to_have_value("Benali")


def test_with_javascript_a_step_comes_without_loading_the_page_again(page: Page) -> None:
    start(page)
    fill(page)
    page.evaluate("window.kept = true")
    page.get_by_role("button", name="Continuer").click()
    expect(page).to_have_url(re.compile("/adresses/$"))
    expect(page.locator("#step-title")).to_be_focused()
    assert page.evaluate("window.kept") is True
    assert "adresses" in page.title().lower()
    assert axe(page).violations == []
    page.get_by_role("button", name="Plus simple").click()
    expect(page.locator("html")).to_have_attribute("data-reading-level", "easy")
    expect(page.locator("#tool-simpler")).to_be_focused()
    page.get_by_role("button", name="C'est difficile").click()
    expect(page.locator("#hard")).to_be_visible()
    assert page.evaluate("window.kept") is True
    page.go_back()
    expect(page.locator("#nom_naissance")).to_have_value("Benali")


def test_with_javascript_other_pages_are_loaded_whole(page: Page) -> None:
    start(page)
    page.get_by_role("button", name="Parler à une personne").click()
    expect(page).to_have_url(re.compile("/personne"))
    expect(page.locator("main")).to_have_count(1)
    page.go_back()
    page.get_by_role("button", name="Plus de réglages").click()
    expect(page).to_have_url(re.compile("/affichage"))


def test_a_cut_connection_is_said_and_a_second_try_succeeds(page: Page) -> None:
    start(page)
    fill(page)
    page.route("**/vous/**", lambda route: route.abort())
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator("#announcer")).to_contain_text("connexion")
    page.unroute("**/vous/**")
    page.get_by_role("button", name="Continuer").click()
    expect(page).to_have_url(re.compile("/adresses/$"))


def test_a_session_that_ended_shows_a_whole_page(page: Page) -> None:
    start(page)
    fill(page)
    page.context.clear_cookies()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("page")
    expect(page.locator("#step-form")).to_have_count(0)


def test_nothing_is_cut_at_320_pixels(page: Page) -> None:
    start(page)
    page.set_viewport_size({"width": 320, "height": 600})
    assert overflow(page) == []
