"""A file shown by consent, from the choice to the log, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import journeys_made, probes, sharing_made
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def begin(person: Page, new_context, *, book: bool = False) -> tuple[str, str]:
    """Make somebody's journey, and appointment, where every gesture is a page; hand them over to `person`."""
    maker = new_context(java_script_enabled=False).new_page()
    journey = journeys_made.fill(maker, until="nombres-et-dates")
    booked = journeys_made.book(maker, f"{journey}/personne")["appointment"] if book else ""
    person.context.add_cookies(maker.context.cookies())
    return journey, booked


def go_on(page: Page) -> None:
    page.locator("main form button.primary").click()


def test_a_person_shows_a_file_at_an_appointment_and_takes_it_back(person: Page, site: Site, new_context):
    sharing_made.seat_agents(site)
    _, appointment = begin(person, new_context, book=True)
    person.goto(appointment)
    person.locator("#montrer a").click()
    expect(person.locator("[name=choix]:checked")).to_have_value("rien")
    person.get_by_label("Choisir").check()
    go_on(person)
    expect(person).to_have_url(re.compile("/partage/choisir"))
    person.locator("[name=q][value=prenom]").check()
    go_on(person)
    expect(person.locator("#dossier")).to_contain_text("Camille")
    expect(person.locator("#dossier")).not_to_contain_text("camille@example.fr")
    go_on(person)
    expect(person.locator("main .card.done")).to_contain_text("Seulement les réponses choisies")
    person.get_by_role("button", name="Ne plus montrer mon dossier").click()
    expect(person.locator("main")).to_contain_text("Rien n'est montré.")
    person.get_by_role("link", name="Qui a vu mon dossier").click()
    expect(person.locator("main")).to_contain_text("Arrêté par vous")


def test_six_digits_open_it_at_the_counter_and_the_person_reads_who_did(person: Page, site: Site, new_context):
    sharing_made.seat_agents(site)
    journey, _ = begin(person, new_context)
    person.goto(f"{journey}/personne")
    person.locator("#montrer a").click()
    person.locator("[name=choix][value=code]").check()
    go_on(person)
    person.locator("[name=lieu]").first.check()
    go_on(person)
    shown = person.locator("#dossier").inner_text()
    assert "Camille" in shown
    go_on(person)
    code = person.locator("#code").inner_text()
    assert re.fullmatch(r"\d{3} \d{3}", code)
    person.get_by_role("button", name="Faire un autre code").click()
    expect(person.locator("#code")).not_to_have_text(code)
    sharing_made.read_by_code(site, person.locator("#code").inner_text())
    person.get_by_role("link", name="Qui a vu mon dossier").click()
    expect(person.locator("main")).to_contain_text("a lu votre dossier")
    expect(person.locator("main")).to_contain_text("Refusé")
    person.get_by_role("link", name="Voir ce qui a été montré").click()
    assert person.locator("#dossier").inner_text() == shown


def test_the_pages_of_sharing_conform_and_reflow(page: Page, site: Site, new_context):
    maker = new_context(java_script_enabled=False).new_page()
    made = sharing_made.make_shown(site, maker)
    page.context.add_cookies(maker.context.cookies())
    shown, place = made["shown"], made["desk_place"]
    code = f"apercu?par=code&lieu={place}&quoi=tout"
    for name in ("?changer=1", "", "preparer?par=code", "choisir", "apercu?quoi=tout", code, "code", "qui"):
        page.goto(f"{shown}/partage/{name}")
        conforms(page)
    page.goto(made["copy"])
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
