"""Files shown by consent, for browser tests: the person's gestures in pages, the agent's through the desk's door."""

from playwright.sync_api import Page

from tests.browser import journeys_made
from tests.browser.site import Site

SEAT = """
from django.contrib.auth import get_user_model
from accessform.handoff.models import AgentProfile
user, _ = get_user_model().objects.get_or_create(username="guichet-demonstration")
AgentProfile.objects.filter(user=None).update(user=user)
print(AgentProfile.objects.first().place_id)
"""

READ = """
from django.utils import timezone
from accessform.handoff.models import AgentProfile
from accessform.handoff.sharing.services import open_by_code, read_file, record_mandate
desk, other, now = *AgentProfile.objects.order_by("pk")[:2], timezone.now()
opened = open_by_code(agent=desk, code="CODE", now=now)
read_file(handover=opened.handover, agent=desk, now=now)
open_by_code(agent=other, code="CODE", now=now)
if opened.may_write:
    record_mandate(handover=opened.handover, agent=desk, given_by="Camille Exemple", now=now)
"""


def seat_agents(site: Site) -> str:
    """Have somebody sign in at the demonstration's desks; return the number of their place."""
    return site.manage("shell", "-c", SEAT).split()[-1]


def show_by_code(page: Page, journey: str, place: str, *, writing: bool = False) -> str:
    """Agree to show a journey by code and return the code."""
    page.goto(f"{journey}/partage/apercu?par=code&lieu={place}&quoi=tout")
    if writing:
        page.locator("[name=ecrire][value=oui]").check()
    page.locator("main form button.primary").click()
    return page.locator("#code").inner_text()


def read_by_code(site: Site, code: str) -> None:
    """Open and read a file at the first desk; another desk tries the same code in vain."""
    site.manage("shell", "-c", READ.replace("CODE", code))


def make_shown(site: Site, page: Page) -> dict[str, str]:
    """Make a journey that was shown at a counter and read there; return its address, its log's copy and the place."""
    place = seat_agents(site)
    shown = journeys_made.fill(page, until="fin")
    journeys_made.book(page, f"{shown}/personne")
    read_by_code(site, show_by_code(page, shown, place, writing=True))
    page.goto(f"{shown}/partage/qui")
    copy = page.locator("a[href*='/partage/qui/']").first.get_attribute("href") or ""
    return {"shown": shown, "copy": copy, "desk_place": place}
