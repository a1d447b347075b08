"""A supervisor can tell a live process from one that can serve."""

from unittest import mock

import pytest
from django.db import DatabaseError
from django.test import Client, override_settings


def test_live_answers_without_a_database(client: Client) -> None:
    assert client.get("/healthz/live").status_code == 200


@pytest.mark.django_db
def test_ready_answers_when_the_database_does(client: Client) -> None:
    assert client.get("/healthz/ready").status_code == 200


@pytest.mark.django_db
def test_ready_says_503_when_the_database_is_away(client: Client) -> None:
    with mock.patch("accessform.web.health.connection.cursor", side_effect=DatabaseError("away")):
        assert client.get("/healthz/ready").status_code == 503


@pytest.mark.django_db
def test_a_probe_by_address_is_answered_in_production(client: Client) -> None:
    with override_settings(ALLOWED_HOSTS=["demarches.example.fr"], SECURE_SSL_REDIRECT=True):
        assert client.get("/healthz/ready", headers={"host": "10.0.0.7:8000"}).status_code == 200
        assert client.get("/", headers={"host": "10.0.0.7:8000"}).status_code in {301, 400}
