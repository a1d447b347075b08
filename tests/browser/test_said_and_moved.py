"""What a page says by itself, where focus goes, what moves: errors, status messages, adaptations, erasing."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import journeys_made, probes
from tests.browser.inventory import PAGES, Inventory

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Every text that live regions hold, each time that something in them changes.
LISTEN = """() => {
  window.said = [];
  const live = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
  new MutationObserver(records => {
    const regions = new Set(records.map(r => (r.target.closest ?? (() => null)).call(r.target, live)).filter(Boolean));
    for (const region of regions) if (region.textContent.trim()) window.said.push(region.textContent.trim());
  }).observe(document.body, {childList: true, subtree: true, characterData: true});
}"""


def test_errors_take_the_focus_and_lead_to_their_control(person: Page) -> None:
    journeys_made.start(person)
    expect(person).to_have_url(re.compile("/bienvenue/"))
    journeys_made.press(person, "next")
    expect(person.locator("#problems")).to_be_focused()
    assert person.title().startswith("Erreur")
    for link in person.locator("#problems li a").all():
        link.click()
        target = person.evaluate("document.activeElement.name")
        assert target in {"prenom", "deja_essaye"}
        assert person.evaluate("document.activeElement.closest('.question').querySelector('.error') !== null")


@pytest.mark.parametrize("button", ["larger", "simpler"])
def test_a_status_message_is_said_once_and_focus_does_not_move(inventory: Inventory, button: str) -> None:
    page = inventory.visit("numbers")
    page.evaluate("window.kept = true")
    page.evaluate(LISTEN)
    pressed = page.locator(f"#tool-{button}")
    pressed.press("Enter")
    expect(page.locator("#announcer")).not_to_be_empty()
    page.wait_for_timeout(200)
    assert page.evaluate("window.kept")
    assert page.evaluate("window.said") == [page.locator("#announcer").inner_text()]
    expect(pressed).to_be_focused()


def test_an_accepted_help_keeps_answers_place_and_keyboard(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context().new_page()
    made = new_context(java_script_enabled=False)
    address = journeys_made.fill(made.new_page(), until="nombres-et-dates")
    journeys_made.refuse(made.pages[0], 2)
    page.context.add_cookies(made.cookies())
    page.goto(f"{address}/nombres-et-dates/?erreurs=1")
    page.evaluate("window.kept = true")
    page.locator("#offer .button.primary").press("Enter")
    expect(page.locator("#help-place .notice")).to_be_visible()
    assert page.evaluate("window.kept")
    expect(page.locator("[name=tasses]")).to_have_value("beaucoup")
    expect(page.locator("main:focus, main :focus")).to_have_count(1)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_erasing_asks_once(person: Page) -> None:
    address = journeys_made.start(person)
    expect(person).to_have_url(re.compile("/bienvenue/"))
    journeys_made.press(person, "quit")
    expect(person).to_have_url(re.compile("/quitter$"))
    person.locator("button[value=erase]").click()
    expect(person).to_have_url(re.compile("/au-revoir/"))
    answer = person.goto(f"{address}/bienvenue/")
    assert answer is not None
    assert answer.status == 404


def test_nothing_moves_for_who_asked_for_less_motion(inventory: Inventory) -> None:
    page = inventory.visit("numbers")
    page.emulate_media(reduced_motion="reduce")
    still = {name: probes.moving(inventory.visit(name)) for name in ("home", "choices", "settings", "slots")}
    page.emulate_media(reduced_motion="no-preference")
    assert [name for name, elements in still.items() if elements] == []


def test_the_page_types_name_themselves_once() -> None:
    addresses = [(kind.address, kind.gestures, kind.who) for kind in PAGES.values()]
    assert len(set(addresses)) == len(addresses)
