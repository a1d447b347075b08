"""`manage.py handoff`: the day's appointments and the people to call back."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from accessform.handoff.models import CallbackMoment, CallbackRequest, CallbackStatus, Contact
from accessform.handoff.services.contacts import request_callback

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    output = io.StringIO()
    call_command("handoff", *arguments, stdout=output)
    return output.getvalue()


def test_it_lists_the_appointments_of_one_day(appointment):
    rows = json.loads(run("appointments", "--day", "2026-11-23"))
    assert rows == [
        {
            "starts_at": "2026-11-23 09:00",
            "place": "Maison d'essai",
            "agent": "Guichet 1",
            "motif": "Remplir la démarche",
            "name": "Camille Exemple",
            "phone": "+33199001010",
            "email": "",
            "address": "",
        }
    ]
    assert json.loads(run("appointments")) == []


def test_it_lists_who_waits_and_notes_who_was_called(journey, contact):
    request_callback(journey=journey, service="Service", contact=contact, moment=CallbackMoment.MORNING)
    rows = json.loads(run("callbacks", "--form", "essai"))
    assert (rows[0]["phone"], rows[0]["moment"]) == ("+33199001010", "Le matin")
    assert json.loads(run("callbacks", "--form", "autre")) == []
    run("called", rows[0]["id"])
    assert CallbackRequest.objects.get().status == CallbackStatus.DONE
    with pytest.raises(CommandError, match="en attente"):
        run("called", rows[0]["id"])


def test_a_name_cannot_run_as_a_formula(journey):
    contact = Contact.objects.create(name="=1+1", phone="+33199001010")
    request_callback(journey=journey, service="Service", contact=contact, moment=CallbackMoment.ANY)
    row = next(csv.DictReader(io.StringIO(run("callbacks", "--format", "csv"))))
    assert (row["name"], row["phone"]) == ("'=1+1", "+33199001010")


def test_a_forged_identifier_is_refused():
    with pytest.raises(CommandError, match="identifiant"):
        run("called", "1 OR 1=1")
