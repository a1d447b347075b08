"""The whole way of an agent, from signing in to giving back: by keyboard alone, and at 400 % zoom."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import desk_made, journeys_made, probes, staff
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="session")
def amina(site: Site) -> str:
    """An agent's account at a desk of its own."""
    desk_made.make_agent(site, "amina")
    return "amina"


def holds_at_400_percent(page: Page) -> None:
    """Check that nothing sticks out at 320 px, which is 1280 px at 400 %; axe, where it can run, finds nothing."""
    usual = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 256})
    assert probes.overflow(page) == []
    assert probes.small_targets(page) == []
    if probes.has_scripts(page):
        assert probes.axe(page).violations == []
    page.set_viewport_size(usual)


def press_by_keyboard(page: Page, name: str) -> None:
    """Reach a button with the keyboard alone, and press it."""
    button = page.get_by_role("button", name=name, exact=True)
    for _ in range(80):
        page.keyboard.press("Tab")
        if button.evaluate("element => element === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")


def test_an_agent_helps_from_the_day_to_giving_back(person: Page, new_context, site: Site, amina: str) -> None:
    citizen = new_context(java_script_enabled=False).new_page()
    journey = journeys_made.fill(citizen, until="nombres-et-dates")
    visit = desk_made.make_visit(site, amina, journey.removeprefix("/d/"))

    staff.sign_in(person, amina, desk_made.PASSWORD, "/guichet/")
    expect(person.get_by_role("heading", level=1)).to_have_text("Rendez-vous, aujourd'hui")
    holds_at_400_percent(person)
    person.goto(visit)
    holds_at_400_percent(person)
    press_by_keyboard(person, "Ouvrir le dossier")
    expect(person.get_by_role("heading", level=1)).to_have_text("Dossier de Camille Exemple")
    expect(person.locator("#dossier")).to_contain_text("camille@example.fr")
    file = person.url
    holds_at_400_percent(person)
    press_by_keyboard(person, "Remplir avec la personne")
    expect(person.locator("#step-title")).to_have_text("Des nombres et des dates")
    expect(person.locator(".helping")).to_contain_text("Vous remplissez avec Camille Exemple.")
    holds_at_400_percent(person)
    person.locator("[name=tasses]").fill("4")
    press_by_keyboard(person, "Rendre la démarche")
    expect(person.get_by_role("heading", level=1)).to_have_text("Dossier de Camille Exemple")
    expect(person.locator("#dossier")).to_contain_text(re.compile(r"cafés.*\b4\b", re.DOTALL))
    press_by_keyboard(person, "Rendre la démarche")
    expect(person.get_by_role("status").get_by_text("La démarche est rendue.")).to_be_visible()

    assert person.goto(file).status == 410
    holds_at_400_percent(person)
    assert person.goto(f"{journey}/nombres-et-dates/").status == 404
    citizen.goto(f"{journey}/nombres-et-dates/")
    expect(citizen.locator("[name=tasses]")).to_have_value("4")
    person.goto(visit)
    press_by_keyboard(person, "La personne a été reçue")
    expect(person.get_by_role("status").get_by_text("la personne a été reçue")).to_be_visible()


def test_a_wrong_code_is_told_and_the_right_one_opens(page: Page, site: Site, amina: str) -> None:
    staff.sign_in(page, amina, desk_made.PASSWORD, "/guichet/")
    page.goto("/guichet/code")
    holds_at_400_percent(page)
    page.get_by_label("Code", exact=True).fill("12")
    page.get_by_role("button", name="Ouvrir le dossier").click()
    expect(page.locator("#problems")).to_contain_text("n'ouvre aucun dossier ici")
    page.locator("#problems a").click()
    expect(page.locator("#code")).to_be_focused()
    holds_at_400_percent(page)
