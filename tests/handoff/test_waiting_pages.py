"""The pages of the list, as a browser without JavaScript meets them."""

import datetime as dt
import uuid
from http import HTTPStatus

import pytest
from django.test import Client

from accessform.handoff.models import Appointment, EarlierOffer, OfferStatus, WaitingEntry
from accessform.handoff.services.booking import book_appointment, cancel_appointment
from accessform.handoff.waiting.offering import make_offers
from tests.handoff.conftest import MONDAY_NINE
from tests.handoff.pages import text_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def others(clock, place, motif, agent, contact) -> list[Appointment]:
    """One slot a day; Monday to Wednesday are taken by others."""
    agent.openings.update(ends_at=dt.time(9, 30))
    asked = {"place": place, "motif": motif, "contact": contact}
    return [
        book_appointment(**asked, start=MONDAY_NINE + number * DAY, key=uuid.uuid4()).appointment for number in range(3)
    ]


@pytest.fixture
def mine(others, place, motif, contact, journey) -> Appointment:
    asked = {"place": place, "motif": motif, "contact": contact, "journey": journey}
    return book_appointment(**asked, start=MONDAY_NINE + 3 * DAY, key=uuid.uuid4()).appointment


@pytest.fixture
def offer(person, mine, others) -> EarlierOffer:
    person.post(f"/rendez-vous/{mine.pk}/plus-tot")
    cancel_appointment(appointment=others[1])
    make_offers()
    return EarlierOffer.objects.get()


def link(offer: EarlierOffer) -> str:
    return f"/plus-tot/{offer.token}/"


def test_one_asks_from_the_appointment_s_page_and_may_change_and_stop(person, mine):
    address = f"/rendez-vous/{mine.pk}/"
    assert "Me prévenir si un rendez-vous se libère plus tôt" in text_of(person.get(address))
    form = text_of(person.get(f"{address}plus-tot"))
    assert "Vous gardez votre rendez-vous" in form
    assert "Regardez de temps en temps la page" in form
    posted = {"jour": ["1", "3", "9", "x"], "moment": "morning"}
    assert person.post(f"{address}plus-tot", posted)["Location"] == f"{address}#plus-tot"
    entry = WaitingEntry.objects.get()
    assert (entry.days, entry.part) == ([1, 3], "morning")
    assert "En attendant, vous gardez celui-ci" in text_of(person.get(address))
    assert 'value="3" checked' in text_of(person.get(f"{address}plus-tot"))
    for _ in range(2):
        assert person.post(f"{address}plus-tot/arreter").status_code == HTTPStatus.SEE_OTHER
    entry.refresh_from_db()
    assert not entry.is_waiting


def test_a_forged_part_of_the_day_means_any(person, mine):
    person.post(f"/rendez-vous/{mine.pk}/plus-tot", {"moment": "<script>"})
    assert WaitingEntry.objects.get().part == "any"


def test_what_is_free_already_is_said_before_asking(person, mine, others):
    cancel_appointment(appointment=others[0])
    assert "Des heures plus proches sont déjà libres" in text_of(person.get(f"/rendez-vous/{mine.pk}/plus-tot"))


def test_the_wrong_person_neither_asks_nor_stops(client, mine):
    for suffix in ("plus-tot", "plus-tot/arreter"):
        assert client.post(f"/rendez-vous/{mine.pk}/{suffix}").status_code == HTTPStatus.NOT_FOUND
    assert not WaitingEntry.objects.exists()


def test_the_link_shows_both_hours_and_looking_takes_nothing(client, offer, mine):
    for _ in range(3):
        page = text_of(client.get(link(offer)))
    assert "Mardi 24 novembre à 9 h" in page
    assert "À la place de votre rendez-vous : jeudi 26 novembre à 9 h" in page
    assert mine.code[:5] not in page
    offer.refresh_from_db()
    assert offer.status == OfferStatus.OPEN


def test_one_tap_without_an_account_moves_the_appointment(offer, mine):
    anyone = Client()
    for _ in range(2):
        assert anyone.post(link(offer), {"action": "take"})["Location"] == link(offer)
    page = text_of(anyone.get(link(offer)))
    assert "Votre rendez-vous est avancé" in page
    assert "Mardi 24 novembre à 9 h" in page
    mine.refresh_from_db()
    assert mine.starts_at == MONDAY_NINE + DAY
    assert anyone.get(f"/rendez-vous/{mine.pk}/").status_code == HTTPStatus.NOT_FOUND


def test_keeping_mine_changes_nothing(client, offer, mine):
    client.post(link(offer), {"action": "leave"})
    page = text_of(client.get(link(offer)))
    assert "Vous gardez votre rendez-vous" in page
    assert "jeudi 26 novembre à 9 h" in page
    assert "Ne plus me prévenir" in page
    client.post(link(offer), {"action": "stop"})
    assert "Ne plus me prévenir" not in text_of(client.get(link(offer)))
    client.post(link(offer), {"action": "take"})
    mine.refresh_from_db()
    assert mine.starts_at == MONDAY_NINE + 3 * DAY


def test_more_time_is_one_tap(client, offer):
    before = offer.hold.held_until
    client.post(link(offer), {"action": "longer"})
    offer.hold.refresh_from_db()
    assert offer.hold.held_until > before


def test_without_a_message_the_appointment_s_page_shows_the_offer(person, offer, mine):
    page = text_of(person.get(f"/rendez-vous/{mine.pk}/"))
    assert "Un rendez-vous s'est libéré plus tôt" in page
    assert link(offer) in page
    person.post(link(offer), {"action": "leave"})
    assert link(offer) not in text_of(person.get(f"/rendez-vous/{mine.pk}/"))


@pytest.mark.parametrize("token", ["x", "a" * 20, "é" * 5000, "..", "%00"])
def test_an_unknown_link_says_so(client, clock, offer, token):
    answer = client.get(f"/plus-tot/{token}/")
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_a_forged_answer_changes_nothing(client, offer):
    assert client.post(link(offer), {"action": "steal"})["Location"] == link(offer)
    offer.refresh_from_db()
    assert offer.status == OfferStatus.OPEN


def test_an_offer_that_is_over_says_that_nothing_changed(client, offer, mine):
    cancel_appointment(appointment=mine)
    client.post(link(offer), {"action": "take"})
    assert "Ce rendez-vous n'est plus gardé" in text_of(client.get(link(offer)))


@pytest.mark.parametrize("level", ["standard", "plain", "easy"])
def test_every_page_of_the_list_is_drawn_at_every_level(person, offer, mine, level):
    session = person.session
    session["presentation"] = {"values": {"reading_level": level}}
    session.save()
    for address in (f"/rendez-vous/{mine.pk}/", f"/rendez-vous/{mine.pk}/plus-tot", link(offer)):
        answer = person.get(address)
        assert answer.status_code == HTTPStatus.OK, address
        assert answer.content.decode().count("<h1") == 1
        assert "{" not in text_of(answer).split("<main")[1].split("</main")[0]
