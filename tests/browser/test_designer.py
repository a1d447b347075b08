"""A designer registers a form in a browser: mistakes by line, preview, a link for colleagues, publication."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import staff
from tests.browser.probes import axe, overflow, small_targets
from tests.browser.site import ROOT, Site
from tests.forms_catalog.written_forms import SMALL

pytestmark = pytest.mark.browser

PASSWORD = "une phrase de passe longue"


@pytest.fixture(scope="session")
def account(site: Site) -> str:
    """A designer's account on the running installation."""
    command = [sys.executable, "manage.py", "designer", "lea", "--password-from-input"]
    subprocess.run(command, cwd=ROOT, env=site.environment, input=f"{PASSWORD}\n", text=True, check=True)
    return "lea"


def sign_in(person: Page, account: str) -> None:
    staff.sign_in(person, account, PASSWORD, "/catalogue/")
    expect(person.get_by_role("heading", level=1)).to_have_text("Formulaires")


def check(page: Page, where: str) -> None:
    """Check that axe finds nothing, that targets are large enough and that nothing sticks out at 320 px."""
    assert axe(page).violations == [], where
    assert small_targets(page) == [], where
    usual = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 800})
    assert overflow(page) == [], where
    page.set_viewport_size(usual)


def test_a_designer_registers_rereads_and_publishes(
    person: Page,
    account: str,
    new_context: Callable[..., BrowserContext],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    slug = "essai-" + re.sub(r"\W+", "-", request.node.callspec.id.lower()).strip("-")
    text = SMALL.replace("slug: petite-demarche", f"slug: {slug}")
    wrong = tmp_path / "fausse.yaml"
    wrong.write_text(text.replace("type: yes_no", "type: oui_non"))
    sign_in(person, account)
    person.get_by_role("link", name="Ajouter un formulaire").click()
    person.get_by_label("Fichier YAML").set_input_files(wrong)
    person.get_by_role("button", name="Enregistrer le brouillon").click()
    found = person.get_by_role("region", name="Ce fichier n'est pas encore prêt")
    expect(found).to_contain_text("oui_non")
    found.get_by_role("link").first.click()
    expect(person.locator(".source-lines .found")).to_contain_text("type: oui_non")
    person.get_by_label("Ou son texte").fill(text)
    person.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(person.get_by_role("status").get_by_text("Le brouillon est enregistré.")).to_be_visible()

    person.get_by_role("link", name="Voir comme les personnes le verront").click()
    person.get_by_label("Étape").select_option("suite")
    person.get_by_label("Niveau").select_option("easy")
    person.get_by_label("Taille").select_option("200")
    person.get_by_role("button", name="Voir", exact=True).click()
    expect(person.locator("html")).to_have_attribute("data-text-size", "200")
    expect(person.get_by_role("heading", level=1)).to_have_text("La suite")
    expect(person.get_by_role("radio", name="Deux")).to_be_visible()

    person.goto(f"/catalogue/{slug}/")
    person.get_by_role("button", name="Donner à relire à des collègues").click()
    link = person.get_by_label("Lien à copier").input_value()
    colleague = new_context().new_page()
    colleague.goto(link)
    expect(colleague.get_by_role("cell", name="Cette démarche permet de demander un essai.")).to_be_visible()

    person.goto(f"/catalogue/{slug}/")
    person.get_by_role("button", name="Publier la version 1").click()
    expect(person.get_by_role("status").get_by_text("La version 1 est publiée.")).to_be_visible()
    colleague.goto(f"/demarches/{slug}/")
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Une petite démarche")


def test_the_workbench_and_the_public_pages_are_accessible(page: Page, account: str) -> None:
    for address in ("/", "/?q=rien", "/demarches/demande-apa/", "/equipe/connexion"):
        page.goto(address)
        check(page, address)
    sign_in(page, account)
    addresses = ("", "nouveau", "demonstration/", "demonstration/1/textes", "demonstration/1/comparer")
    for address in addresses:
        page.goto(f"/catalogue/{address}")
        check(page, address)
    page.goto("/catalogue/demonstration/1/apercu?niveau=easy&taille=200")
    check(page, page.url)
    page.goto("/catalogue/nouveau")
    page.get_by_label("Ou son texte").fill(SMALL.replace("type: yes_no", "type: oui_non"))
    page.get_by_role("button", name="Vérifier seulement").click()
    check(page, page.url)
