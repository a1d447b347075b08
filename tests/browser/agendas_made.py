"""What an agenda does by itself, or an agent by phone, made for the inventory: a slot that is kept, an earlier one."""

from playwright.sync_api import Page

from tests.browser import journeys_made
from tests.browser.site import Site

MAKE_HOLD = """
import datetime as dt, uuid
from django.utils import timezone
from accessform.handoff.models import Contact, Motif, Place
from accessform.handoff.services.agendas import list_slots
from accessform.handoff.services.holding import hold_slot
place, motif = Place.objects.get(source="demonstration"), Motif.objects.get(slug="aide-telephone")
contact = Contact.objects.create(name="Camille Exemple", phone="+33199001010")
start = list_slots(place=place, motif=motif)[-1].start
until = timezone.now() + dt.timedelta(hours=8)
held = hold_slot(place=place, motif=motif, start=start, until=until, key=uuid.uuid4(), contact=contact)
print("code", held.appointment.code)
"""

MAKE_OFFER = """
import datetime as dt, uuid
from django.utils import timezone
from accessform.handoff.models import Appointment, EarlierOffer
from accessform.handoff.services.agendas import list_slots
from accessform.handoff.services.booking import list_slots_for_move, move_appointment
from accessform.handoff.services.holding import hold_slot
from accessform.handoff.waiting.tokens import digest_token
from accessform.trust.link_tokens import make_link_token
appointment = Appointment.objects.get(pk="{id}")
late = list_slots_for_move(appointment)[-2].start
move_appointment(appointment=appointment, start=late, version=appointment.version)
offer = appointment.waiting.offers.first()  # by day, the hour that the move freed is offered already
if offer is None:
    place, motif, until = appointment.place, appointment.motif, timezone.now() + dt.timedelta(hours=8)
    start = list_slots(place=place, motif=motif)[5].start
    held = hold_slot(place=place, motif=motif, start=start, until=until, key=uuid.uuid4()).appointment
    token = make_link_token()
    offer = EarlierOffer.objects.create(entry=appointment.waiting, number=1, hold=held, starts_at=start, token=token,
        token_digest=digest_token(token))
print("token", offer.token)
"""

MAKE_VISIT = """
from accessform.handoff.models import AgentProfile, Motif
texts = {"standard": "Une visite chez vous", "plain": "Une visite chez vous", "easy": "Une visite chez vous"}
visit, _ = Motif.objects.get_or_create(slug="visite", defaults={
    "label": texts, "minutes": 30, "mode": "home", "travel_minutes": 20, "position": 9})
AgentProfile.objects.get(place__source="demonstration", name="Guichet 1").motifs.add(visit)
"""


def make_agenda(site: Site, page: Page, place: str) -> dict[str, str]:
    """Make a slot kept on the phone, an appointment that waits, what it is offered, a visit; return their addresses."""
    made = {"waiting": journeys_made.book(page)["appointment"]}
    page.goto(f"{made['waiting']}plus-tot")
    page.locator("main form .button.primary").click()
    identifier = made["waiting"].rstrip("/").rpartition("/")[2]
    made["earlier"] = f"/plus-tot/{_told(site, MAKE_OFFER.replace('{id}', identifier))}/"
    page.goto("/rendez-vous/")
    page.locator("#code").fill(_told(site, MAKE_HOLD))
    page.locator("main form .button.primary").click()
    made["held"] = page.url
    site.manage("shell", "-c", MAKE_VISIT)
    page.goto(f"{place}visite/")
    made["visit"] = page.locator("main .slots a").last.get_attribute("href") or ""
    return made


def _told(site: Site, script: str) -> str:
    """Run a script on the installation and return the last word that it printed."""
    return site.manage("shell", "-v", "0", "-c", script).split()[-1]
