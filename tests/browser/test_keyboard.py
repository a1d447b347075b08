"""The keyboard alone: a whole form to its receipt, focus that shows and that nothing covers, no trap."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import focus
from tests.browser.inventory import Inventory
from tests.browser.presentations import Look

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Page types that hold, between them, every kind of control.
EVERY_CONTROL = [
    "contacts refused",
    "official numbers, help open",
    "group and documents",
    "it is hard",
    "places",
    "settings",
    "keep",
    "own place, openings refused",
]


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until the element of that selector has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    pytest.fail(f"{selector} was not reached in {most} presses of Tab on {page.url}")


def skip_to_content(page: Page) -> None:
    """Use the skip link, the first stop of a page that was loaded whole."""
    if page.evaluate("document.activeElement === document.body"):
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")


def go_on(page: Page, leads_to: str) -> None:
    """Press Enter on « Continuer »."""
    tab_to(page, "#continue")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(leads_to))
    skip_to_content(page)


def write(page: Page, name: str, text: str) -> None:
    tab_to(page, f"[name='{name}']")
    page.keyboard.type(text)


def test_a_whole_form_is_filled_in_and_sent_with_the_keyboard_alone(person: Page) -> None:
    person.goto("/")
    skip_to_content(person)
    tab_to(person, "a[href='/demarches/demonstration/']")
    person.keyboard.press("Enter")
    expect(person).to_have_url(re.compile("/demarches/demonstration/$"))
    skip_to_content(person)
    tab_to(person, "form[action$=commencer] button")
    person.keyboard.press("Enter")
    expect(person).to_have_url(re.compile("/pour-qui/"))
    skip_to_content(person)
    tab_to(person, "[name=filled_for_who]")
    person.keyboard.press("ArrowDown")
    person.keyboard.press("ArrowUp")
    expect(person.locator("[name=filled_for_who][value=self]")).to_be_checked()
    go_on(person, "/bienvenue/")
    write(person, "prenom", "Camille")
    tab_to(person, "[name=deja_essaye]")
    person.keyboard.press("ArrowDown")
    expect(person.locator("[name=deja_essaye][value=non]")).to_be_checked()
    tab_to(person, "[name=aides][value=simple]")
    person.keyboard.press("Space")
    expect(person.locator("[name=aides][value=simple]")).to_be_checked()
    go_on(person, "/coordonnees/")
    write(person, "code_postal", "44000")
    write(person, "commune", "Nantes")
    for name, typed, value in (("departement", "Loire-A", "44"), ("pays", "Ital", "IT")):
        write(person, name, typed)
        expect(person.locator(f"[name={name}]")).to_have_value(value)
    go_on(person, "/nombres-et-dates/")
    for name, typed in (("tasses", "2"), ("distance", "2,5"), ("panier", "34"), ("jour_heureux", "14 juillet 1998")):
        write(person, name, typed)
    go_on(person, "/numeros/")
    go_on(person, "/entourage-et-documents/")
    tab_to(person, "button[value='add:proches']")
    person.keyboard.press("Enter")
    expect(person.locator("#proches-0")).to_be_visible()
    tab_to(person, "button[value='remove:proches:0']")
    person.keyboard.press("Enter")
    expect(person.locator("#proches-0")).to_have_count(0)
    go_on(person, "/fin/")
    tab_to(person, "[name=compris]")
    person.keyboard.press("Space")
    go_on(person, "/verifier$")
    tab_to(person, "form button.primary")
    person.keyboard.press("Enter")
    expect(person).to_have_url(re.compile("/recu$"))
    expect(person.locator("#essentiel .code")).to_be_visible()


@pytest.mark.parametrize("name", EVERY_CONTROL)
def test_focus_shows_at_every_stop_and_nothing_covers_it(inventory: Inventory, name: str) -> None:
    stops = focus.tab_stops(inventory.visit(name))
    assert len(stops) > 8
    assert [stop.what for stop in stops if not stop.visible] == []
    assert [stop.what for stop in stops if stop.obscured] == []


@pytest.mark.parametrize("look", [Look(color_scheme="dark"), Look(contrast="more"), Look(text_size="250")], ids=str)
def test_focus_shows_however_the_page_is_presented(inventory: Inventory, look: Look) -> None:
    stops = focus.tab_stops(inventory.visit("home", look))
    assert [stop.what for stop in stops if not stop.visible or stop.obscured] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_and_focus_show_in_forced_colours(inventory: Inventory, scheme: str) -> None:
    page = inventory.visit("choices" if scheme == "light" else "home")
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    hidden = focus.invisible_controls(page)
    stops = focus.tab_stops(page)
    page.emulate_media(forced_colors="none", color_scheme="light")
    assert hidden == []
    assert [stop.what for stop in stops if not stop.visible] == []
