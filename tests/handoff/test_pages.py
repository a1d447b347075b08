"""The pages, as a browser without JavaScript meets them."""

import datetime as dt
import uuid
from http import HTTPStatus
from zoneinfo import ZoneInfo

import lxml.html
import pytest
from django.test import Client
from icalendar import Calendar

from accessform.handoff.models import Appointment, CallbackRequest, CallbackStatus, Contact, Place, PlaceFeature
from accessform.handoff.presenting import make_stamp
from accessform.handoff.services.agendas import list_slots
from accessform.handoff.services.booking import cancel_appointment
from accessform.operations.keys import new_data_key
from accessform.speech.voice import is_voice_available
from accessform.trust.rotation import rotate_everything
from accessform.trust.throttle import record_failure
from tests.handoff.conftest import MONDAY_NINE, add_agent, make_journey

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
DETAILS = {"name": "Camille Exemple", "phone": "01 99 00 10 10", "email": ""}
HALF_HOUR = dt.timedelta(minutes=30)


def open_journey(client: Client, journey) -> None:
    session = client.session
    session["journeys"] = [str(journey.pk)]
    session.save()


def slot_address(place, motif, start=MONDAY_NINE) -> str:
    return f"/lieux/{place.pk}/{motif.slug}/{make_stamp(start)}/"


def heard(response) -> bool:
    """Listen to a whole answer, which gives its seat back, and tell whether there was a sound."""
    return response["Content-Type"] == "audio/mpeg" and len(b"".join(response.streaming_content)) > 0


def text_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("&#x27;", "'")


def book(client, place, motif, start=MONDAY_NINE, **posted):
    return client.post(slot_address(place, motif, start), {"key": str(uuid.uuid4()), **DETAILS, **posted})


@pytest.fixture
def person(client, clock, journey, agent) -> Client:
    open_journey(client, journey)
    return client


def test_the_form_s_own_service_comes_first(person, journey, place):
    page = text_of(person.get(f"/d/{journey.pk}/personne"))
    assert page.index("Service d'essai") < page.index("Maison d'essai")
    assert 'href="tel:0199001010"' in page
    assert "Fermé maintenant. Ouvre lundi 23 novembre à 9 h." in page
    assert "Par message : 114 exemple" in page
    assert f'href="/d/{journey.pk}/"' in page


def test_the_service_is_said_open_when_it_is(client, clock, agent, journey):
    clock.move_to(MONDAY_NINE)
    open_journey(client, journey)
    assert "Ouvert maintenant, jusqu'à 12 h." in text_of(client.get(f"/d/{journey.pk}/personne"))


def test_another_session_s_journey_is_not_found(client, journey):
    assert client.get(f"/d/{journey.pk}/personne").status_code == HTTPStatus.NOT_FOUND
    assert client.get(f"/d/{journey.pk}/personne/rappel").status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"/d/{journey.pk}/personne/rappel/retirer").status_code == HTTPStatus.NOT_FOUND


def test_pages_of_a_journey_are_kept_by_no_cache(person, journey):
    assert "no-store" in person.get(f"/d/{journey.pk}/personne")["Cache-Control"]


def test_places_show_their_reasons_and_three_come_first(client, clock, agent):
    for number in range(2, 6):
        facts = {"address": "2 rue", "postal_code": "75012", "city": "Paris", "department": "75"}
        Place.objects.create(source="test", source_id=str(number), name=f"Lieu {number}", **facts)
    page = text_of(client.get("/lieux/?code_postal=75011"))
    assert "Même code postal que vous" in page
    assert "Premier rendez-vous : lundi 23 novembre à 9 h" in page
    assert "Voir d'autres lieux (2)" in page


def test_an_unknown_feature_is_said_unconfirmed_with_the_phone(client, clock, agent):
    page = text_of(client.get("/lieux/?besoin=sign_language"))
    assert "Pas sûr : quelqu'un qui parle la langue des signes" in page
    assert "Appelez avant de venir :" in page


def test_a_place_that_says_no_to_a_blocking_need_is_left_out(client, clock, agent, place):
    PlaceFeature.objects.create(place=place, feature="wheelchair", present=False)
    page = text_of(client.get("/lieux/?besoin=wheelchair&besoin=<script>"))
    assert "Maison d'essai" not in page
    assert "Nous n'avons pas trouvé de lieu" in page


def test_a_postal_code_that_cannot_be_read_is_said_beside_its_field(client, clock, agent):
    page = text_of(client.get("/lieux/?code_postal=Lyon"))
    assert "Nous n'avons pas compris ce code postal" in page
    assert 'value="Lyon"' in page


def test_slots_are_shown_by_day_and_later_ones_behind_a_link(client, clock, place, motif, agent):
    page = text_of(client.get(f"/lieux/{place.pk}/{motif.slug}/"))
    assert page.count("<section") == 5
    assert "Lundi 23 novembre" in page
    assert "?jour=2026-11-30" in page
    later = text_of(client.get(f"/lieux/{place.pk}/{motif.slug}/?jour=2026-11-30"))
    assert "Lundi 23 novembre" not in later
    assert "Lundi 30 novembre" in later


@pytest.mark.parametrize("day", ["", "demain", "2026-13-45", "9999-12-31", "0001-01-01"])
def test_a_strange_day_in_the_address_breaks_nothing(client, clock, place, motif, agent, day):
    assert client.get(f"/lieux/{place.pk}/{motif.slug}/", {"jour": day}).status_code == HTTPStatus.OK


def test_the_slot_list_takes_at_most_six_queries(client, clock, place, motif, agent, django_assert_max_num_queries):
    for number in range(2, 31):
        add_agent(place, motif, f"Guichet {number}")
    with django_assert_max_num_queries(6):
        client.get(f"/lieux/{place.pk}/{motif.slug}/")


def test_the_last_tap_books_and_the_confirmation_is_unmistakable(person, journey, place, motif):
    before = text_of(person.get(f"{slot_address(place, motif)}?demarche={journey.pk}"))
    assert not Appointment.objects.exists()
    assert "Prendre ce rendez-vous" in before
    answer = book(person, place, motif, demarche=str(journey.pk))
    appointment = Appointment.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/rendez-vous/{appointment.pk}/")
    page = text_of(person.get(answer["Location"]))
    assert "<h1>Vous avez rendez-vous</h1>" in page
    assert "Lundi 23 novembre à 9 h" in page
    assert appointment.code[:5] in page
    assert f'href="/d/{journey.pk}/"' in page
    assert f'class="tool person" href="/d/{journey.pk}/personne"' in page
    assert appointment.journey == journey


def test_it_books_without_a_journey_too(client, clock, place, motif, agent):
    assert book(client, place, motif, demarche=str(make_journey().pk)).status_code == 303
    assert Appointment.objects.get().journey is None


def test_a_double_tap_books_once_and_answers_the_same(client, clock, place, motif, agent):
    key = str(uuid.uuid4())
    first, second = (book(client, place, motif, key=key) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Appointment.objects.count() == 1


def test_nobody_can_replay_another_s_post(clock, place, motif, agent):
    key, owner, other = str(uuid.uuid4()), Client(), Client()
    owner.cookies["af_csrf"], other.cookies["af_csrf"] = "a" * 32, "b" * 32
    mine = book(owner, place, motif, key=key)
    theirs = book(other, place, motif, start=MONDAY_NINE + HALF_HOUR, key=key)
    assert mine["Location"] != theirs["Location"]
    assert other.get(mine["Location"]).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("posted", "field", "words"),
    [
        ({"name": " "}, "name", "Écrivez votre nom et votre prénom"),
        ({"name": "a" * 200}, "name", "Ce nom est trop long"),
        ({"phone": "", "email": ""}, "phone", "Donnez un téléphone ou une adresse e-mail"),
        ({"phone": "12"}, "phone", "Nous n'avons pas compris ce numéro"),
        ({"phone": "", "email": "camille"}, "email", "Nous n'avons pas compris cette adresse e-mail"),
    ],
)
@pytest.mark.usefixtures("clock", "agent")
def test_a_refused_contact_says_where_and_how_to_mend_it(client, place, motif, posted, field, words):
    answer = book(client, place, motif, **posted)
    page = text_of(answer)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'href="#{field}">' in page
    assert page.count(words) == 2
    assert "<title>Erreur" in page
    assert 'method="post" action="' + slot_address(place, motif) + '" novalidate' in page
    assert not Appointment.objects.exists()
    assert not Contact.objects.exists()


def test_control_characters_and_markup_in_a_name_are_harmless(client, clock, place, motif, agent):
    answer = book(client, place, motif, name="Camille\x00\x1b<b>", phone="x")
    assert "<b>" not in text_of(answer).split("<main")[1].split("Camille")[1][:30]
    assert book(client, place, motif, name="Ca\x00mille\u202e <b>").status_code == 303
    assert Contact.objects.get().name == "Ca mille <b>"


def test_a_slot_that_has_just_gone_shows_three_others_and_one_tap_books(clock, client, place, motif, agent):
    book(Client(), place, motif)
    late = book(client, place, motif)
    page = text_of(late)
    assert late.status_code == HTTPStatus.CONFLICT
    assert "Ce rendez-vous vient d'être pris" in page
    assert page.count('<button class="button">Prendre lundi') == 3
    one_tap = client.post(slot_address(place, motif, MONDAY_NINE + HALF_HOUR), {"key": "another"})
    assert one_tap.status_code == 303
    assert Appointment.objects.count() == 2


def test_opening_the_page_of_a_slot_that_has_gone_says_so_before_anything_is_typed(clock, client, place, motif, agent):
    book(Client(), place, motif)
    page = text_of(client.get(slot_address(place, motif)))
    assert "Ce rendez-vous vient d'être pris" in page
    assert 'name="phone"' not in page


def test_when_nothing_is_left_the_phone_remains(clock, client, place, motif, agent):
    agent.openings.all().delete()
    page = text_of(book(client, place, motif))
    assert "Il n'y en a plus d'autre" in page
    assert 'href="tel:0199001111"' in page


@pytest.mark.parametrize("stamp", ["demain", "20261399T9999Z", "20261123", "99999999T0000Z"])
def test_a_forged_start_is_not_found(client, clock, place, motif, agent, stamp):
    assert client.get(f"/lieux/{place.pk}/{motif.slug}/{stamp}/").status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"/lieux/{place.pk}/{motif.slug}/{stamp}/", DETAILS).status_code == HTTPStatus.NOT_FOUND


def test_a_start_off_the_grid_offers_the_nearest(client, clock, place, motif, agent):
    answer = book(client, place, motif, start=MONDAY_NINE + dt.timedelta(minutes=3))
    assert answer.status_code == HTTPStatus.CONFLICT
    assert not Appointment.objects.exists()


def test_a_phone_appointment_needs_a_phone(client, clock, place, motif, agent):
    motif.mode = "phone"
    motif.save()
    assert book(client, place, motif, phone="", email="a@exemple.fr").status_code == 422
    answer = book(client, place, motif)
    assert "au 01 99 00 10 10" in text_of(client.get(answer["Location"]))


def test_a_network_that_takes_every_slot_is_sent_to_the_phone(client, clock, place, motif, agent):
    for _ in range(100):
        record_failure("booking_network", "127.0.0.0/24")
    answer = book(client, place, motif)
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert 'href="tel:0199001111"' in text_of(answer)
    assert not Appointment.objects.exists()


def test_contact_details_are_not_asked_twice(client, clock, place, motif, agent):
    book(client, place, motif)
    page = text_of(client.get(slot_address(place, motif, MONDAY_NINE + HALF_HOUR)))
    assert 'value="Camille Exemple"' in page
    assert 'value="01 99 00 10 10"' in page
    again = lxml.html.fromstring(client.get(slot_address(place, motif, MONDAY_NINE + HALF_HOUR)).content)
    assert book(client, place, motif, MONDAY_NINE + HALF_HOUR, phone=again.get_element_by_id("phone").value)
    assert {contact.phone for contact in Contact.objects.all()} == {"+33199001010"}


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


def test_asking_to_be_called_back_keeps_one_request(person, journey):
    address = f"/d/{journey.pk}/personne/rappel"
    assert "Quand préférez-vous qu'on vous rappelle" in text_of(person.get(address))
    for moment in ("morning", "afternoon", "forged"):
        assert person.post(address, {**DETAILS, "moment": moment})["Location"] == f"/d/{journey.pk}/personne"
    request = CallbackRequest.objects.get()
    assert (request.moment, request.service, request.contact.phone) == ("any", "Service d'essai", "+33199001010")
    assert "on vous rappelle au 01 99 00 10 10" in text_of(person.get(f"/d/{journey.pk}/personne"))
    person.post(f"{address}/retirer")
    request.refresh_from_db()
    assert request.status == CallbackStatus.CANCELLED


def test_a_call_back_without_a_number_is_refused_and_says_why(person, journey):
    answer = person.post(f"/d/{journey.pk}/personne/rappel", {"name": "Camille", "phone": ""})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Il faut votre numéro pour vous appeler" in text_of(answer)
    assert not CallbackRequest.objects.exists()


@pytest.mark.parametrize("level", ["standard", "plain", "easy"])
def test_every_page_is_drawn_at_every_level(person, journey, appointment, place, motif, level):
    session = person.session
    session["presentation"] = {"values": {"reading_level": level}}
    session.save()
    addresses = [
        f"/d/{journey.pk}/personne?besoin=quiet",
        f"/d/{journey.pk}/personne/rappel",
        "/lieux/",
        f"/lieux/{place.pk}/",
        f"/lieux/{place.pk}/{motif.slug}/?demarche={journey.pk}",
        slot_address(place, motif, MONDAY_NINE + HALF_HOUR),
        slot_address(place, motif),
        "/rendez-vous/",
        f"/rendez-vous/{appointment.pk}/",
        f"/rendez-vous/{appointment.pk}/annuler",
        f"/rendez-vous/{appointment.pk}/deplacer",
    ]
    for address in addresses:
        answer = person.get(address)
        assert answer.status_code == HTTPStatus.OK, address
        assert answer.content.decode().count("<h1") == 1
        assert "{" not in text_of(answer).split("<main")[1].split("</main")[0]
    cancel_appointment(appointment=appointment)
    assert person.get(f"/rendez-vous/{appointment.pk}/").status_code == HTTPStatus.OK


def test_places_slots_and_the_confirmation_can_be_heard(client, clock, place, motif, appointment, person):
    if not is_voice_available():
        pytest.skip("no voice engine on this machine")
    slots = f"/lieux/{place.pk}/{motif.slug}/"
    for address, part in ((slots, "jour-2026-11-23"), (f"/lieux/{place.pk}/", "lieu"), ("/lieux/", f"lieu-{place.pk}")):
        assert f"ecouter={part}" in text_of(client.get(address))
        assert heard(client.get(address, {"ecouter": part}))
    confirmation = person.get(f"/rendez-vous/{appointment.pk}/?ecouter")
    assert "no-store" in confirmation["Cache-Control"]
    assert heard(confirmation)
