"""A place that uses RDV Service Public, its agent with an account, a person who agreed, and a server to talk to."""

import uuid

import pytest
from django.contrib.auth import get_user_model

from accessform.handoff.models import AgentProfile, Place, ProviderConsent, ProviderName
from accessform.handoff.providers.rdv_service_public import api, connections
from accessform.handoff.providers.rdv_service_public.settings import rdv_settings
from accessform.handoff.services.provider_consents import agree
from tests.handoff.providers import fake_rdv

RETURN = "http://127.0.0.1:8000/guichet/rdv-service-public/"


@pytest.fixture
def server(settings, monkeypatch):
    monkeypatch.setattr(api, "STEP_SECONDS", 1.0)
    monkeypatch.setattr(api, "TOTAL_SECONDS", 2.0)
    with fake_rdv.serving() as running:
        settings.PUBLIC_URL = "http://127.0.0.1:8000"
        settings.RDV_URL = running.url
        settings.RDV_CLIENT_ID = fake_rdv.CLIENT_ID
        settings.RDV_CLIENT_SECRET = fake_rdv.CLIENT_SECRET
        settings.RDV_WEBHOOK_SECRETS = ["another-shared-secret-here", fake_rdv.WEBHOOK_SECRET]
        settings.RDV_HOSTS = ["rdv.example.fr"]
        yield running


@pytest.fixture
def rdv(server):
    return rdv_settings()


@pytest.fixture
def rdv_place(place) -> Place:
    place.provider = ProviderName.RDV_SERVICE_PUBLIC
    place.provider_ref = "maison-75"
    place.save()
    return place


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user("guichet", password="une longue phrase de passe")


@pytest.fixture
def desk(rdv_place, user) -> AgentProfile:
    return AgentProfile.objects.create(place=rdv_place, name="Guichet 1", user=user)


@pytest.fixture
def connected(rdv, server, desk, user) -> AgentProfile:
    """The agent, connected."""
    connections.finish_connection(rdv, user, **server.authorize(connections.begin_connection(rdv, user)))
    return desk


@pytest.fixture
def consent(rdv_place, contact, journey) -> ProviderConsent:
    return agree(place=rdv_place, contact=contact, key=uuid.uuid4(), journey=journey)
