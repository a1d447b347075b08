"""Answers as people read them."""

import pytest

from accessform.journeys.document import printed
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import Question

N = "\u00a0"

CHOICES = [
    {
        "key": "a",
        "label": {
            "standard": "Avec officiel",
            "easy": {"text": "Avec", "status": "approved"},
        },
    },
    {"key": "b", "label": "Sans"},
]


def _question(kind):
    extra = {}
    if kind.endswith("_choice"):
        extra["choices"] = CHOICES
    if kind == "group":
        extra["questions"] = [{"id": "nom", "type": "text", "label": "Nom"}]
    if kind == "nir":
        extra["why"] = "Pour vous retrouver"
    return Question.model_validate({"id": "q", "type": kind, "label": "Question", **extra})


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("text", "Bonjour", "Bonjour"),
        ("integer", 0, "0"),
        ("integer", 1948, "1948"),
        ("integer", 12500, f"12{N}500"),
        ("decimal", "-12.50", "-12,50"),
        ("money", "1234.50", f"1{N}234,50{N}€"),
        ("money", "1234567", f"1{N}234{N}567,00{N}€"),
        ("money", "0", f"0,00{N}€"),
        ("money", "0.001", f"0,001{N}€"),
        ("date", "1948-03-03", "3 mars 1948"),
        ("date", "2026-08-01", "1er août 2026"),
        ("datetime", "2026-11-21T14:05", f"21 novembre 2026 à 14{N}h{N}05"),
        ("yes_no", True, "Oui"),
        ("yes_no", False, "Non"),
        ("checkbox", True, "Oui"),
        ("single_choice", "a", "Avec officiel"),
        ("single_choice", "ancien", "ancien"),
        ("multiple_choice", ["a", "b"], f"Avec officiel{N}; Sans"),
        ("civility", "mme", "Madame"),
        ("phone", "+33612345678", f"06{N}12{N}34{N}56{N}78"),
        ("phone", "+3222345678", f"+32{N}2{N}234{N}56{N}78"),
        (
            "address",
            {
                "street": "12 rue X",
                "complement": "",
                "postal_code": "69003",
                "city": "Lyon",
            },
            "12 rue X, 69003 Lyon",
        ),
        ("commune", {"code": "69123", "name": "Lyon"}, "Lyon"),
        (
            "iban",
            "FR1420041010050500013M02606",
            f"FR14{N}2004{N}1010{N}0505{N}0001{N}3M02{N}606",
        ),
        ("siret", "73282932000074", f"732{N}829{N}320{N}00074"),
        ("nir", "248037511600123", f"2{N}48{N}03{N}75{N}116{N}001{N}23"),
        ("file", {"how": "later", "files": []}, "Document à envoyer plus tard"),
        (
            "file",
            {"how": "bring", "files": []},
            "Document à apporter ou à envoyer par courrier",
        ),
        ("file", {"how": "now", "files": ["x"]}, "1 fichier joint"),
        ("group", [{"nom": "A"}, {"nom": "B"}], "2"),
    ],
)
def test_an_answer_is_written_as_people_read_it(kind, value, expected):
    assert printed(_question(kind), value) == expected


@pytest.mark.parametrize("value", [None, "", [], {"street": "", "city": ""}])
def test_no_answer_is_written_as_nothing(value):
    assert printed(_question("address"), value) == ""


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "hier"),
        ("money", "beaucoup"),
        ("integer", "NaN"),
        ("address", "12 rue X"),
    ],
)
def test_a_value_that_does_not_fit_its_type_is_never_lost(kind, value):
    assert printed(_question(kind), value) == value


def test_labels_of_choices_follow_the_level_where_asked():
    assert printed(_question("single_choice"), "a", ReadingLevel.EASY) == "Avec"
