"""The ways of writing, help to choose and the map of steps: each really stands on the page, without JavaScript."""

import datetime as dt
import json
import re

import pytest
from django.test import Client

from accessform.adaptation.models import AdaptiveState
from accessform.adaptation.state import Adaptation
from accessform.journeys.fields.kinds import KINDS
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import Constraints, Question, QuestionType
from tests.journeys.filling import Citizen
from tests.journeys.small_journeys import make_version


def approved(text: str) -> dict[str, str]:
    return {"text": text, "status": "approved", "origin": "author"}


STEPS = [
    {
        "id": "vous",
        "title": "Vous",
        "questions": [
            {"id": "naissance", "type": "date", "label": "Date de naissance"},
            {"id": "telephone", "type": "phone", "label": "Téléphone"},
            {"id": "nom", "type": "text", "label": "Nom"},
            {
                "id": "logement",
                "type": "single_choice",
                "label": "Votre logement",
                "help": {"standard": "Regardez votre bail.", "easy": approved("Regardez votre papier.")},
                "choices": [
                    {
                        "key": "locataire",
                        "label": {"standard": "Titulaire d'un bail", "easy": approved("Je loue mon logement")},
                        "help": {"standard": "Vous versez un loyer.", "easy": approved("Vous payez un loyer.")},
                    },
                    {"key": "autre", "label": "Autre"},
                ],
            },
            {"id": "accord", "type": "yes_no", "label": "Votre accord", "required": False},
        ],
    },
    {"id": "suite", "title": "La suite", "questions": [{"id": "motif", "type": "text", "label": "Motif"}]},
]


@pytest.fixture
def citizen(client: Client, db: None) -> Citizen:
    make_version(steps=STEPS)
    person = Citizen(client).start("petite-demarche")
    return person.press(filled_for_who="self")


def described(person: Citizen, control: str) -> str:
    ids = person.page.get_element_by_id(control).get("aria-describedby", "").split()
    return " ".join(person.page.get_element_by_id(one).text_content() for one in ids)


def described_group(person: Citizen, place: str) -> str:
    return person.page.get_element_by_id(place).text_content()


def test_the_ways_of_writing_stand_under_each_answer_that_has_some(citizen):
    assert citizen.page.get_element_by_id("telephone").get("inputmode") == "tel"
    citizen.press("hard").press("accept:tolerant_input")
    assert "04051978" in described(citizen, "naissance")
    assert "0639981234" in described(citizen, "telephone")
    assert citizen.page.get_element_by_id("telephone").get("inputmode") == "text"
    assert "Vous pouvez écrire" not in described(citizen, "nom")
    citizen.press("undo:tolerant_input")
    assert "04051978" not in citizen.text


@pytest.mark.parametrize("kind", [kind for kind in QuestionType if f"answers.accepted_{kind}" in interface.texts()])
@pytest.mark.parametrize("level", [*ReadingLevel])
def test_every_way_of_writing_that_is_shown_is_read(kind, level):
    said = interface.text(f"answers.accepted_{kind}", level).replace("\u00a0:", ":")
    shown = [one.strip(" .") for part in re.findall(r":([^:]+)", said) for one in re.split(r"\.\s|, | ou | et ", part)]
    shown = [one for one in shown if re.search(r"\d", one)]
    question = Question.model_construct(type=kind, constraints=Constraints())
    assert shown
    for one in shown:
        typed = re.sub(r" disent.*", "", one)
        assert KINDS[kind].read(question, {"": [typed]}, dt.date(2026, 11, 22)), typed


def test_help_to_choose_says_each_answer_in_easy_words_and_opens_the_help(citizen):
    assert "Je loue mon logement" not in citizen.text
    citizen.press("hard").press("accept:choice_help")
    for text in ("Je loue mon logement", "Vous payez un loyer.", "Titulaire d'un bail", "choisissez", "Regardez"):
        assert text.lower() in citizen.text.lower()
    assert "choisissez" in described_group(citizen, "question-logement").lower()
    assert "choisissez" not in described_group(citizen, "question-accord").lower()
    citizen.press("undo:choice_help")
    assert "Je loue mon logement" not in citizen.text


def test_the_map_says_what_is_done_where_one_is_and_what_is_left(citizen):
    citizen.press("hard").press("accept:step_map")

    def steps() -> list[str]:
        return [" ".join(item.text_content().split()) for item in citizen.page.xpath("//nav[@id='step-map']//li")]

    assert steps() == ["Vous (vous êtes ici)", "La suite (à faire)"]
    citizen.press(naissance="4 mai 1978", telephone="0639981234", nom="Lovelace", logement="autre")
    assert steps() == ["Vous (fait)", "La suite (vous êtes ici)"]
    assert len(citizen.page.xpath("//li[@aria-current='step']")) == 1


@pytest.mark.parametrize("name", [one.value for one in Adaptation if one is not Adaptation.ERROR_HELP])
def test_every_help_of_the_policy_changes_the_page_and_can_be_undone(citizen, name):
    if name == "plain_wording":
        citizen.client.post("/affichage", {"action": "save", "reading_level": "standard", "help_offers": "on"})
        citizen.get(citizen.path)

    def shown() -> str:
        html = citizen.response.content.decode()
        return re.sub(
            r'<div class="help-place".*?(?=<nav|<form id="step-form")|name="(key|revision|csrf\w*)" value="[^"]*"',
            "",
            html,
            flags=re.DOTALL,
        )

    citizen.press("hard").press("refuse:asked")
    before = shown()
    citizen.press("hard").press(f"accept:{name}")
    citizen.get(citizen.path)
    assert re.sub(r"\s+", " ", shown()) != re.sub(r"\s+", " ", before)
    assert f"undo:{name}" in citizen.response.content.decode()


SECRETS = ["zorglub", "31/02/1887", "0612zz3456"]


@pytest.mark.parametrize("verb", ["next", "hard", "help:logement", "previous", "accept:step_map", "larger"])
def test_nothing_typed_reaches_what_is_noticed(citizen, verb):
    for _ in range(3):
        citizen.press(nom=SECRETS[0], naissance=SECRETS[1], telephone=SECRETS[2])
        citizen.press(verb, nom=SECRETS[0], naissance=SECRETS[1], telephone=SECRETS[2], logement=SECRETS[0])
        citizen.get(citizen.path)
    kept = json.dumps([[row.state, row.as_record()] for row in AdaptiveState.objects.all()])
    assert '"A1"' in kept
    assert [secret for secret in SECRETS if secret in kept] == []
