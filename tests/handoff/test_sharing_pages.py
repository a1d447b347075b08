"""« Montrer mon dossier ? » as a browser without JavaScript meets it: ask, preview, agree, the code, the log, stop."""

import datetime as dt
import uuid
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from accessform.handoff.models import Handover, HandoverAccess, HandoverCode, Mandate, Place, Scope
from accessform.handoff.sharing.drawing import draw_content
from accessform.handoff.sharing.services import (
    Refusal,
    SharedFile,
    open_by_code,
    open_for_appointment,
    read_file,
    record_mandate,
)
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from accessform.speech.voice import is_voice_available
from tests.handoff.conftest import MONDAY_NINE, NOW, add_agent, make_journey
from tests.handoff.sharing_made import PRIVATE, agree, answer, digits_of, make_filled_journey

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def journey(db):
    return make_filled_journey()


@pytest.fixture
def signed_agent(agent):
    agent.user = get_user_model().objects.create_user("guichet", password=None)
    agent.save()
    return agent


@pytest.fixture
def person(client, clock, journey, signed_agent) -> Client:
    session = client.session
    session["journeys"] = [str(journey.pk)]
    session.set_expiry(dt.timedelta(days=30))
    session.save()
    return client


def page_of(response, status=HTTPStatus.OK) -> lxml.html.HtmlElement:
    assert response.status_code == status, response
    return lxml.html.fromstring(response.content.decode())


def text_of(response) -> str:
    return " ".join(page_of(response, response.status_code).text_content().replace("\u00a0", " ").split())


def sharing(journey, page: str = "") -> str:
    return f"/d/{journey.pk}/partage/{page}"


def form_of(response) -> dict[str, str]:
    """Return what the page's agreement form posts as it stands."""
    page = page_of(response, response.status_code)
    return {name: page.xpath(f"//input[@name='{name}']/@value")[0] for name in ("key", "texte")}


def agree_on_page(person: Client, address: str, **posted: str):
    return person.post(address, {**form_of(person.get(address)), "ecrire": "non", **posted})


def section(drawn: str) -> str:
    return drawn[drawn.index('<div class="shared"') :].strip()


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
