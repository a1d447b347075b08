"""After agreeing, as a browser without JavaScript meets it: the code, the log, stopping; every level, and aloud."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from accessform.handoff.models import Handover, HandoverAccess, HandoverCode, Mandate, Place, Scope
from accessform.handoff.sharing.services import (
    Refusal,
    open_by_code,
    open_for_appointment,
    read_file,
    record_mandate,
)
from accessform.handoff.sharing.wishes import can_be_opened, find_place
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from accessform.speech.voice import is_voice_available
from tests.handoff.conftest import MONDAY_NINE, NOW, add_agent, make_journey
from tests.handoff.sharing.pages import agree_on_page, page_of, sharing, text_of
from tests.handoff.sharing_made import agree, answer, digits_of, make_filled_journey

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


# By code


def test_a_code_is_made_for_a_place_and_said_in_two_groups(person, journey, place, agent, clock):
    asked = page_of(person.get(sharing(journey)))
    assert asked.xpath("//input[@name='choix']/@value") == ["rien", "code"]
    led = person.post(sharing(journey), {"choix": "code"})["Location"]
    assert page_of(person.get(led)).xpath("//input[@name='lieu']/@value") == [str(place.pk)]
    missing = person.post(led, {"quoi": "tout"})
    assert missing.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert page_of(missing, 422).xpath("//*[@id='erreurs']//a/@href") == [f"#lieu-{place.pk}"]
    previewed = person.post(led, {"quoi": "tout", "lieu": str(place.pk)})["Location"]
    agreed = agree_on_page(person, previewed)
    assert agreed["Location"] == sharing(journey, "code")
    page = page_of(person.get(agreed["Location"]))
    code = page.xpath("//*[@id='code']")[0].text_content()
    assert [len(group) for group in code.split()] == [3, 3]
    assert page.xpath("//*[@id='code-aloud']")[0].text_content() == f"{', '.join(code.replace(' ', ''))}."
    assert "jusqu'à 12 h 15" in page.text_content().replace("\u00a0", " ")
    assert isinstance(open_by_code(agent=agent, code=code, now=NOW), object)
    opened = text_of(person.get(agreed["Location"]))
    assert "Guichet 1, Maison d'essai" in opened
    assert code not in opened


def test_more_time_is_one_tap_away_and_a_dead_code_says_so(person, journey, place, clock):
    handover = agree(journey, place, NOW)
    first = digits_of(handover, NOW)
    clock.move_to(NOW + 10 * MINUTE)
    assert person.post(sharing(journey, "code")).status_code == HTTPStatus.SEE_OTHER
    page = text_of(person.get(sharing(journey, "code")))
    assert "jusqu'à 12 h 25" in page
    assert HandoverCode.objects.filter(ended_at=None).count() == 1
    assert f"{first[:3]} {first[3:]}" not in page or digits_of(handover, NOW + 10 * MINUTE) == first
    clock.move_to(NOW + 26 * MINUTE)
    assert "Ce code ne marche plus" in text_of(person.get(sharing(journey, "code")))
    assert person.post(sharing(journey, "code")).status_code == HTTPStatus.SEE_OTHER
    assert "Ce code ne marche plus" in text_of(person.get(sharing(journey, "code")))


def test_there_is_no_code_page_without_a_code(person, journey):
    assert person.get(sharing(journey, "code"))["Location"] == sharing(journey)


def test_a_code_may_be_asked_from_an_appointment_for_its_place(person, journey, appointment, place):
    led = person.post(f"{sharing(journey)}?rendez-vous={appointment.pk}", {"choix": "code"})["Location"]
    assert not page_of(person.get(led)).xpath("//input[@name='lieu']")
    agree_on_page(person, person.post(led, {"quoi": "tout"})["Location"])
    handover = Handover.objects.get()
    assert (handover.by_code, handover.place, handover.appointment) == (True, place, None)


def test_many_places_are_found_by_commune(person, journey, motif):
    user = get_user_model().objects.get(username="guichet")
    for number in range(10):
        facts = {"address": "1 rue", "postal_code": "29000", "city": "Quimper", "department": "29"}
        where = {"latitude": 48.0 + number / 100, "longitude": -4.1}
        other = Place.objects.create(source="test", source_id=f"q{number}", name=f"Lieu {number}", **facts, **where)
        desk = add_agent(other, motif)
        desk.user = user
        desk.save()
    page = page_of(person.get(sharing(journey, "preparer?par=code")))
    assert len(page.xpath("//input[@name='lieu']")) == 8
    near = text_of(person.get(sharing(journey, "preparer?par=code&ou=29000")))
    assert "Lieu 0" in near
    unknown = page_of(person.get(sharing(journey, "preparer?par=code&ou=Xyzville")))
    assert unknown.xpath("//*[@id='ou'][@aria-invalid='true']")


def test_a_place_whose_only_account_was_closed_is_not_proposed(person, journey, appointment, place):
    user = get_user_model().objects.get(username="guichet")
    assert can_be_opened(appointment)
    assert find_place(str(place.pk)) == place
    user.is_active = False
    user.save()
    appointment.refresh_from_db()
    assert not can_be_opened(appointment)
    assert find_place(str(place.pk)) is None


# Following


def test_the_person_reads_who_opened_what_and_who_was_refused(person, journey, appointment, agent, place, motif):
    handover = agree(journey, place, NOW, appointment=appointment)
    assert "Personne ne l'a ouvert." in text_of(person.get(sharing(journey, "qui")))
    open_for_appointment(agent=add_agent(place, motif, "Guichet 7"), appointment=appointment, now=MONDAY_NINE)
    open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE + MINUTE)
    for minute in range(2, 6):
        read_file(handover=handover, agent=agent, now=MONDAY_NINE + minute * MINUTE)
    page = person.get(sharing(journey, "qui"))
    said = text_of(page)
    assert "Refusé : Guichet 7, Maison d'essai" in said
    assert "Lundi 23 novembre à 9 h 01 : Guichet 1, Maison d'essai, a ouvert votre dossier." in said
    assert "Réponses montrées : 6. Non montrées : 5. La même chose 3 fois encore" in said
    assert handover.text_sha256 in said
    assert agent.user.username not in said
    seen = page_of(page).xpath("//a[contains(@href, '/partage/qui/')]/@href")
    assert len(seen) == 1
    copy = person.get(seen[0]).content.decode()
    assert "Lovelace" in copy
    answer(journey, "vous", nom="Byron")
    assert "Lovelace" in person.get(seen[0]).content.decode()


def test_stopping_is_one_tap_and_destroys_the_copies(person, journey, appointment, agent, place):
    handover = agree(journey, place, NOW, appointment=appointment)
    open_for_appointment(agent=agent, appointment=appointment, now=MONDAY_NINE)
    read_file(handover=handover, agent=agent, now=MONDAY_NINE)
    page = page_of(person.get(sharing(journey)))
    assert "On ne peut pas revenir en arrière" in page.text_content()
    posted = dict(page.xpath("//form[contains(@action, 'arreter')]")[0].fields)
    line = HandoverAccess.objects.get(kind="read")
    for _ in range(2):
        answered = person.post(sharing(journey, "arreter"), posted)
    assert "Rien n'est montré." in text_of(person.get(answered["Location"]))
    assert Handover.objects.get().wrapped_key is None
    assert isinstance(read_file(handover=handover, agent=agent, now=MONDAY_NINE), Refusal)
    assert "Nous avons détruit" in text_of(person.get(sharing(journey, f"qui/{line.pk}"))) or "détruite" in text_of(
        person.get(sharing(journey, f"qui/{line.pk}"))
    )
    assert "Arrêté par vous" in text_of(person.get(sharing(journey, "qui")))


def test_showing_nothing_after_all_stops_what_was_shown(person, journey, appointment, place):
    agree(journey, place, NOW, appointment=appointment)
    page = page_of(person.get(f"{sharing(journey)}?changer=1"))
    assert page.xpath("//input[@name='choix'][@checked]/@value") == ["rien"]
    person.post(f"{sharing(journey)}?changer=1", {"choix": "rien"})
    assert Handover.objects.get().wrapped_key is None


def test_a_mandate_is_read_and_taken_back(person, journey, place, agent, clock):
    handover = agree(journey, place, NOW, may_write=True)
    open_by_code(agent=agent, code=digits_of(handover, NOW), now=NOW)
    record_mandate(handover=handover, agent=agent, given_by="Ada Lovelace", now=NOW)
    assert "Ada Lovelace a donné cet accord à Guichet 1" in text_of(person.get(sharing(journey, "qui")))
    mandate = Mandate.objects.get()
    assert Client().post(sharing(journey, "accord/retirer"), {"accord": mandate.pk}).status_code == 404
    assert person.post(sharing(journey, "accord/retirer"), {"accord": mandate.pk}).status_code == 303
    assert Mandate.objects.get().revoked_at == NOW
    assert "Accord retiré" in text_of(person.get(sharing(journey, "qui")))


def test_another_journey_s_copy_is_not_found(person, journey, place, agent, clock):
    other = agree(make_filled_journey("autre"), place, NOW)
    open_by_code(agent=agent, code=digits_of(other, NOW), now=NOW)
    read_file(handover=other, agent=agent, now=NOW)
    line = HandoverAccess.objects.get(kind="read")
    assert person.get(sharing(journey, f"qui/{line.pk}")).status_code == HTTPStatus.NOT_FOUND


# At every level, and aloud


@pytest.mark.parametrize("level", list(ReadingLevel))
def test_every_page_speaks_at_the_person_s_level(person, journey, appointment, place, level):
    agree(journey, place, NOW)
    person.post("/affichage", {"reading_level": level.value, "action": "save", "next": "/"})
    for page, name in {"": "title", "choisir": "choose_title", "apercu?quoi=tout": "preview_title", "qui": "log_title",
                       "code": "code_title", "preparer?par=code": "prepare_title"}.items():  # fmt: skip
        said = text_of(person.get(sharing(journey, page)))
        assert interface.text(f"sharing.{name}", level).replace("\u00a0", " ") in said


@pytest.mark.slow
@pytest.mark.skipif(not is_voice_available(), reason="no voice engine here")
@pytest.mark.parametrize(
    ("page", "element"),
    [("", "choix"), ("apercu?quoi=tout", "dossier"), ("apercu?quoi=tout", "accord"), ("code", "code-aloud")],
)
def test_the_pages_can_be_heard(person, journey, appointment, place, page, element):
    agree(journey, place, NOW)
    address = sharing(journey, page)
    joined = "&" if "?" in address else "?"
    if not page:
        address, joined = f"{address}?changer=1", "&"
    heard = person.get(f"{address}{joined}ecouter={element}")
    assert heard["Content-Type"] == "audio/mpeg"
    assert len(b"".join(heard.streaming_content)) > 1000


def test_a_journey_without_answers_can_be_shown_too(client, clock, place, motif, signed_agent):
    empty = make_journey()
    session = client.session
    session["journeys"] = [str(empty.pk)]
    session.save()
    address = f"/d/{empty.pk}/partage/apercu?par=code&lieu={place.pk}&quoi=tout"
    assert client.get(address).status_code == HTTPStatus.OK
    assert agree_on_page(client, address).status_code == HTTPStatus.SEE_OTHER
    assert Handover.objects.get().scope == Scope.ALL_BUT_SENSITIVE


def test_a_mandate_says_its_hours_by_the_clocks_of_the_place(person, journey, place, agent):
    Place.objects.filter(pk=place.pk).update(department="974")
    agent.refresh_from_db()
    handover = agree(journey, place, NOW, may_write=True)
    open_by_code(agent=agent, code=digits_of(handover, NOW), now=NOW)
    record_mandate(handover=handover, agent=agent, given_by="Ada Lovelace", now=NOW)
    page = page_of(person.get(sharing(journey, "qui")))
    given = page.xpath("//section[@aria-labelledby='accords']/p")[0].text_content().replace("\u00a0", " ")
    assert "à 15 h" in given
    assert "midi" not in given
