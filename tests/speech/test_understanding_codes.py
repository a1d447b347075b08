"""Numbers told piece by piece; a short one waits for its rest, a wrong key is asked again."""

from typing import Any

import pytest

from tests.speech.understood import ASK, NO_MATCH, UNKNOWN, said, then

PHONES: dict[str, Any] = {
    "zéro six douze trente-quatre cinquante-six soixante-dix-huit": "+33612345678",
    "zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit": "+33612345678",
    "zéro six un deux trois quatre cinq six sept huit": "+33612345678",
    "06 12 34 56 78": "+33612345678",
    "06.12.34.56.78": "+33612345678",
    "06-12-34-56-78": "+33612345678",
    "0612345678": "+33612345678",
    "0 6 1 2 3 4 5 6 7 8": "+33612345678",
    "mon numéro c'est le 06 12 34 56 78": "+33612345678",
    "c'est le zéro six douze trente-quatre cinquante-six soixante-dix-huit merci": "+33612345678",
    "plus trente-trois six douze trente-quatre cinquante-six soixante-dix-huit": "+33612345678",
    "+33 6 12 34 56 78": "+33612345678",
    "zéro zéro trente-trois six douze trente-quatre cinquante-six soixante-dix-huit": "+33612345678",
    "zéro six deux fois le huit double zéro douze treize": "+33688001213",
    "zéro six triple zéro un vingt-trois quarante-cinq": "+33600012345",
    "zéro six quatre fois zéro douze treize": "+33600001213",
    "zéro deux nonante-neuf huitante-huit septante-sept douze": "+33299887712",
    "zéro deux quatre-vingt-dix-neuf trente quarante cinquante": "+33299304050",
    "zéro six douze trente-quatre non trente-cinq cinquante-six soixante-dix-huit": "+33612355678",
    "zéro six douze pardon zéro six treize trente-quatre cinquante-six soixante-dix-huit": "+33613345678",
    "zéro six douze trente-quatre": ASK,
    "zéro six": ASK,
    "06 12 34 56 7": ASK,
    "06 12 34 56 78 9": ASK,
    "six douze trente-quatre cinquante-six soixante-dix-huit": ASK,
    "zéro six soixante douze trente quatre cinquante six": ASK,
    "99 12 34 56 78": ASK,
    "trente-six trente-neuf": ASK,
    "pas le 06 12 34 56 78": ASK,
    "06 12 34 56 78 ou 06 12 34 56 79": ASK,
    "je crois que c'est le 06 12 34 56 78": ASK,
    "j'en ai pas": NO_MATCH,
    "bonjour": NO_MATCH,
    "je ne le connais pas par cœur": UNKNOWN,
}

POSTAL_CODES = {
    "trente-cinq mille": "35000",
    "trente cinq mille": "35000",
    "trente-cinq zéro zéro zéro": "35000",
    "trente-cinq trois zéros": "35000",
    "trois cinq zéro zéro zéro": "35000",
    "trente-cinq mille deux cents": "35200",
    "trente-cinq deux cents": "35200",
    "35 000": "35000",
    "35000": "35000",
    "35000 Rennes": "35000",
    "le code postal c'est 35000": "35000",
    "soixante-quinze zéro douze": "75012",
    "soixante-quinze mille douze": "75012",
    "soixante quinze mille douze": "75012",
    "septante-cinq mille douze": "75012",
    "zéro six mille": "06000",
    "zéro un mille": "01000",
    "zéro six cent trente": ASK,
    "zéro six mille cent trente": "06130",
    "quatre-vingt-dix-sept quatre cents": "97400",
    "quatre-vingt-dix-sept mille quatre cents": "97400",
    "treize zéro zéro un": "13001",
    "vingt mille": "20000",
    "35000 non 35200": "35200",
    "trente-cinq": ASK,
    "six mille": ASK,
    "350000": ASK,
    "99 000": ASK,
    "zéro zéro cent vingt": ASK,
    "environ 35000": ASK,
    "35000 ou 35200": ASK,
    "Rennes": NO_MATCH,
}

SIRETS = {
    "732 829 320 00074": "73282932000074",
    "73282932000074": "73282932000074",
    "sept cent trente-deux huit cent vingt-neuf trois cent vingt zéro zéro zéro soixante-quatorze": "73282932000074",
    "sept trois deux huit deux neuf trois deux zéro trois fois zéro sept quatre": "73282932000074",
    "732 829 320 00075": ASK,
    "732 829 320": ASK,
    "732 829": ASK,
    "732 829 320 00074 12": ASK,
}

NIRS = {
    "2 55 08 14 168 025 38": "255081416802538",
    "deux cinquante-cinq zéro huit quatorze cent soixante-huit zéro vingt-cinq trente-huit": "255081416802538",
    "2 55 08 14 168 025 clé 38": "255081416802538",
    "deux cinquante-cinq zéro huit quatorze cent soixante-huit zéro vingt-cinq clé trente-huit": "255081416802538",
    "2 55 08 14 168 025": ASK,
    "2 55 08 14 168 025 39": ASK,
    "2 55 08": ASK,
}

IBANS = {
    "FR76 3000 6000 0112 3456 7890 189": "FR7630006000011234567890189",
    "F comme François R comme Robert 76 3000 6000 0112 3456 7890 189": "FR7630006000011234567890189",
    "l'iban c'est FR76 3000 6000 0112 3456 7890 189": "FR7630006000011234567890189",
    "FR76 3000 6000 0112 3456 7890 188": ASK,
    "FR76 3000 6000": ASK,
    "3000 6000 0112 3456 7890 189": ASK,
}


@pytest.mark.parametrize("transcript", PHONES)
def test_telephones(transcript: str) -> None:
    assert said("phone", transcript) == PHONES[transcript]


@pytest.mark.parametrize("transcript", POSTAL_CODES)
def test_postal_codes(transcript: str) -> None:
    assert said("postal_code", transcript) == POSTAL_CODES[transcript]


@pytest.mark.parametrize("transcript", SIRETS)
def test_establishments(transcript: str) -> None:
    assert said("siret", transcript) == SIRETS[transcript]


@pytest.mark.parametrize("transcript", NIRS)
def test_social_security(transcript: str) -> None:
    assert said("nir", transcript) == NIRS[transcript]


@pytest.mark.parametrize("transcript", IBANS)
def test_accounts(transcript: str) -> None:
    assert said("iban", transcript) == IBANS[transcript]


@pytest.mark.parametrize(
    ("kind", "first", "second", "value"),
    [
        ("phone", "zéro six douze", "trente-quatre cinquante-six soixante-dix-huit", "+33612345678"),
        ("phone", "zéro six douze", "trente-quatre", ASK),
        ("phone", "zéro six douze", "06 12 34 56 78", "+33612345678"),
        ("phone", "plus trente-trois six", "12 34 56 78", "+33612345678"),
        ("phone", "zéro six douze", "euh je sais plus", UNKNOWN),
        ("postal_code", "trente-cinq", "deux cents", "35200"),
        ("siret", "732 829 320", "00074", "73282932000074"),
        ("nir", "2 55 08 14 168 025", "trente-huit", "255081416802538"),
        ("nir", "2 55 08 14", "168 025 38", "255081416802538"),
        ("iban", "FR76 3000 6000 0112", "3456 7890 189", "FR7630006000011234567890189"),
        ("phone", "je crois que c'est le 06 12 34 56 78", "oui", "+33612345678"),
    ],
)
def test_the_rest_is_added(kind: str, first: str, second: str, value: object) -> None:
    assert then(kind, first, second) == value
