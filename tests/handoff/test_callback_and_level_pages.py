"""« Me faire rappeler », and every page at every level, aloud, by video and at home."""

from http import HTTPStatus
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from accessform.handoff.models import CallbackRequest, CallbackStatus
from accessform.handoff.services.booking import cancel_appointment
from accessform.speech.voice import is_voice_available
from tests.handoff.conftest import MONDAY_NINE
from tests.handoff.pages import DETAILS, HALF_HOUR, book, heard, slot_address, text_of

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


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


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("video", "Quelqu'un vous appelle au 01 99 00 10 10, pour ouvrir la vidéo"),
        ("home", "Quelqu'un vient chez vous, à cette adresse : 3 rue Essai, 75011 Paris"),
    ],
)
def test_a_video_or_a_visit_at_home_begins_with_a_call(client, clock, place, motif, agent, mode, said):
    motif.mode = mode
    motif.save()
    assert book(client, place, motif, phone="", email="a@exemple.fr").status_code == 422
    answer = book(client, place, motif, address="3 rue Essai,\n75011 Paris")
    page = text_of(client.get(answer["Location"]))
    assert said in page
    assert "1 rue de l'Exemple" not in page.split("<main")[1]
    event = Calendar.from_ical(client.get(f"{answer['Location']}rendez-vous.ics").content).walk("VEVENT")[0]
    assert "location" not in event
