"""From the middle of a form to an appointment and back, with and without JavaScript; nothing typed is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import probes

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def start(page: Page) -> None:
    """Start the demonstration form and reach its first own step."""
    page.goto("/demarches/demonstration/")
    page.locator("main form[action$=commencer] button").click()
    page.get_by_label("Pour moi").or_(page.get_by_label("Pour vous")).first.check()
    page.locator("#step-form button.primary").click()
    expect(page).to_have_url(re.compile("/bienvenue/"))


def ask_for_a_person(page: Page) -> None:
    page.locator("header .person").click()
    expect(page).to_have_url(re.compile(r"/d/[0-9a-f-]{36}/personne$"))


def choose_first_slot(page: Page) -> str:
    """Go to the demonstration place and choose its first free slot; return how it is said."""
    page.locator("#lieux ~ ul .button").first.click()
    page.locator("main .button.primary").first.click()
    page.locator("main .slots a").first.click()
    return page.locator("#creneau .lead").inner_text().lower()


def test_a_person_books_from_the_middle_of_a_form_and_finds_the_draft_again(person: Page):
    start(person)
    field = person.locator("#step-form input[type=text]").first
    name = field.get_attribute("name")
    field.fill("à moitié écrit")
    ask_for_a_person(person)
    expect(person.locator("#service")).to_contain_text("Accueil de démonstration")
    assert person.locator("#service a[href^='tel:']").get_attribute("href") == "tel:0199004040"
    when = choose_first_slot(person)
    person.locator("#name").fill("Camille Exemple")
    person.locator("#phone").fill("01 99 00 10 10")
    person.locator("main form .button.primary").click()
    expect(person.locator("h1")).to_have_text("Vous avez rendez-vous")
    expect(person.locator("#rendez-vous")).to_contain_text(re.compile(re.escape(when), re.IGNORECASE))
    person.get_by_role("link", name="Revenir à ma démarche").click()
    expect(person.locator(f"#step-form [name='{name}']")).to_have_value("à moitié écrit")


def test_an_appointment_is_found_moved_and_cancelled_with_its_code_alone(person: Page, new_context):
    person.goto("/lieux/")
    choose_first_slot(person)
    person.locator("#name").fill("Camille Exemple")
    person.locator("#phone").fill("01 99 00 10 10")
    person.locator("main form .button.primary").click()
    code = person.locator(".code").inner_text()
    elsewhere = new_context(java_script_enabled=False).new_page()
    elsewhere.goto("/rendez-vous/")
    elsewhere.get_by_label("Code de rendez-vous").fill(code.lower())
    elsewhere.get_by_role("button", name="Voir mon rendez-vous").click()
    before = elsewhere.locator("#rendez-vous .lead").inner_text()
    elsewhere.get_by_role("link", name="Déplacer le rendez-vous").click()
    elsewhere.locator(".slots button").nth(4).click()
    assert elsewhere.locator("#rendez-vous .lead").inner_text() != before
    elsewhere.get_by_role("link", name="Annuler le rendez-vous").click()
    elsewhere.get_by_role("button", name="Oui, annuler").click()
    expect(elsewhere.locator("h1")).to_have_text("Ce rendez-vous est annulé")


def test_the_pages_of_the_hand_off_conform_and_reflow(page: Page):
    start(page)
    ask_for_a_person(page)
    person_page = page.url
    page.locator("#service a.button").nth(1).click()
    page.locator("#phone").fill("12")
    page.locator("main form .button.primary").click()
    addresses = [person_page, f"{person_page}?ou=Xyzville", f"{person_page}/rappel", "/lieux/", "/rendez-vous/"]
    conforms(page)
    page.goto("/lieux/")
    for selector in ("#lieux ~ ul .button", "main .button.primary", "main .slots a"):
        page.locator(selector).first.click()
        addresses.append(page.url)
    page.locator("#name").fill("Camille Exemple")
    page.locator("#phone").fill("01 99 00 10 10")
    page.locator("main form .button.primary").click()
    addresses += [page.url, f"{page.url}deplacer", f"{page.url}annuler"]
    for address in addresses:
        page.goto(address)
        conforms(page)


def conforms(page: Page) -> None:
    """No axe violation nor incomplete, targets of 44 px, and no sideways scroll at 320 px."""
    found = probes.axe(page)
    assert (found.violations, found.incomplete) == ([], []), page.url
    small = [x for x in page.evaluate(probes.INTERACTIVE) if min(x["width"], x["height"]) < probes.TARGET_PX - 0.5]
    assert small == [], page.url
    page.set_viewport_size({"width": 320, "height": 640})
    wide = page.evaluate(probes.OVERFLOWING)
    assert (wide["page"] <= 0, wide["elements"]) == (True, []), page.url
    page.set_viewport_size({"width": 1100, "height": 900})
