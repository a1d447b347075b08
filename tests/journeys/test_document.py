"""The submission document: official wording, shown questions only."""

import json

import pytest

from accessform.journeys.document import (
    all_entries,
    build_document,
    dropping_hidden,
    service_for,
)
from forms_catalog.definition import FormDefinition

LEVELS_TEXT = {
    "standard": "Texte officiel",
    "plain": {"text": "Texte clair", "status": "approved", "origin": "author"},
    "easy": {"text": "Texte simple", "status": "approved", "origin": "author"},
}


def _definition(**changes):
    """A small form with a condition, a group, a file and a service by territory."""
    source = {
        "accessform": 1,
        "slug": "petit",
        "title": {**LEVELS_TEXT, "standard": "Formulaire officiel"},
        "summary": "Un essai",
        "service": [
            {
                "name": "Nord",
                "phone": "0100",
                "hours": "24/7",
                "address": "1 rue",
                "show_when": {"question": "zone", "is": "nord"},
            },
            {"name": "Sud", "phone": "0200", "hours": "24/7", "address": "2 rue"},
        ],
        "steps": [
            {
                "id": "vous",
                "title": LEVELS_TEXT,
                "questions": [
                    {"id": "mot", "type": "section", "label": "Vous"},
                    {
                        "id": "zone",
                        "type": "single_choice",
                        "label": LEVELS_TEXT,
                        "choices": [
                            {
                                "key": "nord",
                                "label": {**LEVELS_TEXT, "standard": "Secteur nord"},
                            },
                            {"key": "sud", "label": "Secteur sud"},
                        ],
                    },
                    {
                        "id": "rue",
                        "type": "text",
                        "label": "Rue",
                        "show_when": {"question": "zone", "is": "nord"},
                    },
                    {
                        "id": "etage",
                        "type": "integer",
                        "label": "Étage",
                        "show_when": {"question": "rue", "is": "A"},
                    },
                ],
            },
            {
                "id": "foyer",
                "title": "Foyer",
                "show_when": {"question": "zone", "is": "nord"},
                "questions": [
                    {
                        "id": "gens",
                        "type": "group",
                        "label": "Personnes",
                        "item": "Personne",
                        "questions": [
                            {"id": "nom", "type": "text", "label": "Nom"},
                            {
                                "id": "enceinte",
                                "type": "yes_no",
                                "label": "Attend un enfant",
                            },
                            {
                                "id": "terme",
                                "type": "date",
                                "label": "Terme",
                                "show_when": {"question": "enceinte", "is": True},
                            },
                        ],
                    },
                    {"id": "avis", "type": "file", "label": "Avis d'impôt"},
                ],
            },
        ],
        **changes,
    }
    return FormDefinition.model_validate(source)


FULL = {
    "zone": "nord",
    "rue": "A",
    "etage": 2,
    "gens": [
        {"nom": "Léa", "enceinte": True, "terme": "2027-01-01"},
        {"nom": "Paul", "enceinte": False, "terme": "2027-02-02"},
    ],
    "avis": {"how": "now", "files": ["f1", "inconnu"]},
}


def _labels(document):
    return [entry["label"] for entry in all_entries(document)]


def test_it_speaks_the_official_wording_only():
    document = build_document(_definition(), FULL)
    text = json.dumps(document, ensure_ascii=False)
    assert "Texte clair" not in text
    assert "Texte simple" not in text
    assert document["form"]["title"] == "Formulaire officiel"
    assert document["steps"][0]["questions"][0]["printed"] == "Secteur nord"


def test_it_leaves_out_hidden_questions_and_what_they_showed():
    document = build_document(_definition(), {**FULL, "zone": "sud"})
    assert [entry["id"] for entry in all_entries(document)] == ["zone"]
    assert [step["id"] for step in document["steps"]] == ["vous"]


def test_a_hidden_answer_shows_nothing_further_on():
    kept = dropping_hidden(_definition(), {"zone": "sud", "rue": "A", "etage": 2})
    assert kept == {"zone": "sud"}


def test_it_keeps_shown_questions_without_an_answer():
    document = build_document(_definition(), {"zone": "nord"})
    street = document["steps"][0]["questions"][1]
    assert (street["id"], street["value"], street["printed"]) == ("rue", None, "")


def test_numbers_are_those_of_the_screen():
    document = build_document(_definition(), FULL)
    assert {entry["id"]: entry["number"] for entry in all_entries(document)} == {
        "zone": "1.1",
        "rue": "1.2",
        "etage": "1.3",
        "gens": "2.1",
        "nom": "2.1.1",
        "enceinte": "2.1.2",
        "terme": "2.1.3",
        "avis": "2.2",
    }


def test_a_group_lists_its_entries_and_their_own_conditions_count():
    document = build_document(_definition(), FULL)
    group = document["steps"][1]["questions"][0]
    assert [[child["id"] for child in item] for item in group["items"]] == [
        ["nom", "enceinte", "terme"],
        ["nom", "enceinte"],
    ]
    assert group["value"][1] == {"nom": "Paul", "enceinte": False}
    assert group["item"] == "Personne"
    assert group["items"][0][2]["printed"] == "1er janvier 2027"


def test_a_file_entry_lists_the_files_it_knows():
    facts = {"f1": {"name": "avis.pdf", "content_type": "application/pdf", "size": 12}}
    document = build_document(_definition(), FULL, files=facts)
    entry = document["steps"][1]["questions"][1]
    assert entry["files"] == [{"id": "f1", "name": "avis.pdf", "content_type": "application/pdf", "size": 12}]
    assert entry["printed"] == "2 fichiers joints"


def test_it_says_for_whom_it_was_filled():
    document = build_document(_definition(), FULL, filled_for={"who": "other", "name": "Jeanne"})
    assert document["filled_for"] == {"who": "other", "name": "Jeanne"}


@pytest.mark.parametrize(("zone", "name"), [("nord", "Nord"), ("sud", "Sud"), (None, "Sud")])
def test_the_service_is_chosen_by_the_answers(zone, name):
    assert service_for(_definition().service, {"zone": zone}).name == name


def test_it_never_says_how_a_person_answered():
    text = json.dumps(build_document(_definition(), FULL)).lower()
    for word in (
        "level",
        "modality",
        "modalit",
        "difficult",
        "struggle",
        "voice",
        "reading",
    ):
        assert word not in text
