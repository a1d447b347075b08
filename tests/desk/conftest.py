"""An agent signed in at a desk, on the hand-off tests' own place and Monday."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.test import Client

from accessform.handoff.models import AgentProfile
from tests.handoff.conftest import (  # noqa: F401 - the same place, people and clock
    MONDAY_NINE,
    agent,
    appointment,
    clock,
    contact,
    journey,
    motif,
    place,
)
from tests.staff import sign_in


def sit(desk: AgentProfile, name: str = "amina") -> User:
    """Give an account the desk."""
    user = User.objects.create_user(name)
    AgentProfile.objects.filter(pk=desk.pk).update(user=user)
    return user


@pytest.fixture
def amina(agent) -> User:  # noqa: F811 - a fixture of the same name
    return sit(agent)


@pytest.fixture
def visit(clock, appointment):  # noqa: F811
    """The clock at the minute of the appointment."""
    clock.move_to(MONDAY_NINE + dt.timedelta(minutes=1))
    return appointment


@pytest.fixture
def desk(client: Client, amina: User, visit) -> Client:
    return sign_in(client, amina)
