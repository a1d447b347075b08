"""The pages of a slot that is kept, of a visit at home, and of a place that closes for some days."""

import datetime as dt
import uuid
from http import HTTPStatus

import pytest

from accessform.handoff.models import Appointment, Contact, Motif, PlaceClosure
from accessform.handoff.services.agent_lists import list_appointments
from accessform.handoff.services.booking import book_appointment
from accessform.handoff.services.holding import hold_slot
from accessform.trust.export import export_journey
from tests.handoff.conftest import MONDAY_NINE, NOW
from tests.handoff.pages import HALF_HOUR, book, slot_address, text_of

pytestmark = pytest.mark.django_db
UNTIL = NOW + dt.timedelta(hours=3)


@pytest.fixture
def held(clock, place, motif, agent, contact, journey) -> Appointment:
    asked = {"place": place, "motif": motif, "contact": contact, "journey": journey}
    return hold_slot(**asked, start=MONDAY_NINE, until=UNTIL, key=uuid.uuid4()).appointment


def page_of(client, appointment) -> str:
    return text_of(client.get(f"/rendez-vous/{appointment.pk}/"))


def answer(client, appointment, action):
    return client.post(f"/rendez-vous/{appointment.pk}/garde", {"action": action})


def test_the_code_given_on_the_phone_finds_the_slot_that_is_kept_and_one_tap_takes_it(client, held):
    found = client.post("/rendez-vous/", {"code": held.code})
    page = text_of(client.get(found["Location"]))
    assert "Ce rendez-vous est gardé pour vous" in page
    assert "samedi 21 novembre à 15 h" in page
    assert "Ajouter à mon agenda" not in page
    for _ in range(2):
        assert answer(client, held, "take").status_code == HTTPStatus.SEE_OTHER
    assert "<h1>Vous avez rendez-vous</h1>" in page_of(client, held)


def test_more_time_is_one_tap_and_may_be_asked_again(person, held):
    for hours in (5, 7):
        answer(person, held, "longer")
        held.refresh_from_db()
        assert held.held_until == NOW + dt.timedelta(hours=hours)


def test_leaving_it_frees_it(person, held):
    answer(person, held, "leave")
    assert "Ce rendez-vous est annulé" in page_of(person, held)


def test_past_its_end_the_page_says_whether_it_is_still_free(clock, person, held, place, motif, contact):
    clock.move_to(UNTIL)
    assert "cette heure est encore libre" in page_of(person, held)
    book_appointment(place=place, motif=motif, start=MONDAY_NINE, contact=contact, key=uuid.uuid4())
    assert answer(person, held, "take").status_code == HTTPStatus.SEE_OTHER
    page = page_of(person, held)
    assert "Ce rendez-vous n'est plus gardé" in page
    assert f"/lieux/{place.pk}/{motif.slug}/" in page


def test_a_journey_that_has_booked_meanwhile_is_shown_that_appointment(person, held, place, motif, contact, journey):
    asked = {"place": place, "motif": motif, "contact": contact, "journey": journey}
    kept = book_appointment(**asked, start=MONDAY_NINE + HALF_HOUR, key=uuid.uuid4()).appointment
    assert answer(person, held, "take")["Location"] == f"/rendez-vous/{kept.pk}/?deja=1"


@pytest.mark.parametrize("action", ["", "steal"])
def test_a_forged_answer_is_not_found_and_looking_changes_nothing(person, held, action):
    assert answer(person, held, action).status_code == HTTPStatus.NOT_FOUND
    assert person.get(f"/rendez-vous/{held.pk}/garde").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    held.refresh_from_db()
    assert held.status == "held"


def test_the_wrong_person_answers_nothing(client, held):
    assert answer(client, held, "leave").status_code == HTTPStatus.NOT_FOUND


@pytest.fixture
def visit(clock, motif, agent) -> Motif:
    Motif.objects.filter(pk=motif.pk).update(mode="home", travel_minutes=20)
    motif.refresh_from_db()
    return motif


VISIT_AT = MONDAY_NINE + dt.timedelta(minutes=20)


@pytest.mark.parametrize(
    ("address", "words"), [("", "Écrivez l'adresse où venir"), ("a" * 301, "Cette adresse est trop longue")]
)
def test_a_visit_asks_where_to_come(client, place, visit, address, words):
    assert "Adresse où venir" in text_of(client.get(slot_address(place, visit, VISIT_AT)))
    refused = book(client, place, visit, VISIT_AT, address=address)
    page = text_of(refused)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'href="#address">' in page
    assert page.count(words) == 2
    assert not Contact.objects.exists()


def test_the_address_of_a_visit_is_encrypted_exported_listed_and_erased(person, place, visit, journey):
    from django.db import connection

    book(person, place, visit, VISIT_AT, address="3 rue Essai, 75011 Paris", demarche=str(journey.pk))
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM handoff_contact")
        assert "Essai" not in cursor.fetchone()[0]
    assert list_appointments(day=VISIT_AT.date())[0]["address"] == "3 rue Essai, 75011 Paris"
    held = export_journey(journey.pk)["held"]["handoff"]
    assert held["appointments"][0]["contact"]["address"] == "3 rue Essai, 75011 Paris"


def test_an_office_neither_asks_for_an_address_nor_keeps_one(client, clock, place, motif, agent):
    assert 'name="address"' not in text_of(client.get(slot_address(place, motif)))
    book(client, place, motif, address="3 rue Essai")
    assert Contact.objects.get().address is None


def test_the_address_given_once_is_not_asked_again(client, place, visit):
    book(client, place, visit, VISIT_AT, address="3 rue Essai, 75011 Paris")
    page = text_of(client.get(slot_address(place, visit, VISIT_AT + dt.timedelta(minutes=70))))
    assert ">3 rue Essai, 75011 Paris</textarea>" in page


def test_details_given_without_an_address_do_not_book_a_visit(client, clock, place, motif, agent):
    book(client, place, motif)
    Motif.objects.filter(pk=motif.pk).update(mode="home")
    again = client.post(slot_address(place, motif, MONDAY_NINE + HALF_HOUR), {"key": "x"})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Appointment.objects.count() == 1


def test_a_place_says_when_it_is_closed_and_its_door_too(client, clock, place, motif, agent):
    clock.move_to(MONDAY_NINE)
    days = {"first_day": dt.date(2026, 11, 23), "last_day": dt.date(2026, 12, 1)}
    PlaceClosure.objects.create(place=place, reason="travaux", **days)
    PlaceClosure.objects.create(place=place, first_day=dt.date(2026, 12, 7), last_day=dt.date(2026, 12, 7))
    PlaceClosure.objects.create(place=place, first_day=dt.date(2027, 8, 1), last_day=dt.date(9999, 12, 31))
    page = text_of(client.get(f"/lieux/{place.pk}/"))
    assert "Fermé du lundi 23 novembre au mardi 1er décembre inclus (travaux)." in page
    assert "Fermé le lundi 7 décembre." in page
    assert "août" not in page
    assert "Fermé maintenant. Ouvre mercredi 2 décembre à 9 h." in page
