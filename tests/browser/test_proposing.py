"""An agent proposes a time to somebody on the phone: without JavaScript, by keyboard alone, at 400 % zoom."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import desk_made, staff
from tests.browser.site import Site
from tests.browser.test_desk import holds_at_400_percent, press_by_keyboard

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def follow_by_keyboard(page: Page, address: str) -> None:
    """Reach a link of the main part with the keyboard alone, and follow it."""
    link = page.locator(f"main a[href*='{address}']").first
    for _ in range(80):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    expect(link).to_be_focused()
    page.keyboard.press("Enter")


def test_a_time_is_proposed_noted_booked_and_found_again_by_its_code(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    desk_made.make_agent(site, "lise")
    lise = new_context(java_script_enabled=False).new_page()
    staff.sign_in(lise, "lise", desk_made.PASSWORD, "/guichet/")
    lise.get_by_role("link", name="Proposer une heure").click()
    follow_by_keyboard(lise, "/remplir-ensemble/")
    expect(lise.get_by_role("heading", level=1)).to_have_text("Choisir une heure")
    first = lise.locator("main .slots button").first
    first.focus()
    lise.keyboard.press("Enter")
    expect(lise.get_by_role("heading", level=1)).to_have_text("À dire à la personne")
    when = lise.locator("#heure .lead").inner_text()
    press_by_keyboard(lise, "Réserver pour la personne")
    expect(lise.locator("#problems")).to_contain_text("Écrivez le nom de la personne.")
    lise.locator("#name").fill("Camille Exemple")
    lise.locator("#phone").fill("01 99 00 10 10")
    press_by_keyboard(lise, "Réserver pour la personne")
    expect(lise.get_by_role("heading", level=1)).to_have_text("Le rendez-vous est réservé")
    code = lise.locator("p.code").inner_text()

    citizen = new_context(java_script_enabled=False).new_page()
    citizen.goto("/rendez-vous/")
    citizen.locator("#code").fill(code)
    citizen.locator("main form .button.primary").click()
    expect(citizen.get_by_role("heading", level=1)).to_have_text("Vous avez rendez-vous")
    expect(citizen.locator("#rendez-vous .lead")).to_have_text(when)


def test_a_time_that_is_given_back_is_free_again(new_context: Callable[..., BrowserContext], site: Site) -> None:
    desk_made.make_agent(site, "marc")
    marc = new_context().new_page()
    staff.sign_in(marc, "marc", desk_made.PASSWORD, "/guichet/proposer/")
    holds_at_400_percent(marc)
    marc.locator("main a[href$='/remplir-ensemble/']").click()
    holds_at_400_percent(marc)
    last = marc.locator("main .slots button").last
    stamp = last.get_attribute("value")
    last.click()
    holds_at_400_percent(marc)
    press_by_keyboard(marc, "Garder 10 minutes de plus")
    press_by_keyboard(marc, "Rendre cette heure")
    expect(marc.get_by_role("status").get_by_text("L'heure est rendue.")).to_be_visible()
    expect(marc.locator(f"main .slots button[value='{stamp}']")).to_be_visible()
