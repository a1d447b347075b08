"""The pages of an appointment that was booked: found again, kept, moved, cancelled."""

import datetime as dt
from http import HTTPStatus
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from accessform.handoff.models import Appointment, Place
from accessform.handoff.presenting import make_stamp
from accessform.handoff.services.agendas import list_slots
from accessform.operations.keys import new_data_key
from accessform.trust.rotation import rotate_everything
from tests.handoff.conftest import MONDAY_NINE, open_journey
from tests.handoff.pages import HALF_HOUR, book, slot_address, text_of

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def test_a_second_appointment_for_the_same_journey_shows_the_one_that_is_kept(person, journey, place, motif):
    book(person, place, motif, demarche=str(journey.pk))
    again = book(person, place, motif, start=MONDAY_NINE + HALF_HOUR, demarche=str(journey.pk))
    assert "Nous l'avons gardé" in text_of(person.get(again["Location"]))
    assert Appointment.objects.count() == 1
    assert "Vous avez rendez-vous lundi 23 novembre" in text_of(person.get(f"/d/{journey.pk}/personne"))


def test_the_wrong_person_finds_nothing(appointment, client):
    address = f"/rendez-vous/{appointment.pk}/"
    for suffix in ("", "annuler", "deplacer", "rendez-vous.ics"):
        assert client.get(address + suffix).status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"{address}annuler").status_code == HTTPStatus.NOT_FOUND
    appointment.refresh_from_db()
    assert appointment.status == "booked"


def test_the_code_opens_the_appointment_as_people_write_it(appointment, client):
    typed = f" {appointment.code[:5].lower()}-{appointment.code[5:]} ".replace("0", "o").replace("1", "l")
    answer = client.post("/rendez-vous/", {"code": typed})
    assert answer["Location"] == f"/rendez-vous/{appointment.pk}/"
    assert client.get(answer["Location"]).status_code == HTTPStatus.OK


@pytest.mark.parametrize("code", ["", "AAAAA AAAAA", "' OR 1=1 --", "\x00", "é" * 5000])
def test_a_forged_code_opens_nothing(appointment, client, code):
    answer = client.post("/rendez-vous/", {"code": code})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Nous ne trouvons pas ce code" in text_of(answer)


def test_wrong_codes_are_slowed_and_the_right_one_still_opens(appointment, client):
    for _ in range(6):
        answer = client.post("/rendez-vous/", {"code": "AAAAA AAAAA"})
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "Réessayez samedi 21 novembre à 13 h" in text_of(answer)
    assert client.post("/rendez-vous/", {"code": appointment.code}).status_code == 303


def test_a_code_still_opens_after_the_data_key_has_changed(appointment, client, settings):
    old = settings.DATA_KEYS
    settings.DATA_KEYS = [new_data_key(), *old]
    assert client.post("/rendez-vous/", {"code": appointment.code}).status_code == 303
    list(rotate_everything())
    settings.DATA_KEYS = settings.DATA_KEYS[:1]
    assert Client().post("/rendez-vous/", {"code": appointment.code}).status_code == 303
    assert "Camille" in Appointment.objects.get().contact.name


def test_a_network_that_tries_fifty_codes_waits(appointment, client):
    for number in range(50):
        client.post("/rendez-vous/", {"code": f"AAAAAAAA{number:02}"})
    assert client.post("/rendez-vous/", {"code": appointment.code}).status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_cancelling_asks_once_and_cancelling_twice_is_calm(person, appointment, place, motif):
    address = f"/rendez-vous/{appointment.pk}/"
    assert "Oui, annuler" in text_of(person.get(f"{address}annuler"))
    appointment.refresh_from_db()
    assert appointment.status == "booked"
    for _ in range(2):
        assert person.post(f"{address}annuler").status_code == 303
    assert "Ce rendez-vous est annulé" in text_of(person.get(address))
    assert person.get(f"{address}rendez-vous.ics").status_code == HTTPStatus.NOT_FOUND
    assert person.get(f"{address}annuler")["Location"] == address


def test_moving_shows_where_and_one_tap_moves(person, appointment):
    address = f"/rendez-vous/{appointment.pk}/deplacer"
    target = make_stamp(MONDAY_NINE + HALF_HOUR)
    assert f'value="{target}"' in text_of(person.get(address))
    for _ in range(2):
        assert person.post(address, {"start": target, "version": "1"}).status_code == 303
    assert "Lundi 23 novembre à 9 h 30" in text_of(person.get(f"/rendez-vous/{appointment.pk}/"))


def test_moving_from_an_old_page_shows_the_present_hour(person, appointment):
    address = f"/rendez-vous/{appointment.pk}/deplacer"
    person.post(address, {"start": make_stamp(MONDAY_NINE + HALF_HOUR), "version": "1"})
    stale = person.post(address, {"start": make_stamp(MONDAY_NINE + 2 * HALF_HOUR), "version": "1"})
    assert stale.status_code == HTTPStatus.CONFLICT
    assert "Prévu : lundi 23 novembre à 9 h 30" in text_of(stale)


def test_moving_to_a_slot_that_has_gone_shows_the_nearest(person, appointment, place, motif):
    target = MONDAY_NINE + HALF_HOUR
    book(Client(), place, motif, start=target)
    posted = {"start": make_stamp(target), "version": "1"}
    answer = person.post(f"/rendez-vous/{appointment.pk}/deplacer", posted)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Votre rendez-vous n'a pas changé" in text_of(answer)


@pytest.mark.parametrize(
    "posted", [{}, {"start": "hier", "version": "1"}, {"start": "20261123T0900Z", "version": "-1"}]
)
def test_a_forged_move_is_not_found(person, appointment, posted):
    assert person.post(f"/rendez-vous/{appointment.pk}/deplacer", posted).status_code == HTTPStatus.NOT_FOUND


def test_a_past_appointment_offers_another(clock, journey, appointment):
    clock.move_to(MONDAY_NINE + dt.timedelta(days=1))
    person = Client()
    open_journey(person, journey)
    page = text_of(person.get(f"/rendez-vous/{appointment.pk}/"))
    assert "Ce rendez-vous est passé" in page
    assert person.get(f"/rendez-vous/{appointment.pk}/deplacer").status_code == 303


def test_the_calendar_file_says_when_and_where_and_nothing_else(person, appointment):
    answer = person.get(f"/rendez-vous/{appointment.pk}/rendez-vous.ics")
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert event["summary"] == "Rendez-vous"
    assert event["dtstart"].dt == MONDAY_NINE
    assert event["dtend"].dt == MONDAY_NINE + HALF_HOUR
    body = answer.content.decode()
    assert not any(secret in body for secret in ("essai", "Camille", appointment.code, "Demande"))


def test_a_place_in_reunion_shows_its_own_clock(client, clock, place, motif, agent):
    Place.objects.filter(pk=place.pk).update(department="974", postal_code="97400")
    place.refresh_from_db()
    first = list_slots(place=place, motif=motif)[0]
    assert first.start == dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)
    page = text_of(client.get(slot_address(place, motif, first.start)))
    assert "Lundi 23 novembre à 9 h" in page
