"""« Imprimer ce que j'ai rempli »: answers, room for the rest, phone and QR code, at any time."""

import uuid

import pytest
from django.urls import reverse
from lxml import html

from accessform.journeys.access import SESSION_KEY
from accessform.journeys.models import SecondElement
from accessform.journeys.resume import journey_on_sheet, make_access
from accessform.journeys.sheet import build_sheet
from accessform.journeys.views import print_sheet
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import FormDefinition
from tests.journeys.submissions import ANSWERS, SOURCE, make_journey, make_submission, make_version

DEFINITION = FormDefinition.model_validate(SOURCE)
FLAT = {question: value for step in ANSWERS.values() for question, value in step.items()}


def _get(client, journey):
    session = client.session
    session[SESSION_KEY] = [str(journey.pk)]
    session.save()
    response = client.get(reverse("print_sheet", args=[journey.pk]))
    assert response.status_code == 200
    return response


def _entries(answers, level=ReadingLevel.STANDARD):
    steps = build_sheet(DEFINITION, answers, level)
    return {entry.number: entry for step in steps for entry in step.entries}


def test_an_empty_draft_gives_room_for_every_question_that_is_asked():
    entries = _entries({})
    assert {number: entry.blank for number, entry in entries.items()} == {
        "1.1": "one",
        "1.2": "lines",
        "1.3": "lines",
        "2.1": "",
        "2.2": "file",
        "2.3": "file",
    }
    assert entries["1.1"].boxes == ("Secteur nord", "Secteur sud")
    assert [[child.blank for child in item] for item in entries["2.1"].items] == [["lines", "lines"]]


def test_answers_stand_in_place_of_blanks_under_the_numbers_of_the_screen():
    entries = _entries(FLAT)
    assert (entries["1.2"].printed, entries["1.2"].blank) == ("D’Août", "")
    assert entries["2.2"].printed == "Document à envoyer plus tard"
    assert [item[0].printed for item in entries["2.1"].items] == ["Léa", "Paul"]
    assert entries["2.1"].items[0][1].number == "2.1.2"


def test_hidden_questions_stay_off_the_sheet_and_shown_ones_come():
    assert "1.4" not in _entries({"zone": "sud"})
    assert _entries({"zone": "nord"})["1.4"].label == "Rue"


def test_the_official_wording_stands_beside_the_plain_one_and_never_twice():
    plain = _entries({}, ReadingLevel.PLAIN)["1.1"]
    assert (plain.label, plain.official) == ("Où habitez-vous ?", "Secteur de résidence")
    assert _entries({}, ReadingLevel.STANDARD)["1.1"].official == ""


def test_optional_questions_say_so():
    assert not _entries({})["1.3"].required


@pytest.mark.django_db
def test_a_draft_shows_answers_phone_qr_code_and_says_it_is_not_sent(client):
    journey = make_journey()
    response = _get(client, journey)
    page = response.content.decode()
    assert "D’Août" in page
    assert "3 mars 1948" in page
    assert "04 00 00 00 02" in page
    assert "rien n'est encore envoyé" in page
    assert "no-store" in response.headers["Cache-Control"]
    tree = html.fromstring(page)
    (code,) = tree.xpath('//*[@role="img"][contains(@class, "qr")]')
    assert "/reprendre" in code.get("aria-label")
    assert code.xpath(".//*[local-name()='svg']")


@pytest.mark.django_db
def test_a_person_is_reached_from_this_journey(client):
    journey = make_journey()
    assert f'href="/d/{journey.pk}/personne"' in _get(client, journey).content.decode()


@pytest.mark.django_db
def test_the_sheet_never_holds_the_session(client):
    journey = make_journey()
    page = _get(client, journey).content.decode()
    assert client.session.session_key not in page


@pytest.mark.django_db
def test_the_qr_code_leads_to_this_journey_once_it_has_a_code(client, monkeypatch):
    drawn = []
    monkeypatch.setattr(print_sheet, "_qr_code", lambda address: drawn.append(address) or "")
    journey = make_journey()
    _get(client, journey)
    access = make_access(journey=journey, kind=SecondElement.WORD, second="tournesol")
    _get(client, journey)
    assert drawn[0].endswith("/reprendre")
    token = drawn[1].rpartition("/")[2]
    assert journey_on_sheet(token) == journey.pk
    assert access.code not in drawn[1]


@pytest.mark.django_db
def test_what_was_sent_is_printed_with_its_reference(client):
    submission = make_submission()
    submission.journey.step_answers.all().delete()
    page = _get(client, submission.journey).content.decode()
    assert "AF-TEST-0001" in page
    assert "D’Août" in page
    assert "rien n'est encore envoyé" not in page


@pytest.mark.django_db
def test_another_session_gets_404(client):
    journey = make_journey()
    assert client.get(reverse("print_sheet", args=[journey.pk])).status_code == 404
    assert client.get(reverse("print_sheet", args=[uuid.uuid4()])).status_code == 404


@pytest.mark.django_db
def test_what_people_wrote_is_escaped(client):
    answers = {**ANSWERS, "vous": {**ANSWERS["vous"], "nom": "<b>gras</b>"}}
    page = _get(client, make_journey(make_version(), answers)).content.decode()
    assert "<b>gras" not in page
    assert "&lt;b&gt;gras" in page


@pytest.mark.django_db
def test_ids_of_the_page_are_unique_and_titled_sections_exist(client):
    tree = html.fromstring(_get(client, make_journey()).content.decode())
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for named in tree.xpath("//@aria-labelledby"):
        assert named in ids
