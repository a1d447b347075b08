"""Communes, departments and countries by name; what several places are called is asked."""

from typing import Any

import pytest

from tests.speech.understood import ASK, NO_MATCH, UNKNOWN, said, then

COMMUNES: dict[str, Any] = {
    "Rennes": "35238",
    "rennes": "35238",
    "à Rennes": "35238",
    "j'habite à Rennes": "35238",
    "je suis né à Rennes": "35238",
    "la ville de Rennes": "35238",
    "c'est Rennes en Ille-et-Vilaine": "35238",
    "Rennes 35000": "35238",
    "35000 Rennes": "35238",
    "au Havre": "76351",
    "Le Havre": "76351",
    "aux Ulis": "91692",
    "Vern-sur-Seiche": "35352",
    "vern sur seiche": "35352",
    "Paris": "75056",
    "Paris douzième": "75056",
    "Paris 12": "75056",
    "Lyon troisième arrondissement": "69123",
    "Saint-Denis en Seine-Saint-Denis": "93066",
    "Saint Denis dans le 93": "93066",
    "Saint-Denis quatre-vingt-treize": "93066",
    "Saint-Denis à la Réunion": "97411",
    "Saint-Denis de la Réunion": "97411",
    "St Malo": "35288",
    "à Magné": ASK,
    "Amagne": "08008",
    "Rennes non Brest": "29019",
    "Saint-Denis": ASK,
    "Boulogne": ASK,
    "marseil": ASK,
    "je crois que c'est Rennes": ASK,
    "Rennes ou Brest": ASK,
    "pas Rennes": ASK,
    "Rennes dans le 93": ASK,
    "je ne sais pas": UNKNOWN,
    "je ne sais plus où c'était": UNKNOWN,
    "12": NO_MATCH,
}

DEPARTMENTS = {
    "Ille-et-Vilaine": "35",
    "l'Ille et Vilaine": "35",
    "en Ille-et-Vilaine": "35",
    "trente-cinq": "35",
    "le trente-cinq": "35",
    "35": "35",
    "département 35": "35",
    "neuf trois": "93",
    "le neuf quatre": "94",
    "zéro un": "01",
    "un": "01",
    "deux A": "2A",
    "2A": "2A",
    "deux B": "2B",
    "neuf cent soixante-quatorze": "974",
    "neuf sept quatre": "974",
    "la Réunion": "974",
    "le Nord": "59",
    "Paris": "75",
    "le Val-de-Marne": "94",
    "Deux-Sèvres": "79",
    "Ille-et-Vilaine trente-cinq": "35",
    "trente-cinq non vingt-deux": "22",
    "vingt": ASK,
    "Corse": ASK,
    "Ille-et-Vilaine vingt-deux": ASK,
    "quatre-vingt-dix-neuf": ASK,
    "le 35 ou le 22": ASK,
    "pas le 35": ASK,
    "je crois que c'est le 35": ASK,
    "bonjour": NO_MATCH,
}

COUNTRIES = {
    "la France": "FR",
    "en France": "FR",
    "au Maroc": "MA",
    "je suis né au Maroc": "MA",
    "l'Algérie": "DZ",
    "aux Pays-Bas": "NL",
    "les États-Unis": "US",
    "la Côte d'Ivoire": "CI",
    "Angleterre": "GB",
    "Portugal": "PT",
    "Tunisie non Algérie": "DZ",
    "le Congo": ASK,
    "la Corée": ASK,
    "Maroc ou Algérie": ASK,
    "Algéri": ASK,
    "Guyane": ASK,
    "bonjour": NO_MATCH,
    "je ne sais pas": UNKNOWN,
}


@pytest.mark.parametrize("transcript", COMMUNES)
def test_communes(transcript: str) -> None:
    assert said("commune", transcript) == COMMUNES[transcript]


@pytest.mark.parametrize("transcript", DEPARTMENTS)
def test_departments(transcript: str) -> None:
    assert said("department", transcript) == DEPARTMENTS[transcript]


@pytest.mark.parametrize("transcript", COUNTRIES)
def test_countries(transcript: str) -> None:
    assert said("country", transcript) == COUNTRIES[transcript]


@pytest.mark.parametrize(
    ("kind", "first", "second", "value"),
    [
        ("commune", "Saint-Denis", "la Réunion", "97411"),
        ("commune", "Saint-Denis", "en Seine-Saint-Denis", "93066"),
        ("commune", "Saint-Denis", "le 93", "93066"),
        ("commune", "Saint-Denis", "quatre-vingt-treize deux cents", "93066"),
        ("commune", "Saint-Denis", "Rennes", "35238"),
        ("commune", "marseil", "oui", "13055"),
        ("commune", "marseil", "non Marseille", "13055"),
        ("department", "Corse", "Haute-Corse", "2B"),
        ("department", "Corse", "la deuxième", "2B"),
        ("country", "le Congo", "le premier", "CG"),
        ("country", "le Congo", "Congo Kinshasa", "CD"),
    ],
)
def test_a_place_is_told_apart_by_a_second_answer(kind: str, first: str, second: str, value: str) -> None:
    assert then(kind, first, second) == value
