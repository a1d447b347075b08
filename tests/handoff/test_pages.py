"""The pages before an appointment, as a browser without JavaScript meets them: people, places, slots, booking."""

import datetime as dt
import uuid
from http import HTTPStatus
from zoneinfo import ZoneInfo

import lxml.html
import pytest
from django.test import Client

from accessform.handoff.models import Appointment, Contact, Place, PlaceFeature
from accessform.trust.throttle import record_failure
from tests.handoff.conftest import MONDAY_NINE, add_agent, make_journey, open_journey
from tests.handoff.pages import DETAILS, HALF_HOUR, book, slot_address, text_of

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


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
    page = text_of(client.get("/lieux/?ou=75011"))
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


@pytest.mark.parametrize("typed", ["Xyzville", "00000", "99999", "' OR 1=1", "é" * 5000, "\x00", "٣٥٠٠٠"])
def test_a_commune_that_is_not_known_is_said_beside_its_field(client, clock, agent, typed):
    page = text_of(client.get("/lieux/", {"ou": typed}))
    assert "Nous n'avons pas trouvé cette commune ou ce code postal" in page
    assert 'aria-invalid="true"' in page
    assert "Maison d'essai" in page


def test_a_name_of_several_communes_asks_for_the_postal_code(client, clock, agent):
    page = text_of(client.get("/lieux/?ou=Saint-Denis"))
    assert "Plusieurs communes ont ce nom (départements 11, 30, 93, 974)" in page


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
