"""manage.py agent: an account at a desk, made on purpose, at the right place and no other."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from accessform.desk.access import is_agent
from accessform.handoff.models import AgentProfile
from tests.handoff.conftest import add_agent

pytestmark = pytest.mark.django_db


def make(monkeypatch, *arguments: str, password: str = "une phrase de passe longue") -> str:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("agent", "amina", *arguments, "--password-from-input", stdout=out)
    return out.getvalue()


def test_it_creates_an_account_at_the_place_s_desk(monkeypatch, agent, place):
    said = make(monkeypatch, "--place", str(place.pk))
    assert said == "amina : compte créé, Guichet 1, Maison d'essai\n"
    user = User.objects.get()
    assert is_agent(user)
    assert not user.is_staff
    assert make(monkeypatch, "--place", "Maison d'essai").startswith("amina : mot de passe changé")


def test_a_desk_is_named_where_there_are_several_and_is_not_taken_from_its_account(monkeypatch, agent, place, motif):
    second = add_agent(place, motif, "Guichet 2")
    with pytest.raises(CommandError, match="« Guichet 1 », « Guichet 2 »"):
        make(monkeypatch, "--place", str(place.pk))
    AgentProfile.objects.filter(pk=second.pk).update(user=User.objects.create_user("autre"))
    with pytest.raises(CommandError, match="déjà le guichet de autre"):
        make(monkeypatch, "--place", str(place.pk), "--desk", "Guichet 2")
    assert not User.objects.filter(username="amina").exists()


@pytest.mark.parametrize("place_name", ["", "Nulle part", "99999999", "²"])
def test_an_unknown_place_makes_no_account(monkeypatch, agent, place_name):
    with pytest.raises(CommandError, match="aucun lieu"):
        make(monkeypatch, "--place", place_name)
    assert not User.objects.exists()


def test_leaving_takes_the_account_off_its_desks(monkeypatch, agent, place):
    make(monkeypatch, "--place", str(place.pk))
    out = io.StringIO()
    call_command("agent", "amina", "--leave", stdout=out)
    assert out.getvalue() == "amina : 1 guichet quitté\n"
    assert not is_agent(User.objects.get())
