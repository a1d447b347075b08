"""A place's administrator adds openings with the keyboard alone, with and without JavaScript, and sees it all first."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser import staff
from tests.browser.site import ROOT, Site
from tests.browser.test_keyboard import skip_to_content, tab_to, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "une longue phrase de passe"

MAKE_PLACE = """
from accessform.handoff.models import Motif, Place
place, _ = Place.objects.get_or_create(source="essai-clavier", source_id="1", defaults={
    "name": "Maison du clavier", "postal_code": "75011", "city": "Paris", "department": "75", "is_active": False})
for name in ("Guichet A", "Guichet B"):
    agent, _ = place.agents.get_or_create(name=name)
    agent.motifs.set(Motif.objects.all())
    agent.openings.all().delete()
print("made", place.pk)
"""


@pytest.fixture
def root(site: Site) -> str:
    """The address of a place of its own, with its administrator."""
    place = site.manage("shell", "-c", MAKE_PLACE).split()[-1]
    command = ["manage.py", "place_administrator", "odile", "--place", "essai-clavier:1", "--password-from-input"]
    line = f"{PASSWORD}\n"
    subprocess.run([sys.executable, *command], cwd=ROOT, env=site.environment, input=line, text=True, check=True)
    return f"/guichet/lieux/{place}/"


def press(person: Page, selector: str, key: str = "Enter") -> None:
    """Reach an element with Tab and press a key on it."""
    tab_to(person, selector)
    person.keyboard.press(key)


def test_openings_are_added_for_two_desks_with_the_keyboard_alone(person: Page, root: str) -> None:
    staff.sign_in(person, "odile", PASSWORD, root)
    expect(person.get_by_role("heading", level=1)).to_have_text("Maison du clavier")
    person.goto(f"{root}plages/ajouter")
    skip_to_content(person)
    press(person, "main form .button.primary")
    expect(person.locator("#erreurs")).to_contain_text("Quels jours ? : Cochez au moins une case.")
    expect(person).to_have_title(re.compile("^Erreur : Ajouter des plages"))
    press(person, "#erreurs a[href='#starts']")
    expect(person.locator("#starts")).to_be_focused()
    person.keyboard.type("9 h")
    write(person, "ends", "12h30")
    write(person, "until", "30/06/2099")
    person.keyboard.press("Enter")
    expect(person.locator("#erreurs")).not_to_contain_text("Début")
    expect(person.locator("#starts")).to_have_value("9 h")
    for name in ("agents", "days"):
        person.locator(f"[name={name}]").first.focus()
        person.keyboard.press("Space")
        person.keyboard.press("Tab")
        person.keyboard.press("Space")
    press(person, "main form .button.primary")
    expect(person.get_by_role("heading", level=1)).to_have_text("À vérifier avant d'enregistrer")
    expect(person.locator("main li").first).to_contain_text(re.compile(r"Guichet A recevra chaque lundi et mardi, 9.h"))
    press(person, "[name=again]")
    expect(person.locator("#ends")).to_have_value("12h30")
    press(person, "main form .button.primary")
    expect(person.locator("[name=agreed]")).to_be_visible()
    press(person, "[name=agreed]")
    expect(person).to_have_url(re.compile(r"/plages/$"))
    expect(person.locator("#announcer")).to_contain_text("Les plages sont enregistrées.")
    expect(person.locator("main .ways a")).to_have_count(2)
    expect(person.locator("main .ways a").first).to_contain_text(re.compile(r"Chaque lundi et mardi, 9.h"))
