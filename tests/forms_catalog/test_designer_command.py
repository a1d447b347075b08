"""manage.py designer: accounts are made on purpose, with a real password."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from forms_catalog.workbench.access import is_designer

pytestmark = pytest.mark.django_db


def make(monkeypatch, password: str) -> str:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("designer", "lea", "--password-from-input", stdout=out)
    return out.getvalue()


def test_it_creates_an_account_that_may_use_the_workbench(monkeypatch):
    assert make(monkeypatch, "une phrase de passe longue") == "lea : compte créé\n"
    user = User.objects.get(username="lea")
    assert is_designer(user)
    assert not user.is_staff
    assert user.check_password("une phrase de passe longue")


def test_it_changes_the_password_of_an_account_that_exists(monkeypatch):
    make(monkeypatch, "une phrase de passe longue")
    assert make(monkeypatch, "une autre phrase de passe") == "lea : mot de passe changé\n"
    assert User.objects.get().check_password("une autre phrase de passe")


@pytest.mark.parametrize("password", ["", "court", "password12345"])
def test_it_refuses_a_weak_password(monkeypatch, password):
    with pytest.raises(CommandError):
        make(monkeypatch, password)
    assert not User.objects.exists()
