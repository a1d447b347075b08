"""A place, its agents and a journey for the hand-off's tests. Times are those of a Saturday in November 2026."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from accessform.handoff.models import AgentProfile, Appointment, Contact, Motif, Opening, Place
from accessform.handoff.services.booking import book_appointment
from accessform.journeys.models import Journey
from forms_catalog.models import Form, FormVersion, VersionStatus

PARIS = ZoneInfo("Europe/Paris")
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=PARIS)
MONDAY_NINE = dt.datetime(2026, 11, 23, 9, tzinfo=PARIS)

DEFINITION = {
    "accessform": 1,
    "slug": "essai",
    "title": "Demande d'essai",
    "summary": "Pour les tests.",
    "service": {
        "name": "Service d'essai",
        "phone": "01 99 00 10 10",
        "relay": "Par message : 114 exemple",
        "hours": "Mo-Fr 09:00-12:00,14:00-17:00",
        "address": "1 rue de l'Exemple, 75011 Paris",
    },
    "steps": [{"id": "vous", "title": "Vous", "questions": [{"id": "nom", "type": "text", "label": "Nom"}]}],
}


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def motif(db) -> Motif:
    texts = {"standard": "Remplir la démarche", "plain": "Remplir votre démarche", "easy": "On vous aide"}
    return Motif.objects.create(slug="remplir", label=texts, bring=[texts], minutes=30, notice_hours=0)


@pytest.fixture
def place(db) -> Place:
    return Place.objects.create(
        source="test",
        source_id="1",
        name="Maison d'essai",
        address="1 rue de l'Exemple",
        postal_code="75011",
        city="Paris",
        department="75",
        phone="01 99 00 11 11",
        hours="Mo-Fr 09:00-12:00",
    )


def add_agent(place: Place, motif: Motif, name: str = "Guichet 1", **opening) -> AgentProfile:
    agent = AgentProfile.objects.create(place=place, name=name)
    agent.motifs.add(motif)
    when = {
        "first_day": dt.date(2026, 1, 5),
        "starts_at": dt.time(9),
        "ends_at": dt.time(12),
        "rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    }
    Opening.objects.create(agent=agent, **{**when, **opening})
    return agent


@pytest.fixture
def agent(place, motif) -> AgentProfile:
    return add_agent(place, motif)


@pytest.fixture
def contact(db) -> Contact:
    return Contact.objects.create(name="Camille Exemple", phone="+33199001010")


@pytest.fixture
def journey(db) -> Journey:
    return make_journey()


def make_journey() -> Journey:
    form, _ = Form.objects.get_or_create(slug="essai")
    version, _ = FormVersion.objects.get_or_create(
        form=form,
        number=1,
        defaults={"status": VersionStatus.PUBLISHED, "source": "", "compiled": DEFINITION, "digest": "essai"},
    )
    return Journey.objects.create(version=version, start_key=uuid.uuid4())


@pytest.fixture
def appointment(clock, place, motif, agent, contact, journey) -> Appointment:
    booking = book_appointment(
        place=place, motif=motif, start=MONDAY_NINE, contact=contact, key=uuid.uuid4(), journey=journey
    )
    assert booking.appointment is not None
    return booking.appointment


def open_journey(client: Client, journey) -> None:
    session = client.session
    session["journeys"] = [str(journey.pk)]
    session.save()


@pytest.fixture
def person(client, clock, journey, agent) -> Client:
    open_journey(client, journey)
    return client
