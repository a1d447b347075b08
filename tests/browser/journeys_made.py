"""Journeys brought, through the pages alone, to the state that a test wants to see."""

import re
from collections.abc import Mapping

from playwright.sync_api import Page

from tests.browser.site import Site

STEPS: Mapping[str, Mapping[str, str]] = {
    "coordonnees": {
        "courriel": "camille@example.fr",
        "telephone": "06 39 98 12 34",
        "code_postal": "44000",
        "commune": "Nantes",
        "departement": "44",
        "pays": "IT",
    },
    "nombres-et-dates": {"tasses": "2", "distance": "2,5", "panier": "34,50", "jour_heureux": "14 juillet 1998"},
    "numeros": {},
    "entourage-et-documents": {},
    "fin": {"avis": "Une visite tranquille."},
}
"""Answers to the demonstration form, step by step; the first step has gestures of its own."""


def press(page: Page, action: str) -> None:
    """Press the button of the step's form that carries `action`."""
    page.locator(f"[name=action][value='{action}']:not([tabindex='-1'])").first.click()


def start(page: Page, slug: str = "demonstration", who: str = "self") -> str:
    """Start a journey, say for whom, and return its address, without the last slash."""
    page.goto(f"/demarches/{slug}/")
    page.locator("main form[action$=commencer] button").click()
    address = _address_of_journey(page)
    page.locator(f"[name=filled_for_who][value={who}]").check()
    press(page, "next")
    return address


def _address_of_journey(page: Page) -> str:
    found = re.search(r"/d/[0-9a-f-]{36}", page.url)
    assert found is not None, page.url
    return found[0]


def fill_first_step(page: Page) -> None:
    """Answer the first step of the demonstration form, the question that an answer brings up included."""
    page.locator("[name=prenom]").fill("Camille")
    page.locator("[name=deja_essaye][value=oui]").check()
    press(page, "next")
    page.locator("[name=ressenti][value=facile]").check()
    press(page, "next")


def fill_step(page: Page, step: str) -> None:
    """Answer one later step of the demonstration form and go on."""
    for name, value in STEPS[step].items():
        field = page.locator(f"#step-form [name={name}]")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    if step == "entourage-et-documents":
        page.locator("[name=photo-how][value=later]").check()
    if step == "fin":
        page.locator("[name=compris]").check()
    press(page, "next")


def fill(page: Page, *, until: str = "") -> str:
    """Start the demonstration form and answer its steps until one of them, or to the check of answers."""
    address = start(page)
    fill_first_step(page)
    for step in STEPS:
        if step == until:
            break
        assert f"/{step}/" in page.url, page.url
        fill_step(page, step)
    return address


def refuse(page: Page, times: int = 1) -> None:
    """Have one question of the step « nombres-et-dates » refused so many times in a row."""
    for _ in range(times):
        page.locator("[name=tasses]").fill("beaucoup")
        page.locator("[name=jour_heureux]").fill("un jour")
        press(page, "next")


def keep(page: Page, address: str) -> None:
    """Get the resume code of a journey."""
    page.goto(f"{address}/reprendre")
    page.locator("#birth_date").fill("14 juillet 1950")
    page.locator("button[value=birth_date]").click()


def remind(page: Page, address: str) -> None:
    """Ask to be reminded of a journey by e-mail."""
    page.goto(f"{address}/rappels")
    page.locator("#email").fill("camille@example.fr")
    page.locator("main form .button.primary").first.click()


def send_answers(page: Page) -> None:
    """Send the answers from their check."""
    page.locator("main form button.primary").click()


def book(page: Page, start_from: str = "/lieux/") -> dict[str, str]:
    """Book the first free slot of the demonstration place; return the addresses met on the way."""
    met = {}
    page.goto(start_from)
    for name, link in (
        ("place", "#lieux ~ ul .button"),
        ("slots", "main .button.primary"),
        ("slot", "main .slots a"),
    ):
        page.locator(link).first.click()
        met[name] = page.url
    page.locator("#name").fill("Camille Exemple")
    page.locator("#phone").fill("01 99 00 10 10")
    page.locator("main form .button.primary").click()
    met["appointment"] = page.url
    return met


def ask_to_correct(site: Site, page: Page, address: str) -> None:
    """Have the service ask for the first name of a journey that was sent."""
    page.goto(f"{address}/recu")
    reference = page.locator("#essentiel .code").inner_text()
    words = "Ce prénom n'est pas celui de votre carte."
    site.manage("corrections", "ask", reference, "--kind", "correction", "--question", "prenom", "--words", words)


def correct(page: Page, address: str, name: str = "Dominique") -> None:
    """Correct the first name of a journey that was sent, up to the check of before and after."""
    page.goto(f"{address}/corriger")
    page.locator("#choice-prenom").check()
    page.locator("#answers .button.primary").click()
    page.locator("[name=prenom]").fill(name)
    press(page, "next")


def send_correction(page: Page) -> None:
    """Send a correction from its check."""
    page.locator("main form .button.primary").click()
