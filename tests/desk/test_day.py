"""The day at one's own desk: hours of the place, states, names, calls; nothing of others, nothing of difficulties."""

import datetime as dt
import re
import time
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.test import Client

from accessform.adaptation import services as adaptation
from accessform.handoff.models import AgentProfile, Appointment, AppointmentStatus, Contact, Place
from accessform.observation.events import EventKind, InteractionEvent
from tests.desk.conftest import sit
from tests.handoff.conftest import MONDAY_NINE, add_agent
from tests.staff import sign_in

pytestmark = pytest.mark.django_db


def text(client: Client, address: str = "/guichet/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("&#x27;", "'").replace("\u00a0", " ")


def add(desk: AgentProfile, start: dt.datetime, like: Appointment, name: str = "Autre Personne") -> Appointment:
    contact = Contact.objects.create(name=name, phone="+33199001011")
    return Appointment.objects.create(
        agent=desk,
        place=desk.place,
        motif=like.motif,
        contact=contact,
        starts_at=start,
        ends_at=start + dt.timedelta(minutes=30),
        key=uuid.uuid4(),
        code="x",
        code_digest=uuid.uuid4().hex,
    )


def test_the_day_says_hour_name_motif_mode_and_state(desk):
    page = text(desk)
    assert "Rendez-vous, aujourd'hui" in page
    assert "lundi 23 novembre" in page
    assert "9 h" in page
    assert "Camille Exemple" in page
    assert "Remplir la démarche. Sur place." in page
    assert "En cours" in page
    assert "tel:" not in page


@pytest.mark.parametrize(
    ("minutes", "state"), [(-60, "À venir"), (0, "En cours"), (29, "En cours"), (30, "Passé, à terminer")]
)
def test_each_appointment_says_where_it_stands(client, amina, appointment, clock, minutes, state):
    clock.move_to(MONDAY_NINE + dt.timedelta(minutes=minutes))
    assert state in text(sign_in(client, amina))


def test_a_phone_appointment_gives_the_number_to_call(desk, motif):
    motif.mode = "phone"
    motif.save()
    assert 'href="tel:0199001010">Appeler le 01 99 00 10 10' in text(desk)


def test_a_day_without_appointments_says_so_and_names_the_next_days(client, amina, appointment):
    page = text(sign_in(client, amina))
    assert "Aucun rendez-vous ce jour." in page
    assert '/guichet/jours/2026-11-23/">lundi 23 novembre, 1 rendez-vous' in page


@pytest.mark.parametrize("day", ["2026-13-01", "hier", "1999-12-31", "0001-01-01", "9999-12-31", "2026-11-23T00:00"])
def test_a_day_that_is_none_is_not_found(desk, day):
    assert desk.get(f"/guichet/jours/{day}/").status_code == 404


def test_hours_and_days_are_those_of_the_place(client, clock, appointment):
    reunion = ZoneInfo("Indian/Reunion")
    place = Place.objects.create(
        source="test", source_id="2", name="Case", postal_code="97400", city="Saint-Denis", department="974"
    )
    desk = add_agent(place, appointment.motif)
    start = dt.datetime(2026, 11, 24, 1, tzinfo=reunion)
    add(desk, start, appointment)
    clock.move_to(start - dt.timedelta(minutes=30))
    page = text(sign_in(client, sit(desk, "rose")))
    assert place.zone == reunion
    assert "mardi 24 novembre" in page
    assert "1 h" in page
    assert "Autre Personne" in page
    assert "Camille Exemple" not in page


def test_nothing_of_another_desk_is_shown_or_opened(client, place, visit, amina):
    other = add_agent(place, visit.motif, "Guichet 2")
    theirs = add(other, MONDAY_NINE, visit)
    sign_in(client, amina)
    assert "Autre Personne" not in text(client)
    for address in ("", "terminer"):
        path = f"/guichet/rendez-vous/{theirs.pk}/{address}"
        answer = client.post(path, {"end": "recu", "version": "1"}) if address else client.get(path)
        assert answer.status_code == 404
    assert client.get(f"/guichet/rendez-vous/{uuid.uuid4()}/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.status == AppointmentStatus.BOOKED


def test_held_times_are_nobody_s_appointment(desk, visit):
    Appointment.objects.update(status=AppointmentStatus.HELD, held_until=MONDAY_NINE + dt.timedelta(hours=1))
    assert "Aucun rendez-vous ce jour." in text(desk)
    assert desk.get(f"/guichet/rendez-vous/{visit.pk}/").status_code == 404


def test_an_account_without_a_desk_or_with_a_closed_one_gets_no_further(client, desk, agent):
    AgentProfile.objects.update(is_active=False)
    assert desk.get("/guichet/").status_code == 403
    assert sign_in(Client(), User.objects.create_user("seul", is_staff=True)).get("/guichet/").status_code == 403
    assert Client().get("/guichet/")["Location"] == "/equipe/connexion?next=/guichet/"


def test_an_agent_is_no_designer(desk):
    assert desk.get("/catalogue/").status_code == 403


@pytest.mark.parametrize(("end", "status"), [("recu", AppointmentStatus.SEEN), ("pas-venu", AppointmentStatus.NO_SHOW)])
def test_an_appointment_is_closed_once_however_often_it_is_said(desk, visit, end, status):
    page = text(desk, f"/guichet/rendez-vous/{visit.pk}/")
    assert f'value="{end}"' in page
    for _ in range(2):
        response = desk.post(f"/guichet/rendez-vous/{visit.pk}/terminer", {"end": end, "version": "1"})
        assert (response.status_code, response["Location"]) == (303, f"/guichet/rendez-vous/{visit.pk}/")
        visit.refresh_from_db()
        assert (visit.status, visit.version) == (status, 2)
    assert "C'est noté" in text(desk, response["Location"])


def test_a_change_made_elsewhere_is_shown_and_not_written_over(desk, visit):
    Appointment.objects.update(status=AppointmentStatus.CANCELLED_BY_USER, version=2)
    response = desk.post(f"/guichet/rendez-vous/{visit.pk}/terminer", {"end": "recu", "version": "1"})
    assert "a changé entre-temps" in text(desk, response["Location"])
    visit.refresh_from_db()
    assert visit.status == AppointmentStatus.CANCELLED_BY_USER


def test_the_service_cancels_before_the_hour_and_frees_it(client, amina, appointment):
    sign_in(client, amina)
    address = f"/guichet/rendez-vous/{appointment.pk}/"
    page = text(client, address)
    assert 'value="annule"' in page
    assert 'value="pas-venu"' not in page
    client.post(f"/guichet/rendez-vous/{appointment.pk}/terminer", {"end": "annule", "version": "1"})
    appointment.refresh_from_db()
    assert appointment.status == AppointmentStatus.CANCELLED_BY_SERVICE
    assert not appointment.cells.exists()
    assert "Aucun message ne peut prévenir la personne. Appelez-la." in text(client, address)


def test_the_desk_reads_how_the_person_is_told_of_a_cancellation(client, amina, appointment):
    Contact.objects.update(email="camille@example.fr")
    address = f"/guichet/rendez-vous/{appointment.pk}/"
    sign_in(client, amina)
    client.post(f"{address}terminer", {"end": "annule", "version": "1"})
    assert "Un e-mail prévient la personne." in text(client, address)


def test_nobody_is_late_before_the_hour(client, amina, appointment):
    sign_in(client, amina)
    response = client.post(f"/guichet/rendez-vous/{appointment.pk}/terminer", {"end": "pas-venu", "version": "1"})
    assert "trop tôt" in text(client, response["Location"])


@pytest.mark.parametrize("data", [{}, {"end": "x", "version": "1"}, {"end": "recu", "version": "¹"}, {"end": "recu"}])
def test_a_forged_end_is_a_bad_request(desk, visit, data):
    assert desk.post(f"/guichet/rendez-vous/{visit.pk}/terminer", data).status_code == 400
    assert desk.get(f"/guichet/rendez-vous/{visit.pk}/terminer").status_code == 405


def struggle(journey_id: uuid.UUID) -> None:
    """Have a person meet so much difficulty that a person is offered."""
    state = adaptation.load_state(journey_id)
    for _ in range(6):
        at = time.time()
        failed = InteractionEvent(EventKind.SUBMIT_FAILED, at, "vous")
        refused = InteractionEvent(EventKind.REJECTED, at, "vous", "nom", "required")
        state = adaptation.record_events(state=state, events=[failed, refused])
    assert state.policy_state.hand_off or state.pending_offer


def test_the_desk_never_tells_a_difficulty(desk, visit):
    address = f"/guichet/rendez-vous/{visit.pk}/"
    before = [body(text(desk, each)) for each in ("/guichet/", address)]
    struggle(visit.journey_id)
    assert [body(text(desk, each)) for each in ("/guichet/", address)] == before


def body(page: str) -> str:
    """Return a page without the tokens that differ each time."""
    return re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', "", page)


def test_an_appointment_leads_back_to_its_day_at_the_place(client, clock, appointment):
    place = Place.objects.create(
        source="test", source_id="3", name="Case", postal_code="97110", city="Pointe-à-Pitre", department="971"
    )
    row = add(add_agent(place, appointment.motif), dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC), appointment)
    page = text(sign_in(client, sit(row.agent, "rose")), f"/guichet/rendez-vous/{row.pk}/")
    assert "lundi 23 novembre" in page
    assert "/guichet/jours/2026-11-23/" in page


def test_an_appointment_to_come_is_not_said_to_have_ended(client, amina, appointment):
    page = text(sign_in(client, amina), f"/guichet/rendez-vous/{appointment.pk}/")
    assert "Annuler ce rendez-vous" in page
    assert "s'est terminé" not in page
