"""An agent at a desk of the demonstration place, an appointment that runs now, and files shown there."""

import re

from tests.browser.site import Site

PASSWORD = "une longue phrase de passe"

MAKE_AGENT = """
from django.contrib.auth import get_user_model
from accessform.handoff.models import AgentProfile
User = get_user_model()
user = User.objects.filter(username="NAME").first() or User.objects.create_user("NAME", password="PASSWORD")
desk, _ = AgentProfile.objects.get_or_create(place=AgentProfile.objects.first().place, name="Guichet de NAME")
AgentProfile.objects.filter(pk=desk.pk).update(user=user)
"""

SHOW = """
import datetime as dt, uuid
from django.utils import timezone
from accessform.handoff.models import AgentProfile, Appointment, Contact, Motif
from accessform.handoff.sharing.consent import word_consent
from accessform.handoff.sharing.granting import Agreement, grant_handover
from accessform.journeys.models import Journey
from accessform.plain_language.wording import ReadingLevel
desk, now = AgentProfile.objects.get(name="Guichet de NAME"), timezone.now()
start = now.replace(minute=now.minute // 5 * 5, second=0, microsecond=0)
journey = Journey.objects.get(pk="JOURNEY") if "JOURNEY" else None
contact = Contact.objects.create(name="Camille Exemple", phone="+33199001010")
visit = Appointment.objects.create(agent=desk, place=desk.place, motif=Motif.objects.get(slug="MOTIF"),
    journey=journey, contact=contact, starts_at=start, ends_at=start + dt.timedelta(minutes=30), key=uuid.uuid4(),
    code="x", code_digest=uuid.uuid4().hex)
if journey:
    words = word_consent(scope="all_but_sensitive", place=desk.place.name, when="aujourd'hui", by_code=False,
        may_write=True, level=ReadingLevel.PLAIN)
    agreed = Agreement(journey, desk.place, visit, "all_but_sensitive", (), True, words)
    grant_handover(agreement=agreed, key=uuid.uuid4(), now=now)
print(f"visit {visit.pk}")
"""


MAKE_URGENT = """
import datetime as dt, uuid
from django.utils import timezone
from accessform.handoff.models import AgentProfile, UrgentOpening
from accessform.journeys.models import Journey
desk, now = AgentProfile.objects.get(name="Guichet de NAME"), timezone.now()
opening = UrgentOpening.objects.create(key=uuid.uuid4(), journey=Journey.objects.get(pk="JOURNEY"), agent=desk,
    desk=desk.name, place_name=desk.place.name, account="NAME", at=now, until=now + dt.timedelta(hours=9),
    reason="Malaise de la personne au guichet, les secours demandent son adresse.")
print(f"urgent {opening.pk}")
"""

MAKE_COLLEAGUE = """
import uuid
from django.contrib.auth import get_user_model
from accessform.handoff.models import AgentProfile, Contact, Place, ProviderName
from accessform.handoff.services.provider_consents import agree
User = get_user_model()
user = User.objects.filter(username="relais").first() or User.objects.create_user("relais", password="PASSWORD")
place, _ = Place.objects.get_or_create(source="essai", source_id="rdv", defaults={"name": "Maison des rendez-vous",
    "address": "2 rue de l'Exemple", "postal_code": "97400", "city": "Saint-Denis", "department": "974",
    "phone": "02 62 00 00 00", "provider": ProviderName.RDV_SERVICE_PUBLIC})
AgentProfile.objects.get_or_create(place=place, name="Relais", defaults={"user": user})
contact = Contact.objects.create(name="Camille Exemple", phone="+33199001010")
agree(place=place, contact=contact, key=uuid.uuid4(), journey=None)
print(f"place {place.pk}")
"""


def make_urgent(site: Site, name: str, journey: str) -> str:
    """Have an agent open a journey's file without consent, for long enough to look at the page; return its address."""
    script = MAKE_URGENT.replace("NAME", name).replace("JOURNEY", journey.removeprefix("/d/"))
    return f"/guichet/urgences/{site.manage('shell', '-v', '0', '-c', script).split()[-1]}/"


def make_colleague(site: Site) -> str:
    """Make an agent whose place takes appointments at RDV Service Public; return the page of the place."""
    script = MAKE_COLLEAGUE.replace("PASSWORD", PASSWORD)
    return f"/lieux/{site.manage('shell', '-v', '0', '-c', script).split()[-1]}/"


def make_agent(site: Site, name: str) -> None:
    """Give the installation an account at a desk of its own."""
    site.manage("shell", "-c", MAKE_AGENT.replace("NAME", name).replace("PASSWORD", PASSWORD))


def make_visit(site: Site, name: str, journey: str = "", motif: str = "remplir-ensemble") -> str:
    """Make an appointment that runs now, the file of `journey` shown to read and write; return its address."""
    script = SHOW.replace("NAME", name).replace("JOURNEY", journey).replace("MOTIF", motif)
    found = re.search(r"visit ([0-9a-f-]{36})", site.manage("shell", "-c", script))
    assert found is not None
    return f"/guichet/rendez-vous/{found[1]}/"
