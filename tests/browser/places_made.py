"""An administrator of the demonstration place, for browser tests: who they are, and what they press."""

from playwright.sync_api import Page

from tests.browser import staff
from tests.browser.site import Site

PASSWORD = "une longue phrase de passe"

MAKE_ADMINISTRATOR = """
from django.contrib.auth import get_user_model
from accessform.desk.models import PlaceAdministrator
from accessform.handoff.models import Opening, Place
User = get_user_model()
user = User.objects.filter(username="gestion").first() or User.objects.create_user(
    "gestion", password="une longue phrase de passe")
place = Place.objects.get(source="demonstration")
PlaceAdministrator.objects.get_or_create(user=user, place=place)
row = Opening.objects.filter(agent__place=place).exclude(rule="").order_by("pk").first()
print("made", place.pk, row.agent_id, row.pk)
"""


def make_administrator(site: Site, page: Page) -> dict[str, str]:
    """Give the demonstration place an administrator, and sign in as them; return the addresses of its pages."""
    place, agent, opening = site.manage("shell", "-c", MAKE_ADMINISTRATOR).split()[-3:]
    staff.sign_in(page, "gestion", PASSWORD, "/guichet/lieux/")
    root = f"/guichet/lieux/{place}/"
    return {"admin": root, "admin_agent": f"{root}guichets/{agent}/", "admin_opening": f"{root}plages/{opening}/"}


def ask_for_openings(page: Page) -> None:
    """Fill in openings that overlap and meet public holidays, and ask what they change."""
    for name in ("#days-0", "#days-3"):
        page.locator(name).check()
    page.locator("[name=agents]").first.check()
    for name, text in {"#starts": "11 h", "#ends": "13 h", "#starts2": "14 h", "#ends2": "15 h"}.items():
        page.locator(name).fill(text)
    page.locator("main .button.primary").click()


def ask_to_remove(page: Page) -> None:
    """Ask what removing the opening changes."""
    page.locator("main form[action$='retirer'] .button").click()
