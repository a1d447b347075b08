"""A citizen fills in a whole form: finds it, answers, mends, gives a document, checks, sends, gets a receipt."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.citizen import Citizen, png

pytestmark = pytest.mark.browser


def test_the_introduction_says_what_is_needed(person: Page) -> None:
    person.goto("/demarches/demande-apa/")
    main = person.locator("main")
    for needed in (r"Environ \d+\sminutes", "Votre RIB", "02 61 91 10 10"):
        expect(main).to_contain_text(re.compile(needed))


def add_a_person(citizen: Citizen) -> None:
    """Say that somebody moves too, and who: a condition, then a group."""
    person = citizen.page
    citizen.expect_step("foyer")
    citizen.choose("autres_personnes", "oui")
    citizen.go_on()
    citizen.expect_step("foyer")
    group = person.locator("#question-personnes")
    expect(group).to_be_visible()
    for box in group.locator("input[type=text]").all():
        box.fill(
            "12 mai 2010"
            if (box.get_attribute("name") or "").endswith("naissance") and box.get_attribute("data-width")
            else "Karim Benali"
        )
    for radio in group.locator("fieldset:has(input[type=radio])").all():
        radio.locator("input[type=radio]").first.check()
    citizen.go_on()


def test_a_whole_form_from_the_catalogue_to_the_receipt(person: Page, tmp_path: Path) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    citizen.expect_step("vous")
    citizen.say_who()
    citizen.go_on()
    citizen.expect_step("adresses")
    citizen.press("previous")
    citizen.expect_step("vous")
    expect(person.locator("[name=prenoms]")).to_have_value("Leïla")
    citizen.go_on()
    citizen.say_where()
    citizen.go_on()

    add_a_person(citizen)

    citizen.expect_step("organismes")
    citizen.choose("organismes", "caf")
    citizen.choose("vehicule", "non")
    citizen.go_on()
    citizen.write(numero_allocataire="1234567")
    citizen.go_on()

    citizen.expect_step("declaration")
    citizen.choose("justificatif-how", "now")
    person.locator("[name='justificatif-upload']").set_input_files([png(tmp_path), png(tmp_path, "page2.png", 90)])
    citizen.choose("exactitude", "oui")
    citizen.choose("transmission", "oui")
    citizen.go_on()

    expect(person).to_have_url(re.compile("/verifier"))
    main = person.locator("main")
    for said in ("Benali", "4 mai 1978", "3 place du Marché", "44000", "Karim Benali", "1234567"):
        expect(main).to_contain_text(said)
    person.locator("a[href*='/vous/'][href*='q=prenoms']").click()
    citizen.write(prenoms="Leïla Nour")
    citizen.go_on()
    expect(person).to_have_url(re.compile("/verifier"))
    expect(main).to_contain_text("Leïla Nour")

    person.locator("main form button.primary").click()
    expect(person).to_have_url(re.compile("/recu"))
    reference = person.locator(".code").first.inner_text()
    assert re.fullmatch(r"[A-Z0-9-]{6,20}", reference)
    pdf = person.context.request.get(f"{citizen.journey}recu.pdf")
    assert pdf.ok
    assert pdf.body().startswith(b"%PDF")
    person.goto(f"{citizen.journey}verifier")
    expect(person).to_have_url(re.compile("/recu"))
    expect(person.locator(".code").first).to_have_text(reference)


def test_somebody_fills_in_for_another_person(person: Page) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse", whom="other")
    citizen.go_on()
    boxes = person.locator("#step-form input[type=text]")
    expect(boxes.first).to_be_visible()
    for box in boxes.all():
        box.fill("Amina Benali")
    for group in person.locator("#step-form fieldset:has(input[type=radio])").all():
        if not group.locator(":checked").count():
            group.locator("input[type=radio]").first.check()
    citizen.go_on()
    citizen.expect_step("vous")


def test_errors_are_summed_up_linked_to_their_fields_and_say_how_to_mend(person: Page) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    citizen.write(prenoms="Leïla", date_naissance="31/02/1978")
    citizen.go_on()
    summary = citizen.refused()
    expect(summary).to_be_visible()
    expect(summary).to_be_focused()
    assert person.title().startswith("Erreur")
    links = summary.locator("a[href^='#']")
    expect(links).to_have_count(3)
    for link in links.all():
        target = (link.get_attribute("href") or "").removeprefix("#")
        expect(person.locator(f"[id='{target}']")).to_have_count(1)
    box = person.locator("[name=date_naissance]")
    expect(box).to_have_value("31/02/1978")
    expect(box).to_have_attribute("aria-invalid", "true")
    described = (box.get_attribute("aria-describedby") or "").split()
    said = " ".join(person.locator(f"[id='{name}']").inner_text() for name in described)
    assert "février" in said
    assert "Exemple" in said
    expect(person.locator("[name=prenoms]")).to_have_value("Leïla")


def test_a_date_is_accepted_as_people_write_it_and_never_a_calendar(page: Page) -> None:
    citizen = Citizen(page)
    citizen.begin("changement-adresse")
    journey = citizen.journey
    for typed in ("4 mai 1978", "04/05/1978", "4.5.1978", "04-05-1978", "4 MAI 1978"):
        page.goto(f"{journey}vous/")
        expect(page.locator("[name=date_naissance]")).to_have_attribute("type", "text")
        citizen.say_who()
        citizen.write(date_naissance=typed)
        citizen.go_on()
        citizen.expect_step("adresses")


def test_every_control_keeps_what_is_typed(person: Page) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    journey = citizen.journey
    for number, control in enumerate(("print", "keep", "quit", "person", "settings", "hard", "larger", "previous")):
        person.goto(f"{journey}vous/")
        citizen.write(nom_naissance=f"à moitié éc {number}", date_naissance="je ne sais plus")
        citizen.press(control)
        person.goto(f"{journey}vous/")
        expect(person.locator("[name=nom_naissance]")).to_have_value(f"à moitié éc {number}")
        expect(person.locator("[name=date_naissance]")).to_have_value("je ne sais plus")


def test_the_sheet_is_printed_at_any_time(person: Page) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    citizen.write(nom_naissance="Benali")
    citizen.press("print")
    expect(person).to_have_url(re.compile("/imprimer"))
    main = person.locator("main")
    expect(main).to_contain_text("Benali")
    expect(main).to_contain_text("Votre date de naissance")
    expect(main.locator("svg, img").first).to_be_attached()


def test_a_document_may_be_sent_later_or_brought_and_never_blocks(person: Page) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    for way in ("later", "bring"):
        person.goto(f"{citizen.journey}declaration/")
        if citizen.step != "declaration":
            break
        citizen.choose("justificatif-how", way)
        citizen.choose("exactitude", "oui")
        citizen.choose("transmission", "oui")
        citizen.go_on()
        expect(person).to_have_url(re.compile("/verifier|/vous/"))


def test_a_file_that_lies_about_its_type_is_refused_in_words(person: Page, tmp_path: Path) -> None:
    lying = tmp_path / "photo.jpg"
    lying.write_bytes(b"#!/bin/sh\necho bonjour\n" * 50)
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    person.goto(f"{citizen.journey}declaration/")
    if citizen.step != "declaration":
        pytest.fail("the last step could not be opened")
    citizen.choose("justificatif-how", "now")
    person.locator("[name='justificatif-upload']").set_input_files(lying)
    citizen.choose("exactitude", "oui")
    citizen.choose("transmission", "oui")
    citizen.go_on()
    expect(person.locator("#question-justificatif .error")).to_be_visible()
    expect(person.locator("[name=exactitude]")).to_be_checked()


def test_sending_twice_sends_once(person: Page) -> None:
    citizen = Citizen(person)
    citizen.begin("changement-adresse")
    citizen.say_who()
    citizen.go_on()
    citizen.say_where()
    citizen.go_on()
    citizen.choose("autres_personnes", "non")
    citizen.go_on()
    citizen.choose("organismes", "impots")
    citizen.choose("vehicule", "non")
    citizen.go_on()
    if citizen.step == "organismes":
        citizen.go_on()
    citizen.choose("justificatif-how", "bring")
    citizen.choose("exactitude", "oui")
    citizen.choose("transmission", "oui")
    citizen.go_on()
    expect(person).to_have_url(re.compile("/verifier"))
    person.locator("main form button.primary").click()
    reference = person.locator(".code").first.inner_text()
    person.go_back()
    if "/verifier" in person.url and person.locator("main form button.primary").count():
        person.locator("main form button.primary").click()
    expect(person).to_have_url(re.compile("/recu"))
    expect(person.locator(".code").first).to_have_text(reference)
