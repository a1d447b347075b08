"""« Montrer mon dossier ? » as a browser without JavaScript meets it: ask, preview, agree."""

import datetime as dt
import uuid
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from accessform.handoff.models import Handover
from accessform.handoff.sharing.drawing import draw_content
from accessform.handoff.sharing.services import (
    SharedFile,
    open_for_appointment,
    read_file,
)
from tests.handoff.conftest import MONDAY_NINE, NOW, add_agent
from tests.handoff.sharing.pages import agree_on_page, form_of, page_of, section, sharing, text_of
from tests.handoff.sharing_made import PRIVATE, agree, make_filled_journey

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


# Asking


def test_the_default_is_to_show_nothing_and_it_shows_nothing(person, journey, appointment):
    page = page_of(person.get(sharing(journey)))
    assert page.xpath("//input[@name='choix']/@value") == ["rien", "tout", "choisir", "code"]
    assert page.xpath("//input[@name='choix'][@checked]/@value") == ["rien"]
    for choice in ({"choix": "rien"}, {}, {"choix": "n'importe quoi"}):
        answered = person.post(sharing(journey), choice)
        assert answered.status_code == HTTPStatus.SEE_OTHER
    assert "Rien n'est montré." in text_of(person.get(answered["Location"]))
    assert not Handover.objects.exists()


def test_booking_asks_for_no_consent(person, journey, place, motif, appointment):
    page = text_of(person.get(reverse("appointment", args=[appointment.pk])))
    assert "Montrer mon dossier ?" in page
    assert not Handover.objects.exists()


def test_both_doors_lead_there(person, journey, appointment):
    booked = person.get(reverse("appointment", args=[appointment.pk])).content.decode()
    assert f'href="{sharing(journey)}?rendez-vous={appointment.pk}"' in booked
    assert f'href="{sharing(journey)}"' in person.get(f"/d/{journey.pk}/personne").content.decode()


def test_who_found_the_appointment_by_its_code_alone_shows_nothing_of_the_journey(client, appointment, journey):
    session = client.session
    session["appointments"] = [str(appointment.pk)]
    session.save()
    assert sharing(journey) not in client.get(reverse("appointment", args=[appointment.pk])).content.decode()


@pytest.mark.parametrize("page", ["", "preparer", "choisir", "apercu", "code", "qui", "qui/1"])
def test_another_session_s_journey_is_not_found(client, journey, page):
    assert client.get(sharing(journey, page)).status_code == HTTPStatus.NOT_FOUND


def test_another_session_stops_nothing(client, person, journey, place):
    handover = agree(journey, place, NOW)
    assert Client().post(sharing(journey, "arreter"), {"dossier": handover.pk}).status_code == HTTPStatus.NOT_FOUND
    other = agree(make_filled_journey("autre"), place, NOW)
    for wrong in (str(other.pk), "x", "", str(uuid.uuid4())):
        assert person.post(sharing(journey, "arreter"), {"dossier": wrong}).status_code == HTTPStatus.NOT_FOUND
    assert not Handover.objects.exclude(revoked_at=None).exists()


def test_where_nobody_signs_in_it_says_so_and_offers_paper(client, clock, journey, appointment):
    session = client.session
    session["journeys"] = [str(journey.pk)]
    session.save()
    page = person_page = client.get(sharing(journey))
    assert not page_of(page).xpath("//input[@name='choix']")
    assert f"/d/{journey.pk}/imprimer" in person_page.content.decode()


def test_a_desk_without_an_account_leaves_the_code_for_its_colleague(person, journey, appointment, agent, place, motif):
    colleague = add_agent(place, motif, "Guichet 2")
    colleague.user, agent.user = agent.user, None
    agent.save()
    colleague.save()
    assert page_of(person.get(sharing(journey))).xpath("//input[@name='choix']/@value") == ["rien", "code"]


def test_pages_are_kept_by_no_cache(person, journey, appointment, place):
    agree(journey, place, NOW)
    for page in ("", "preparer", "choisir", "apercu?quoi=tout", "code", "qui"):
        assert "no-store" in person.get(sharing(journey, page))["Cache-Control"]


# The whole way, at an appointment


def test_the_agent_sees_exactly_what_the_preview_showed(person, journey, appointment, agent):
    led = person.post(sharing(journey), {"choix": "tout"})["Location"]
    previewed = person.get(led)
    shown = section(previewed.content.decode())
    agreed = agree_on_page(person, led)
    assert agreed["Location"] == f"{sharing(journey)}?rendez-vous={appointment.pk}"
    opened = open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE)
    read = read_file(handover=opened.handover, agent=agent, now=MONDAY_NINE)
    assert isinstance(read, SharedFile)
    assert shown.startswith(str(draw_content(read.content)).strip())
    assert not any(private in previewed.content.decode() for private in PRIVATE)
    assert "Lovelace" in shown
    assert "14 juillet 1950" in shown
    assert not read.may_write


def test_what_is_kept_is_word_for_word_what_the_page_said(person, journey, appointment):
    address = sharing(journey, f"apercu?rendez-vous={appointment.pk}&quoi=tout")
    said = text_of(person.get(address))
    agree_on_page(person, address, ecrire="oui")
    handover = Handover.objects.get()
    assert handover.may_write
    for sentence in handover.text.replace("\u00a0", " ").split(". "):
        assert sentence.rstrip(".") in said
    assert "lundi 23 novembre à 9 h" in handover.text.replace("\u00a0", " ")


def test_only_the_boxes_ticked_are_shown(person, journey, appointment, agent):
    led = person.post(sharing(journey), {"choix": "choisir"})["Location"]
    boxes = page_of(person.get(led)).xpath("//input[@name='q']/@value")
    assert boxes == ["filled_for_who", "nom", "naissance", "numero", "aide_maladie", "medecin", "soin", "prenom",
                     "sante", "loyer", "iban"]  # fmt: skip
    assert "réponse sensible" in text_of(person.get(led))
    refused = person.post(led, {})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert page_of(refused, 422).xpath("//*[@id='erreurs']//a/@href") == ["#q-filled_for_who"]
    previewed = person.post(led, {"q": ["nom", "sante", "inconnu"]})["Location"]
    assert parse_qs(urlsplit(previewed).query)["q"] == ["nom", "sante"]
    agree_on_page(person, previewed)
    opened = open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE)
    drawn = str(draw_content(read_file(handover=opened.handover, agent=agent, now=MONDAY_NINE).content))
    assert "Lovelace" in drawn
    assert "Diabète" in drawn
    assert "Ada" not in drawn
    assert "612" not in drawn
    assert "Hippocrate" not in drawn


def test_words_that_changed_meanwhile_are_read_again_before_they_count(person, journey, appointment):
    address = sharing(journey, "apercu?quoi=tout")
    posted = form_of(person.get(address))
    person.post("/affichage", {"action": "simpler", "next": address})
    again = person.post(address, {**posted, "ecrire": "oui"})
    assert again.status_code == HTTPStatus.CONFLICT
    assert not Handover.objects.exists()
    page = page_of(again, 409)
    assert page.xpath("//input[@name='ecrire'][@checked]/@value") == ["oui"]
    assert person.post(address, {**form_of(again), "ecrire": "oui"}).status_code == HTTPStatus.SEE_OTHER
    assert Handover.objects.get().may_write


def test_agreeing_twice_agrees_once(person, journey, appointment):
    address = sharing(journey, "apercu?quoi=tout")
    posted = {**form_of(person.get(address)), "ecrire": "non"}
    for _ in range(2):
        assert person.post(address, posted).status_code == HTTPStatus.SEE_OTHER
    assert Handover.objects.count() == 1


def test_a_visit_that_is_over_meanwhile_is_told_by_the_page(person, journey, appointment, clock):
    address = sharing(journey, f"apercu?rendez-vous={appointment.pk}&quoi=tout")
    posted = form_of(person.get(address))
    clock.move_to(MONDAY_NINE + dt.timedelta(hours=5))
    answered = person.post(address, posted)
    assert answered.status_code in {HTTPStatus.SEE_OTHER, HTTPStatus.CONFLICT}
    assert not Handover.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "quoi=tout&par=code",
        "quoi=tout&par=code&lieu=99999999999999999999",
        "quoi=choisir",
        "quoi=x&rendez-vous=x",
        "quoi=%00&lieu=%00&par=code&q=%00",
    ],
)
def test_an_address_that_says_too_little_asks_again(person, journey, query):
    answered = person.get(sharing(journey, f"apercu?{query}"))
    assert (answered.status_code, answered["Location"]) == (303, sharing(journey))


def test_nothing_stops_all_that_this_visit_shows(person, journey, place, appointment):
    agree(journey, place, NOW, appointment=appointment)
    agree(journey, place, NOW)
    stopped = person.post(sharing(journey), {"choix": "rien"})
    assert not Handover.objects.filter(revoked_at=None).exists()
    assert "Rien n'est montré." in text_of(person.get(stopped["Location"]))


def test_asking_to_show_from_a_page_of_a_past_visit_stops_nothing(person, journey, place, appointment, clock):
    clock.move_to(MONDAY_NINE + dt.timedelta(hours=4))
    kept = agree(journey, place, MONDAY_NINE + dt.timedelta(hours=4))
    led = person.post(f"{sharing(journey)}?rendez-vous={appointment.pk}", {"choix": "tout"})
    assert led["Location"].startswith(sharing(journey, "preparer"))
    kept.refresh_from_db()
    assert kept.revoked_at is None
