"""What holds on every type of page: name, language, header, footer, targets, names, reflow, text spacing."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser import probes
from tests.browser.inventory import PAGES, Inventory
from tests.browser.presentations import Look

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TOOLS = ["Plus grand", "Plus simple", "Écouter", "Plus de réglages", "Parler à une personne"]
NARROW = {"width": 320, "height": 640}
PHONE = {"width": 390, "height": 844}
"""Wider than 20 rem, where other rules of the style hold."""
DESK = {"width": 1100, "height": 900}
CITIZEN_PAGES = [name for name, kind in PAGES.items() if kind.who in ("citizen", "single")]
LARGEST = [Look(reading_level="standard", text_size="250"), Look(reading_level="easy", text_size="250")]

# Several pages of one type, of one person, or of an action that has no name of its own.
SAME_TITLE_AS = {
    "appointment, earlier offered": "appointment",
    "contact for a visit": "contact",
    "contact for a visit, refused": "contact, refused",
    "draft, reminders agreed": "draft, reminders",
    "show a file, shown": "show a file",
    "who saw a file, opened without consent": "who saw a file",
    "receipt, corrected": "receipt",
    "receipt, something asked": "receipt",
    "home, nothing found": "home",
    "for another person": "for whom",
    "why, nothing yet": "why",
    "keep, the code": "keep",
    "leave, with a way back": "leave",
    "places": "a person",
    "a change and its notice": "numbers",
    "it is hard": "numbers",
    "desk, filling in together": "numbers",
    "numbers refused": "error said plainly, with an offer",
    "a person offered": "error said plainly, with an offer",
    "one question at a time": "contacts",
    "changed in another tab": "contacts",
    "check, something missing": "check",
    "call back, refused": "call back",
    "contact, refused": "contact",
    "find an appointment, refused": "find an appointment",
}


def names_of_tools(page: Page) -> list[str]:
    """Return the visible words of the header's tools, in reading order."""
    return page.evaluate("[...document.querySelectorAll('header .tool')].map(e => e.innerText.trim().split('\\n')[0])")


@pytest.mark.parametrize("name", PAGES)
def test_names_and_targets(inventory: Inventory, name: str) -> None:
    page = inventory.visit(name)
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert probes.misnamed(page) == []
    assert probes.small_targets(page) == []
    page.set_viewport_size(NARROW)
    small = probes.small_targets(page)
    page.set_viewport_size(DESK)
    assert small == []


@pytest.mark.parametrize("name", CITIZEN_PAGES)
def test_help_is_at_the_same_place_on_every_page(inventory: Inventory, name: str) -> None:
    page = inventory.visit(name)
    assert names_of_tools(page) == TOOLS
    person = page.locator("header .tool").last
    journey = re.search(r"/d/[0-9a-f-]{36}/", page.url)
    if person.evaluate("e => e.tagName") == "BUTTON":
        assert person.get_attribute("value") == "person"
    elif journey:
        assert person.get_attribute("href") == f"{journey[0]}personne"
    else:
        assert re.fullmatch(r"/lieux/|/d/[0-9a-f-]{36}/personne", person.get_attribute("href") or "")


@pytest.mark.parametrize("name", PAGES)
def test_every_footer_leads_to_the_site_map_and_says_how_far_it_conforms(inventory: Inventory, name: str) -> None:
    page = inventory.visit(name)
    assert page.locator("footer a[href='/plan-du-site']").inner_text() == "Plan du site"
    mention = page.locator("footer a[href='/accessibilite']").inner_text()
    assert re.fullmatch(r"Accessibilité\s: (non|partiellement|totalement) conforme", mention)


def test_titles_tell_pages_apart(inventory: Inventory) -> None:
    titles = {name: inventory.visit(name).title() for name in PAGES}
    for name, other in SAME_TITLE_AS.items():
        assert titles.pop(name).endswith(titles[other].rpartition("Erreur : ")[2]), name
    doubles = {title for title in titles.values() if list(titles.values()).count(title) > 1}
    assert doubles == set()
    assert [title for title in titles.values() if not re.match(r"\S.{3,} – accessform$", title)] == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_lost_at_320_pixels_nor_at_the_largest_text(inventory: Inventory, name: str) -> None:
    wrong = []
    for look in (Look(), *LARGEST):
        page = inventory.visit(name, look)
        page.set_viewport_size(NARROW)
        wrong += [f"{look}: {what}" for what in probes.overflow(page)]
        wrong += [f"{look}, spaced: {what}" for what in probes.clipped_under_text_spacing(page)]
        page.set_viewport_size(PHONE)
        wrong += [f"{look}, on a phone: {what}" for what in probes.overflow(page)]
        page.set_viewport_size(DESK)
    assert wrong == []
