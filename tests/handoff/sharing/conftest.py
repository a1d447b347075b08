"""A filled journey that may be shown: two desks at its place and one elsewhere, and its person."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from accessform.handoff.models import (
    Handover,
    Place,
)
from accessform.journeys.models import Journey
from tests.handoff.conftest import NOW, add_agent
from tests.handoff.sharing_made import agree, make_filled_journey


@pytest.fixture
def journey(db) -> Journey:
    return make_filled_journey()


@pytest.fixture
def colleague(place, motif):
    return add_agent(place, motif, "Guichet 2")


@pytest.fixture
def elsewhere(motif):
    facts = {"address": "2 rue", "postal_code": "69001", "city": "Lyon", "department": "69"}
    return add_agent(Place.objects.create(source="test", source_id="2", name="Autre maison", **facts), motif)


@pytest.fixture
def shared(appointment, journey, place) -> Handover:
    return agree(journey, place, NOW, appointment=appointment)


@pytest.fixture
def signed_agent(agent):
    agent.user = get_user_model().objects.create_user("guichet", password=None)
    agent.save()
    return agent


@pytest.fixture
def person(client, clock, journey, signed_agent) -> Client:
    session = client.session
    session["journeys"] = [str(journey.pk)]
    session.set_expiry(dt.timedelta(days=30))
    session.save()
    return client
