"""Words explained in a step: a quiet line under the question, opened and closed by the step's own buttons."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accessform.adaptation.services import load_state
from accessform.journeys.fields.explained import Explainer
from accessform.journeys.models import Journey
from accessform.journeys.sheet import build_sheet, words_on_sheet
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import FormDefinition
from tests.journeys.filling import Citizen
from tests.journeys.small_journeys import SMALL_FORM, make_version
from tests.journeys.test_adapting_steps import counted
from tests.speech.test_listening_to_pages import Recorder

pytestmark = pytest.mark.django_db


def approved(text: str) -> dict[str, str]:
    return {"text": text, "origin": "author", "status": "approved"}


QUOTIENT = "quotient-familial"
QUESTIONS = [
    {"id": "mot", "type": "section", "label": "Votre <b>bail</b>", "help": "Et votre IBAN."},
    {
        "id": "quotient",
        "type": "text",
        "label": {
            "standard": "Quotient familial et foyer fiscal",
            "plain": approved("Votre quotient familial"),
            "easy": approved("Votre quotient familial"),
        },
        "hint": "Il est sur l'avis d'imposition.",
        "help": "Demandez au CCAS.",
        "why": "Pour le plafond de ressources.",
        "required": False,
    },
    {
        "id": "aide",
        "type": "single_choice",
        "label": "Aide reçue, quotient familial compris",
        "choices": [{"key": "rsa", "label": "RSA"}, {"key": "autre", "label": "Carte de pêche", "help": "Avec l'APL"}],
        "required": False,
    },
    {
        "id": "enfants",
        "type": "group",
        "label": "Enfants à charge",
        "item": "Enfant",
        "required": False,
        "constraints": {"min_items": 2, "max_items": 3},
        "questions": [{"id": "etat", "type": "text", "label": "État civil de l'enfant", "required": False}],
    },
]
FORM: dict[str, Any] = {
    "steps": [{"id": "vous", "title": "Vous", "intro": "La Caf lit votre demande.", "questions": QUESTIONS}],
    "terms": {
        "carte de pêche": {
            "standard": "Titre.",
            "plain": approved("Une carte de pêcheur."),
            "easy": approved("Un papier."),
        }
    },
}


@pytest.fixture
def reader(client: Client) -> Citizen:
    """Somebody on the step whose words are explained."""
    make_version(**FORM)
    return Citizen(client).start("petite-demarche").press(filled_for_who="self")


def lines(citizen: Citizen) -> dict[str, list[str]]:
    """Return the words of each line, by the id of the place."""
    found: dict[str, list[str]] = {}
    for button in citizen.page.xpath("//*[@class='words']//button"):
        found.setdefault(button.get("id").rpartition("-word-")[0], []).append(button.xpath("text()")[0])
    return found


def test_each_word_is_explained_once_where_it_first_stands(reader: Citizen) -> None:
    assert lines(reader) == {
        "mots": ["Caf"],
        "mot": ["bail", "IBAN"],
        "quotient": ["quotient familial", "avis d'imposition", "plafond de ressources"],
        "aide": ["RSA", "carte de pêche", "APL"],
        "enfants": ["enfant à charge"],
        "enfants-0-etat": ["état civil"],
    }


def test_a_closed_help_and_the_official_text_bring_their_words_once_open(reader: Citizen) -> None:
    reader.press("help:quotient")
    assert "CCAS" in lines(reader)["quotient"]
    reader.press("official:quotient")
    assert "foyer fiscal" in lines(reader)["quotient"]


def test_a_word_opens_in_place_and_nothing_typed_is_lost(reader: Citizen) -> None:
    closed = reader.page.get_element_by_id("quotient-word-1")
    assert (closed.get("aria-expanded"), closed.get("aria-controls")) == ("false", None)
    reader.press(f"word:quotient:{QUOTIENT}", quotient="1 2")
    assert reader.address.endswith(f"?mot={QUOTIENT}#question-quotient")
    opened = reader.page.get_element_by_id("quotient-word-1")
    assert (opened.get("aria-expanded"), opened.get("aria-controls")) == ("true", "quotient-word")
    said = reader.page.get_element_by_id("quotient-word").text_content()
    assert said.startswith("quotient familial")
    assert "Il sert à fixer une aide" in said
    assert reader.fields()["quotient"] == ["1 2"]
    reader.press(opened.get("value"))
    assert reader.address.endswith("#question-quotient")
    assert not reader.page.xpath("//*[@id='quotient-word']")
    assert reader.fields()["quotient"] == ["1 2"]


def test_opening_counts_as_help_opened_once_and_closing_for_nothing(reader: Citizen) -> None:
    def counts() -> dict[str, Any]:
        return load_state(Journey.objects.get().pk).policy_state.observations.counts.get("A3", {})

    assert counts() == {}
    reader.press(f"word:quotient:{QUOTIENT}")
    assert counts()["vous"].count == 1
    reader.press("word:quotient:")
    assert counts()["vous"].count == 1
    reader.press("word::caf")
    assert reader.address.endswith("?mot=caf#mots")
    assert "Cette caisse verse" in reader.page.get_element_by_id("mots-word").text_content()
    assert counts()["vous"].count == 2


def test_the_explanation_is_at_the_person_s_level(reader: Citizen) -> None:
    word = "word:aide:carte de pêche"
    reader.press(word)
    assert "Une carte de pêcheur." in reader.text
    reader.press("simpler")
    reader.press(word)
    assert "Un papier." in reader.text


def test_a_word_in_a_group_opens_there(reader: Citizen) -> None:
    reader.press("word:etat:etat-civil")
    assert reader.address.endswith("#question-enfants")
    assert reader.page.get_element_by_id("enfants-0-etat-word") is not None


@pytest.mark.parametrize("action", ["word:quotient:inconnu", "word:nulle-part:caf", "word:quotient:<b>"])
def test_a_forged_word_is_not_found(reader: Citizen, action: str) -> None:
    reader.press(action)
    assert reader.response.status_code == 404


def test_an_address_with_a_word_that_is_not_on_the_page_opens_nothing(reader: Citizen) -> None:
    reader.get(f"{reader.path}?mot=%3Cscript%3E")
    assert reader.response.status_code == 200
    assert not reader.page.xpath("//*[@class='words']//*[@aria-expanded='true']")


def test_texts_of_the_form_are_escaped(reader: Citizen) -> None:
    assert not reader.page.xpath("//h2/b")


@pytest.mark.parametrize("action", ["word:quotient:caf", "word:quotient:"])
def test_a_word_costs_six_queries_at_most_and_showing_it_none(reader: Citizen, action: str) -> None:
    values = {**reader.fields(), "action": action}
    with CaptureQueriesContext(connection) as saving:
        response = reader.client.post(reader.path, values)
    assert len(counted(saving)) <= 6
    with CaptureQueriesContext(connection) as closed:
        reader.client.get(reader.path)
    with CaptureQueriesContext(connection) as shown:
        reader.client.get(response.headers["Location"].partition("#")[0])
    assert len(counted(shown)) == len(counted(closed))


def test_an_open_explanation_is_heard_with_its_question(reader: Citizen, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = Recorder()
    monkeypatch.setattr("accessform.speech.services.local_voice", lambda: voice)
    b"".join(reader.client.get(f"{reader.path}?mot={QUOTIENT}&ecouter=question-quotient"))
    assert "Il sert à fixer une aide" in " ".join(voice.said)


def test_the_sheet_lists_the_words_of_its_questions(reader: Citizen) -> None:
    definition = FormDefinition.model_validate({**SMALL_FORM, **FORM})
    steps = build_sheet(definition, {}, ReadingLevel.EASY)
    words = dict(words_on_sheet(definition, steps, ReadingLevel.EASY))
    assert list(words) == [
        "quotient familial",
        "RSA\u00a0: revenu de solidarité active",
        "carte de pêche",
        "enfant à charge",
        "état civil",
    ]
    assert words["carte de pêche"] == "Un papier."
    page = reader.get(f"/d/{Journey.objects.get().pk}/imprimer").page
    assert page.get_element_by_id("mots-title") is not None


def test_a_text_is_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    monkeypatch.setattr(
        "accessform.journeys.fields.explained.words_explained", lambda text, own: searched.append(text) or []
    )
    explainer = Explainer()
    for _ in range(3):
        explainer.words_in("Votre bail")
    assert searched == ["Votre bail"]


def test_journeys_of_two_versions_keep_their_own_explanations(client: Client) -> None:
    make_version(**FORM)
    other = {**FORM, "terms": {"carte de pêche": "Autre chose."}, "slug": "autre-demarche"}
    make_version(**other)
    for slug, said in (("petite-demarche", "Une carte de pêcheur."), ("autre-demarche", "Autre chose.")):
        citizen = Citizen(client).start(slug).press(filled_for_who="self")
        assert said in citizen.press("word:aide:carte de pêche").text


def test_the_first_page_explains_its_words_too(client: Client) -> None:
    make_version()
    first = Citizen(client).start("petite-demarche").press(filled_for_who="other")
    assert [word for words in lines(first).values() for word in words] == [
        "procuration",
        "tutelle",
        "curatelle",
        "habilitation familiale",
    ]
