"""Answers read back in words that an ear cannot mistake."""

from typing import Any

import pytest

from accessform.speech.normalising.text import normalise
from accessform.speech.readback import needs_confirmation, spelled, spoken_value
from forms_catalog.definition import QuestionType

CASES: list[tuple[str, Any, str]] = [
    ("date", "1948-03-12", "douze mars mille neuf cent quarante-huit"),
    ("date", "1950-01-01", "premier janvier mille neuf cent cinquante"),
    ("date", "2026-08-21", "vingt et un août deux mille vingt-six"),
    ("datetime", "2026-03-12T14:30", "douze mars deux mille vingt-six, à quatorze heures trente"),
    ("datetime", "2026-03-12T01:00", "douze mars deux mille vingt-six, à une heure"),
    ("datetime", "2026-03-12T21:05", "douze mars deux mille vingt-six, à vingt et une heures zéro cinq"),
    ("money", "1234.50", "mille deux cent trente-quatre euros et cinquante centimes"),
    ("money", "1.00", "un euro"),
    ("money", "0.05", "zéro euro et cinq centimes"),
    ("money", "2000000.00", "deux millions d'euros"),
    ("integer", 71, "soixante et onze"),
    ("integer", 0, "zéro"),
    ("integer", -5, "moins cinq"),
    ("decimal", "12.05", "douze virgule zéro cinq"),
    ("phone", "+33612345678", "zéro six, un deux, trois quatre, cinq six, sept huit"),
    ("phone", "+3225551234", "plus, trois deux, deux cinq, cinq cinq, un deux, trois quatre"),
    ("postal_code", "35000", "trois cinq, zéro zéro zéro"),
    ("siret", "73282932000074", "sept trois deux, huit deux neuf, trois deux zéro, zéro zéro zéro sept quatre"),
    ("nir", "255081416802538", "deux, cinq cinq, zéro huit, un quatre, un six huit, zéro deux cinq, trois huit"),
    ("nir", "178052A00400136", "un, sept huit, zéro cinq, deux a, zéro zéro quatre, zéro zéro un, trois six"),
    ("department", "35", "Ille-et-Vilaine, trois cinq"),
    ("country", "MA", "Maroc"),
    ("commune", "93066", "Saint-Denis, dans le département Seine-Saint-Denis"),
    ("commune", "97411", "Saint-Denis, dans le département La Réunion"),
    ("yes_no", True, "oui"),
    ("checkbox", False, "non"),
    ("civility", "mme", "Madame"),
    ("text", "Dupont", "Dupont"),
    (
        "email",
        "jean.dupont_82@gmail.com",
        "ji, e, a, enne, point, dé, u, pé, o, enne, té, tiret bas, huit, deux, arobase, gmail point com",
    ),
]


@pytest.mark.parametrize(("kind", "value", "words"), CASES)
def test_a_value_in_words(kind: str, value: Any, words: str) -> None:
    assert spoken_value(QuestionType(kind), value) == words


def test_choices_are_read_by_their_labels() -> None:
    labels = {"gas": "Gaz", "wood": "Bois"}
    assert spoken_value(QuestionType.SINGLE_CHOICE, "gas", labels) == "Gaz"
    assert spoken_value(QuestionType.MULTIPLE_CHOICE, ["gas", "wood"], labels) == "Gaz, puis Bois"
    assert spoken_value(QuestionType.MULTIPLE_CHOICE, [], labels) == "aucune réponse"


def test_a_name_is_spelled_with_its_accents_and_signs() -> None:
    assert spelled("Zoé-M") == "zède, o, e accent aigu, tiret, emme"


@pytest.mark.parametrize(("kind", "value", "words"), CASES)
def test_no_figure_is_left_to_the_engine(kind: str, value: Any, words: str) -> None:
    assert not any(character.isdigit() for character in words)
    assert normalise(words)


def test_only_yes_and_no_goes_without_confirmation() -> None:
    answered = [
        kind for kind in QuestionType if kind not in {"file", "identity_document", "group", "section", "explanation"}
    ]
    assert [kind for kind in answered if not needs_confirmation(kind)] == [QuestionType.YES_NO]
