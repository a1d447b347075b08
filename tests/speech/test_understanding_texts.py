"""Names, free texts, addresses and e-mail: kept as said, put together where they are spelled."""

from typing import Any

import pytest

from tests.speech.understood import ASK, NO_MATCH, UNKNOWN, heard, said, then

NAMES: dict[str, Any] = {
    "Dupont": "Dupont",
    "Dupont.": "Dupont",
    "euh Dupont": "Dupont",
    "Dupont merci": "Dupont",
    "je m'appelle Dupont": "Dupont",
    "mon nom c'est Le Goff": "Le Goff",
    "mon prénom est Marie-Claire": "Marie-Claire",
    "c'est Nguyen": "Nguyen",
    "D U P O N T": "Dupont",
    "D-U-P-O-N-T": "Dupont",
    "d, u, p, o, n, t": "Dupont",
    "dé u pé o n t": "Dupont",
    "D comme Denis, U, P, O, N, T": "Dupont",
    "L E accent aigu A": "Léa",
    "F R A N C cédille O I S": "François",
    "A n deux n e": "Annne",
    "A deux n e": "Anne",
    "double v e b e r": "Weber",
    "L E espace G O deux F": "Le Goff",
    "J E A N tiret L U C": "Jean-Luc",
    "D apostrophe A R C": "D'Arc",
    "Dupont D U P O N T": "Dupont",
    "Dupond D U P O N T": "Dupont",
    "Dupont, je l'épelle, D U P O N T": "Dupont",
    "Anne avec deux n": "Anne",
    "Ane avec deux n": "Anne",
    "Mathieu avec deux t": "Matthieu",
    "Martin M U L L E R": ASK,
    "Dupond avec un d à la fin ou un t je sais plus": ASK,
    "Dupont, euh non, Durand": "Durand",
    "Dupont pardon Durand": "Durand",
    "Dupont pardon": ASK,
    "je ne sais pas": UNKNOWN,
    "Jean de La Fontaine": "Jean de La Fontaine",
    "O'Brien": "O'Brien",
    "Aubin-Sept": "Aubin-Sept",
}


@pytest.mark.parametrize("transcript", NAMES)
def test_names(transcript: str) -> None:
    assert said("text", transcript) == NAMES[transcript]


def test_a_pattern_of_figures_is_met_by_figures_said() -> None:
    pattern = {"pattern": "[0-9]{7}"}
    assert said("text", "un deux trois quatre cinq six sept", constraints=pattern) == "1234567"
    assert said("text", "mon numéro c'est le 12 345 67", constraints=pattern) == "1234567"
    assert said("text", "un deux trois", constraints=pattern) is ASK
    assert said("text", "il est à la maison", constraints=pattern) is ASK


def test_a_text_too_long_says_the_bound() -> None:
    found = heard("text", "une réponse bien trop longue", constraints={"max_length": 10})
    assert (found.outcome, "10" in found.question) == (ASK, True)


def test_a_long_text_loses_only_its_hesitations() -> None:
    text = "Euh, j'ai perdu mon emploi en mars, euh, et je ne sais pas quoi faire. Pardon, en avril."
    assert said("long_text", text) == "j'ai perdu mon emploi en mars et je ne sais pas quoi faire. Pardon, en avril"


ADDRESSES = {
    "douze rue des Lilas trente-cinq mille Rennes": "12 rue des Lilas 35000 Rennes",
    "12 rue des Lilas, 35000 Rennes": "12 rue des Lilas, 35000 Rennes",
    "12 rue des Lilas, Rennes 35000": "12 rue des Lilas, Rennes 35000",
    "j'habite au trois place de la Mairie 35200 Rennes": "3 place de la Mairie 35200 Rennes",
    "vingt et un bis avenue Foch soixante-quinze mille seize Paris": "21 bis avenue Foch 75016 Paris",
    "rue des Trois Frères trente-cinq mille Rennes": "rue des Trois Frères 35000 Rennes",
    "deux rue du huit mai 1945, 35000 Rennes": "2 rue du huit mai 1945, 35000 Rennes",
    "douze rue des Lilas": ASK,
    "12 rue des Lilas à Rennes": ASK,
    "35000 Rennes": ASK,
    "12 rue des Lilas 35000": ASK,
    "12 rue des Lilas je sais plus le code postal": ASK,
    "je ne sais pas": UNKNOWN,
}


def test_an_address_is_completed() -> None:
    assert then("address", "douze rue des Lilas", "trente-cinq mille Rennes") == "12 rue des Lilas, 35000 Rennes"
    assert then("address", "35000 Rennes", "douze rue des Lilas") == "12 rue des Lilas, 35000 Rennes"
    assert then("address", "12 rue des Lilas 35000", "Rennes") == "12 rue des Lilas 35000, Rennes"
    assert then("address", "12 rue des Lilas", "3 place Foch 35000 Rennes") == "3 place Foch 35000 Rennes"


@pytest.mark.parametrize("transcript", ADDRESSES)
def test_addresses(transcript: str) -> None:
    assert said("address", transcript) == ADDRESSES[transcript]


EMAILS = {
    "jean point dupont arobase gmail point com": "jean.dupont@gmail.com",
    "jean.dupont@gmail.com": "jean.dupont@gmail.com",
    "Jean.Dupont@Gmail.com": "jean.dupont@gmail.com",
    "jean.dupont arobase gmail.com": "jean.dupont@gmail.com",
    "mon adresse c'est jean point dupont arobase orange point fr": "jean.dupont@orange.fr",
    "marie tiret claire arobase laposte point net": "marie-claire@laposte.net",
    "marie tiret du six claire arobase la poste point net": "marie-claire@laposte.net",
    "marie tiret du huit claire arobase la poste point net": "marie_claire@laposte.net",
    "marie tiret bas claire arobase free point fr": "marie_claire@free.fr",
    "marie underscore claire at free point fr": "marie_claire@free.fr",
    "jean quatre-vingt-deux arobase hotmail point fr": "jean82@hotmail.fr",
    "jean zéro cinq arobase hotmail point fr": "jean05@hotmail.fr",
    "jean mille neuf cent quarante-huit arobase hotmail point fr": "jean1948@hotmail.fr",
    "jean 1948 arobase hotmail point fr": "jean1948@hotmail.fr",
    "j dupont arobase hotmail point fr": "jdupont@hotmail.fr",
    "j point dupont arobase hotmail point fr": "j.dupont@hotmail.fr",
    "p a u l arobase hotmail point f r": "paul@hotmail.fr",
    "D comme Denis u p o n t arobase sfr point fr": "dupont@sfr.fr",
    "a deux n e arobase sfr point fr": "anne@sfr.fr",
    "jean dupont tout attaché arobase free point fr": "jeandupont@free.fr",
    "jean dupont en un seul mot arobase free point fr": "jeandupont@free.fr",
    "rené point léger arobase free point fr tout en minuscules": "rene.leger@free.fr",
    "contact arobase mairie tiret rennes point fr": "contact@mairie-rennes.fr",
    "jean plus impots arobase gmail point com": "jean+impots@gmail.com",
    "jean arobase service point public point gouv point fr": "jean@service.public.gouv.fr",
    "jean dupont arobase free point fr": ASK,
    "jean point dupont": ASK,
    "jean point dupont arobase gmail": ASK,
    "jean point dupont arobase": ASK,
    "arobase gmail point com": ASK,
    "jean point dupont arobase orange point fr ou point com": ASK,
    "jean point dupont pardon durand arobase orange point fr": ASK,
    "gmail": ASK,
    "je n'ai pas d'adresse": NO_MATCH,
    "bonjour": NO_MATCH,
}


@pytest.mark.parametrize("transcript", EMAILS)
def test_emails(transcript: str) -> None:
    assert said("email", transcript) == EMAILS[transcript]


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        ("jean point dupont", "arobase gmail point com", "jean.dupont@gmail.com"),
        ("jean point dupont", "gmail point com", "jean.dupont@gmail.com"),
        ("jean point dupont arobase gmail", "point com", "jean.dupont@gmail.com"),
        ("jean point dupont arobase gmail", "jean arobase free point fr", "jean@free.fr"),
        ("jean dupont arobase free point fr", "oui", "jeandupont@free.fr"),
        ("jean dupont arobase free point fr", "non jean point dupont arobase free point fr", "jean.dupont@free.fr"),
    ],
)
def test_an_address_goes_on_after_a_question(first: str, second: str, value: str) -> None:
    assert then("email", first, second) == value
