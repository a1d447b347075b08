"""Nothing about a person outlives its time, and erasing a journey erases its appointment."""

import datetime as dt
import json

import pytest

from accessform.handoff.models import Appointment, CallbackMoment, CallbackRequest, Contact, OccupancyCell
from accessform.handoff.services.booking import list_slots
from accessform.handoff.services.contacts import request_callback
from accessform.journeys.models import Journey
from accessform.trust.erasure import erase_journey
from accessform.trust.export import export_journey
from accessform.trust.retention import kept, purge
from tests.handoff.conftest import MONDAY_NINE

pytestmark = pytest.mark.django_db


@pytest.fixture
def callback(journey, contact, clock) -> CallbackRequest:
    return request_callback(journey=journey, service="Service", contact=contact, moment=CallbackMoment.ANY)


def test_erasing_a_journey_erases_its_appointment_and_frees_the_slot(appointment, callback, journey, place, motif):
    erase_journey(journey.pk)
    assert not Journey.objects.exists()
    assert not Appointment.objects.exists()
    assert not OccupancyCell.objects.exists()
    assert not CallbackRequest.objects.exists()
    assert not Contact.objects.exists()
    assert list_slots(place=place, motif=motif)[0].start == MONDAY_NINE


def test_a_contact_that_another_appointment_needs_stays(appointment, journey, contact):
    other = Appointment.objects.get()
    other.pk, other.journey, other.key, other.code_digest = None, None, contact.pk, "x"
    other.starts_at += dt.timedelta(days=1)
    other.ends_at += dt.timedelta(days=1)
    other.save()
    erase_journey(journey.pk)
    assert Contact.objects.count() == 1
    assert Appointment.objects.count() == 1


def test_the_export_says_what_is_held(appointment, callback, journey):
    held = export_journey(journey.pk)["held"]["handoff"]
    assert held["appointments"][0]["contact"]["phone"] == "+33199001010"
    assert held["callback_requests"][0]["moment"] == "any"
    assert json.loads(json.dumps(held)) == held


def test_a_journey_without_a_person_exports_nothing_of_this_room(journey):
    assert "handoff" not in export_journey(journey.pk)["held"]


def test_an_appointment_goes_with_its_contact_when_its_time_is_over(appointment):
    end = appointment.ends_at + kept("appointments").keep
    purge(end)
    assert Appointment.objects.exists()
    purge(end + dt.timedelta(seconds=1))
    assert not Appointment.objects.exists()
    assert not Contact.objects.exists()


def test_a_call_back_goes_when_its_time_is_over(callback):
    purge(callback.created_at + kept("callbacks").keep + dt.timedelta(seconds=1))
    assert not CallbackRequest.objects.exists()
    assert not Contact.objects.exists()


def test_details_given_for_nothing_go_after_a_day(contact):
    purge(contact.created_at + kept("contacts").keep)
    assert Contact.objects.exists()
    purge(contact.created_at + kept("contacts").keep + dt.timedelta(seconds=1))
    assert not Contact.objects.exists()


def test_no_purge_of_this_room_fails(appointment, callback):
    report = purge(appointment.ends_at + dt.timedelta(days=400))
    assert not {"appointments", "callbacks", "contacts"} & set(report.failed)
