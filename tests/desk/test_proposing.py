"""« Proposer une heure »: held while it is read aloud, noted, booked or given back; twice, late, at the same time."""

import datetime as dt
import re
import uuid

import pytest
from django.contrib.auth.models import User
from django.test import Client

from accessform.handoff.models import Appointment, AppointmentStatus, Contact, ProviderName
from accessform.handoff.presenting import make_stamp
from accessform.handoff.services.booking import book_appointment
from accessform.journeys.models import SecondElement
from accessform.journeys.resume import make_access
from tests.desk.conftest import sit
from tests.handoff.conftest import MONDAY_NINE, NOW, add_agent, make_journey
from tests.handoff.pages import DETAILS, HALF_HOUR, text_of
from tests.staff import sign_in

pytestmark = pytest.mark.django_db
TEN = dt.timedelta(minutes=10)
KEY = "1f0b9d0c-0000-4000-8000-000000000001"


@pytest.fixture
def phone(client: Client, clock, amina: User) -> Client:
    """An agent on the phone, two days before the first free time."""
    return sign_in(client, amina)


def address(place, motif) -> str:
    return f"/guichet/proposer/{place.pk}/{motif.slug}/"


def hold(client: Client, place, motif, start=MONDAY_NINE, key: str = KEY):
    return client.post(address(place, motif), {"key": key, "start": make_stamp(start)})


@pytest.fixture
def held(phone, place, motif) -> Appointment:
    hold(phone, place, motif)
    return Appointment.objects.get()


def settle(client: Client, row: Appointment, action: str = "book", **posted):
    sent = {**DETAILS, "action": action, "version": str(row.version), **posted}
    answer = client.post(f"/guichet/proposer/{row.pk}/terminer", sent)
    row.refresh_from_db()
    return answer


def page(client: Client, row: Appointment) -> str:
    return text_of(client.get(f"/guichet/proposer/{row.pk}/"))


def test_places_and_motifs_are_the_agent_s_own(phone, place, motif):
    shown = text_of(phone.get("/guichet/proposer/"))
    assert "Maison d'essai" in shown
    assert address(place, motif) in shown
    assert "Remplir la démarche" in shown
    assert 'aria-current="page">Proposer une heure' in shown


def test_a_time_is_held_ten_minutes_to_be_read_aloud(phone, held, place):
    assert (held.status, held.held_until, held.contact) == (AppointmentStatus.HELD, NOW + TEN, None)
    shown = page(phone, held)
    assert "À dire à la personne" in shown
    assert "Lundi 23 novembre à 9 h" in shown
    assert place.address in shown
    assert "gardée jusqu'à 12 h 10" in shown
    assert f"/guichet/proposer/{held.pk}/" in text_of(phone.get("/guichet/proposer/"))


def test_the_same_tap_twice_holds_once_and_another_time_is_another_hold(phone, held, place, motif):
    assert hold(phone, place, motif)["Location"] == f"/guichet/proposer/{held.pk}/"
    assert hold(phone, place, motif, MONDAY_NINE + HALF_HOUR)["Location"] != f"/guichet/proposer/{held.pk}/"
    assert Appointment.objects.count() == 2


def test_it_is_booked_once_and_the_code_is_said(phone, held):
    for _ in range(2):
        assert settle(phone, held, version="1").status_code == 303
    assert (held.status, held.held_until, held.contact.name) == (AppointmentStatus.BOOKED, None, DETAILS["name"])
    shown = page(phone, held)
    assert f"{held.code[:5]} {held.code[5:]}" in shown
    assert re.search(r'id="code-aloud">[^<]*,', shown)
    found = Client().post("/rendez-vous/", {"code": held.code})
    assert found["Location"] == f"/rendez-vous/{held.pk}/"
    assert "Camille Exemple" in text_of(phone.get(f"/guichet/rendez-vous/{held.pk}/"))
    assert Contact.objects.count() == 1


def test_who_cannot_be_reached_is_not_booked_and_nothing_typed_is_lost(phone, held):
    answer = settle(phone, held, name="Camille", phone="12")
    assert answer.status_code == 422
    shown = text_of(answer)
    assert "Ce numéro ne se lit pas." in shown
    assert 'href="#phone"' in shown
    assert 'value="12"' in shown
    assert held.status == AppointmentStatus.HELD


def test_more_time_is_given_and_a_time_is_given_back_once(phone, held, place, motif):
    longer = text_of(settle(phone, held, "longer", name="Camille", phone="01 99"))
    assert held.held_until == NOW + 2 * TEN
    assert "gardée jusqu'à 12 h 20" in longer
    assert 'value="01 99"' in longer, "what is typed so far stays"
    for _ in range(2):
        assert settle(phone, held, "leave")["Location"] == address(place, motif)
    assert held.status == AppointmentStatus.CANCELLED_BY_USER
    assert not held.cells.exists()
    assert make_stamp(MONDAY_NINE) in text_of(phone.get(address(place, motif)))
    assert "n'est plus gardée" in page(phone, held)


def test_a_time_given_back_is_nobody_s_appointment(phone, held):
    settle(phone, held, "leave")
    assert "Aucun rendez-vous ce jour." in text_of(phone.get("/guichet/jours/2026-11-23/"))
    assert phone.get(f"/guichet/rendez-vous/{held.pk}/").status_code == 404


def test_late_it_is_booked_if_nobody_took_it(phone, held, clock):
    clock.move_to(NOW + TEN)
    assert "encore libre" in page(phone, held)
    settle(phone, held)
    assert held.status == AppointmentStatus.BOOKED


def test_late_it_is_told_where_somebody_took_it(phone, held, clock, place, motif, contact):
    clock.move_to(NOW + TEN)
    book_appointment(place=place, motif=motif, start=MONDAY_NINE, contact=contact, key=uuid.uuid4())
    assert settle(phone, held).status_code == 303
    assert held.status == AppointmentStatus.EXPIRED
    assert "Rien n'est réservé." in page(phone, held)


def test_after_the_hour_nothing_is_booked(phone, held, clock):
    Appointment.objects.filter(pk=held.pk).update(starts_at=NOW + TEN)
    clock.move_to(NOW + TEN)
    settle(phone, held)
    assert held.status == AppointmentStatus.HELD
    assert "n'est plus gardée" in page(phone, held)


def test_two_agents_who_propose_the_same_time_hold_it_once(phone, held, place, motif):
    other = sign_in(Client(), sit(add_agent(place, make_other(motif), "Guichet 2"), "bruno"))
    answer = hold(other, place, motif, key="another")
    assert answer.status_code == 409
    shown = text_of(answer)
    assert "vient d'être prise" in shown
    assert f'value="{make_stamp(MONDAY_NINE + HALF_HOUR)}"' in shown
    assert Appointment.objects.count() == 1


def make_other(motif):
    """Return a motif that the first one's agents do not receive for."""
    return type(motif).objects.create(slug="autre", label=motif.label, bring=[], minutes=30, notice_hours=0)


def test_a_time_is_the_session_s_that_holds_it(phone, held, place, motif):
    other = sign_in(Client(), sit(add_agent(place, motif, "Guichet 2"), "bruno"))
    assert other.get(f"/guichet/proposer/{held.pk}/").status_code == 404
    assert other.post(f"/guichet/proposer/{held.pk}/terminer", {"action": "leave"}).status_code == 404
    held.agent.place.agents.update(is_active=False)
    assert phone.get(f"/guichet/proposer/{held.pk}/").status_code == 403


def test_other_places_and_other_agendas_are_not_offered(phone, place, motif):
    elsewhere = type(place).objects.create(source="test", source_id="9", name="Ailleurs", department="75")
    add_agent(elsewhere, motif, "Loin")
    assert phone.get(address(elsewhere, motif)).status_code == 404
    assert hold(phone, elsewhere, motif).status_code == 404
    type(place).objects.filter(pk=place.pk).update(provider=ProviderName.PHONE_ONLY)
    assert phone.get(address(place, motif)).status_code == 404
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("posted", [{"action": "book", "version": "¹"}, {"action": "steal"}, {}])
def test_a_forged_deed_is_a_bad_request(phone, held, posted):
    assert phone.post(f"/guichet/proposer/{held.pk}/terminer", posted).status_code == 400
    assert phone.get(f"/guichet/proposer/{held.pk}/terminer")["Location"] == f"/guichet/proposer/{held.pk}/"
    held.refresh_from_db()
    assert held.status == AppointmentStatus.HELD


@pytest.mark.parametrize("start", ["", "demain", "20261123T0807Z", "20200101T0800Z"])
def test_a_forged_start_holds_nothing(phone, place, motif, start):
    assert phone.post(address(place, motif), {"key": KEY, "start": start}).status_code in {400, 409}
    assert not Appointment.objects.exists()


@pytest.fixture
def known(db):
    """A journey with its code."""
    journey = make_journey()
    return make_access(journey=journey, kind=SecondElement.WORD, second="tournesol")


def test_the_code_of_a_journey_links_the_appointment_to_it_and_shows_nothing_of_it(phone, held, known):
    settle(phone, held, code=f" {known.code.lower()[:6]}-{known.code[6:]}")
    assert held.journey == known.journey
    assert "Demande d'essai" not in page(phone, held)
    assert "Demande d'essai" not in text_of(phone.get(f"/guichet/rendez-vous/{held.pk}/"))


def test_an_unknown_code_is_told_and_ten_close_the_field(phone, held):
    for _ in range(10):
        answer = settle(phone, held, code="ABCDEFGHJKMN")
        assert answer.status_code == 422
        assert "Aucune démarche ne porte ce code." in text_of(answer)
    assert "Plusieurs codes ont été essayés." in text_of(settle(phone, held, code="ABCDEFGHJKMN"))
    assert held.status == AppointmentStatus.HELD
    settle(phone, held)
    assert held.status == AppointmentStatus.BOOKED


def test_a_journey_that_has_one_already_keeps_it(phone, held, known, place, motif, contact):
    kept = book_appointment(
        place=place,
        motif=motif,
        start=MONDAY_NINE + HALF_HOUR,
        contact=contact,
        key=uuid.uuid4(),
        journey=known.journey,
    ).appointment
    answer = settle(phone, held, code=known.code)
    assert answer.status_code == 409
    assert "a déjà un rendez-vous" in text_of(answer)
    kept.refresh_from_db()
    assert (kept.status, held.status) == (AppointmentStatus.BOOKED, AppointmentStatus.HELD)


def test_a_journey_whose_appointment_has_gone_by_takes_another(phone, held, known, motif):
    past = Appointment.objects.create(
        agent=held.agent, place=held.place, motif=motif, journey=known.journey, starts_at=NOW - dt.timedelta(days=2),
        ends_at=NOW - dt.timedelta(days=1), key=uuid.uuid4(), code="x", code_digest="x",
    )  # fmt: skip
    settle(phone, held, code=known.code)
    past.refresh_from_db()
    assert (past.status, held.status) == (AppointmentStatus.ELAPSED, AppointmentStatus.BOOKED)
