"""Difficulty is noticed from outcomes alone, answered with one offer, explained, and undone with one tap."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.citizen import Citizen

pytestmark = pytest.mark.browser

IMPOSSIBLE = "31/02/1978"


@pytest.fixture
def lost(person: Page) -> Citizen:
    """Somebody whose date has been refused once."""
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    citizen.say_who()
    citizen.write(date_naissance=IMPOSSIBLE)
    citizen.go_on()
    return citizen


def refused_again(citizen: Citizen, times: int = 1) -> None:
    for _ in range(times):
        citizen.write(date_naissance=IMPOSSIBLE)
        citizen.go_on()


def test_the_first_refusal_offers_nothing(lost: Citizen) -> None:
    expect(lost.refused()).to_be_visible()
    expect(lost.offer).to_have_count(0)


def test_the_second_refusal_says_it_plainly_and_brings_one_offer(lost: Citizen) -> None:
    before = lost.page.locator("#question-date_naissance .error").inner_text()
    refused_again(lost)
    assert lost.page.locator("#question-date_naissance .error").inner_text() != before
    expect(lost.page.locator("#question-date_naissance")).to_contain_text("Exemple")
    expect(lost.offer).to_have_count(1)
    expect(lost.offer).to_contain_text("refusée 2 fois")
    expect(lost.offer.locator("button[value^='accept:']")).to_be_visible()
    expect(lost.offer.locator("button[value^='refuse:']")).to_be_visible()


def test_accepting_redraws_the_same_question_and_one_tap_undoes(lost: Citizen) -> None:
    refused_again(lost)
    root = lost.page.locator("html")
    level = root.get_attribute("data-reading-level")
    accept = lost.offer.locator("button[value^='accept:']").get_attribute("value")
    assert accept
    lost.press(accept)
    lost.expect_step("vous")
    expect(lost.page.locator("[name=date_naissance]")).to_have_value(IMPOSSIBLE)
    expect(lost.page.locator("[name=prenoms]")).to_have_value("Leïla")
    assert root.get_attribute("data-reading-level") != level or lost.page.locator("#step-form .question").count() == 1
    lost.page.locator(".notice button[value^='undo:']").first.click()
    expect(root).to_have_attribute("data-reading-level", level or "")
    expect(lost.page.locator("[name=prenoms]")).to_have_value("Leïla")


def test_refusing_puts_it_aside_and_it_stays_within_reach(lost: Citizen) -> None:
    refused_again(lost)
    refuse = lost.offer.locator("button[value^='refuse:']").get_attribute("value")
    assert refuse
    lost.press(refuse)
    expect(lost.offer).to_have_count(0)
    lost.press("why")
    expect(lost.page.locator("button[value^='accept:']").first).to_be_visible()


def test_the_third_refusal_opens_the_door_to_a_person(lost: Citizen) -> None:
    refused_again(lost, times=2)
    card = lost.page.locator("#une-personne")
    expect(card).to_be_visible()
    card.locator("button[value=person]").click()
    expect(lost.page).to_have_url(re.compile("/personne"))
    expect(lost.page.locator("a[href^='tel:']").first).to_be_visible()
    lost.page.goto(f"{lost.journey}vous/")
    expect(lost.page.locator("[name=prenoms]")).to_have_value("Leïla")


def test_it_is_difficult_is_answered_at_once(person: Page) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    citizen.write(prenoms="Leïla")
    citizen.press("hard")
    card = person.locator("#hard")
    expect(card).to_be_visible()
    expect(card.locator("button[value=person]")).to_be_visible()
    expect(person.locator("[name=prenoms]")).to_have_value("Leïla")
    citizen.press("accept:easy_wording")
    expect(person.locator("html")).to_have_attribute("data-reading-level", "easy")


def test_why_lists_every_change_with_facts_and_undoes_all(lost: Citizen) -> None:
    refused_again(lost)
    accept = lost.offer.locator("button[value^='accept:']").get_attribute("value")
    assert accept
    lost.press(accept)
    lost.press("why")
    page = lost.page
    expect(page).to_have_url(re.compile("/pourquoi"))
    expect(page.locator("[data-change]").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("Nous avons refusé 2 fois la réponse")
    page.locator("#details summary").click()
    exported = page.context.request.get(page.locator("a[download='pourquoi.json']").get_attribute("href") or "")
    assert json.loads(exported.text())
    assert IMPOSSIBLE not in exported.text()
    page.locator("button[value=undo_all]").click()
    page.goto(f"{lost.journey}vous/")
    expect(page.locator("html")).to_have_attribute("data-reading-level", "plain")


def test_offers_stop_when_asked_and_nothing_is_counted_any_more(lost: Citizen) -> None:
    lost.press("hard")
    lost.page.goto(f"{lost.journey}pourquoi")
    lost.page.locator("button[value=stop]").click()
    lost.page.goto(f"{lost.journey}vous/")
    refused_again(lost, times=3)
    expect(lost.offer).to_have_count(0)
    expect(lost.page.locator("#une-personne")).to_have_count(0)
    expect(lost.page.locator("header .person")).to_be_visible()


def test_focus_stays_in_its_place_when_help_is_accepted(page: Page) -> None:
    citizen = Citizen(page)
    citizen.begin("changement-adresse")
    citizen.say_who()
    for _ in range(2):
        citizen.write(date_naissance=IMPOSSIBLE)
        citizen.go_on()
    expect(page.locator("#problems")).to_be_focused()
    page.locator("#offer button[value^='accept:']").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".notice button[value^='undo:']").first).to_be_visible()
    expect(page.locator("#help-place")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".notice button[value^='undo:']").first).to_be_focused()


def test_focus_does_not_move_when_the_text_grows(page: Page) -> None:
    citizen = Citizen(page)
    citizen.begin("changement-adresse")
    page.locator("header button[value=larger]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-text-size", "125")
    expect(page.locator("header button[value=larger]")).to_be_focused()


def test_two_steps_refused_twice_each_open_the_door_to_a_person(lost: Citizen) -> None:
    refused_again(lost)
    expect(lost.page.locator("#une-personne")).to_have_count(0)
    lost.write(date_naissance="4 mai 1978")
    lost.go_on()
    lost.expect_step("adresses")
    for _ in range(2):
        lost.write(date_demenagement=IMPOSSIBLE)
        lost.go_on()
    expect(lost.page.locator("#une-personne")).to_be_visible()


def test_a_failure_after_an_accepted_change_opens_the_door_to_a_person(person: Page) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    citizen.press("hard")
    citizen.press("accept:easy_wording")
    citizen.say_who()
    citizen.write(date_naissance=IMPOSSIBLE)
    citizen.go_on()
    expect(citizen.refused()).to_be_visible()
    expect(person.locator("#une-personne")).to_be_visible()
