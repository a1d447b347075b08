"""A hard word is explained under its question with one tap, and put away with another; the hand stays where it was."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.citizen import Citizen

pytestmark = pytest.mark.browser

OPEN, CLOSE = "word:nom_usage:conjoint", "word:nom_usage:"


def test_a_word_is_explained_in_place_and_put_away_again(person: Page) -> None:
    citizen = Citizen(person)
    citizen.begin("demande-apa")
    citizen.write(nom_naissance="Benali")
    question = person.locator("#question-nom_usage")
    word = question.get_by_role("button", name="conjoint")
    expect(word).to_have_attribute("aria-expanded", "false")
    citizen.press(OPEN)
    expect(question.locator("#nom_usage-word")).to_contain_text("avec qui vous vivez en couple")
    expect(question).to_be_in_viewport()
    expect(word).to_have_attribute("aria-expanded", "true")
    citizen.press(CLOSE)
    expect(question.locator("#nom_usage-word")).to_have_count(0)
    expect(question).to_be_in_viewport()
    expect(person.locator("[name=nom_naissance]")).to_have_value("Benali")


def test_the_keyboard_stays_on_the_word_and_the_page_where_it_was(page: Page) -> None:
    Citizen(page).begin("demande-apa")
    word = page.locator("#nom_usage-word-2")
    expect(word).to_be_visible()
    for expanded in ("true", "false"):
        expect(page.locator("#main.htmx-added")).to_have_count(0)
        word.focus()
        page.evaluate("window.kept = scrollY")
        word.press("Enter")
        expect(word).to_have_attribute("aria-expanded", expanded)
        expect(word).to_be_focused()
        assert page.evaluate("scrollY === window.kept")
