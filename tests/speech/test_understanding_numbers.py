"""Whole numbers, decimals and amounts as people say them; what is not one exact number is asked."""

from typing import Any

import pytest

from tests.speech.understood import ASK, NO_MATCH, UNKNOWN, heard, said, then

INTEGERS: dict[str, Any] = {
    "trois": 3,
    "Trois.": 3,
    "3": 3,
    "euh trois": 3,
    "ben, trois": 3,
    "alors trois s'il vous plaît": 3,
    "trois merci": 3,
    "j'en ai trois": 3,
    "on est quatre": 4,
    "nous sommes cinq à la maison": 5,
    "trois enfants": 3,
    "il y a deux personnes": 2,
    "j'ai un enfant": 1,
    "une": 1,
    "un": 1,
    "un seul": 1,
    "zéro": 0,
    "aucun": 0,
    "aucune": 0,
    "rien": 0,
    "pas d'enfant": 0,
    "je n'ai pas d'enfants": 0,
    "je n'en ai pas": 0,
    "quatre-vingt-dix-sept": 97,
    "quatre vingt dix sept": 97,
    "septante-huit": 78,
    "huitante et un": 81,
    "octante-deux": 82,
    "nonante-neuf": 99,
    "soixante et onze": 71,
    "douze cents": 1200,
    "dix-huit cent trente": 1830,
    "mille deux": 1002,
    "mille deux cents": 1200,
    "deux mille": 2000,
    "vingt et un mille": 21_000,
    "cent mille": 100_000,
    "un million deux cent mille": 1_200_000,
    "1 200": 1200,
    "2 mille": 2000,
    "2 mille 5 cents": 2500,
    "trois euh non quatre": 4,
    "trois, non, quatre": 4,
    "trois pardon quatre": 4,
    "trois enfin quatre": 4,
    "trois je veux dire quatre": 4,
    "trois, quatre plutôt": ASK,
    "deux non trois non quatre": 4,
    "pas trois mais quatre": 4,
    "non quatre": 4,
    "trois pardon": ASK,
    "environ mille": ASK,
    "à peu près mille": ASK,
    "une dizaine": ASK,
    "une vingtaine de personnes": ASK,
    "une centaine": ASK,
    "entre deux et trois": ASK,
    "deux ou trois": ASK,
    "deux trois": ASK,
    "trois je crois": ASK,
    "peut-être trois": ASK,
    "je ne sais plus trop, trois": ASK,
    "plus de trois": ASK,
    "moins de dix": ASK,
    "au moins trois": ASK,
    "plusieurs": ASK,
    "beaucoup": ASK,
    "trois et demi": ASK,
    "trois virgule cinq": ASK,
    "deux garçons et une fille": ASK,
    "trois plus deux": ASK,
    "pas trois": ASK,
    "trois fois deux": ASK,
    "vingt, deux": ASK,
    "presque cent": ASK,
    "dans les trois cents": ASK,
    "oui": NO_MATCH,
    "le petit chat est mort": NO_MATCH,
    "je ne sais pas": UNKNOWN,
    "aucune idée": UNKNOWN,
    "moins cinq": -5,
    "-5": -5,
}

DECIMALS = {
    "trois virgule cinq": "3.5",
    "3,5": "3.5",
    "3.5": "3.5",
    "trois point cinq": "3.5",
    "trois": "3",
    "trois et demi": "3.5",
    "trente-cinq mètres carrés et demi": "35.5",
    "douze virgule zéro cinq": "12.05",
    "douze virgule vingt-cinq": "12.25",
    "trois virgule un quatre un six": "3.1416",
    "virgule cinq": "0.5",
    "un mètre soixante-quinze": "1.75",
    "vingt pour cent": "20",
    "vingt-deux virgule cinq pour cent": "22.5",
    "moins deux virgule cinq": "-2.5",
    "1.234": ASK,
    "quatre virgule": ASK,
    "trois virgule cinq virgule six": ASK,
    "environ trois virgule cinq": ASK,
    "trois quarts": ASK,
}

AMOUNTS = {
    "mille deux cents euros": "1200.00",
    "mille deux cents": "1200.00",
    "mille deux cents euros cinquante": "1200.50",
    "deux mille euros et dix centimes": "2000.10",
    "deux mille euros dix centimes": "2000.10",
    "mille deux cents virgule cinquante": "1200.50",
    "douze euros zéro cinq": "12.05",
    "cinquante centimes": "0.50",
    "vingt balles": "20.00",
    "1 234,50 €": "1234.50",
    "1234€50": "1234.50",
    "1.234,50": "1234.50",
    "1200 euros": "1200.00",
    "deux mille euros par mois": "2000.00",
    "je touche huit cent quarante-sept euros": "847.00",
    "j'ai un loyer de cinq cents euros": "500.00",
    "un million d'euros": "1000000.00",
    "un million et demi d'euros": "1500000.00",
    "rien": "0.00",
    "zéro euro": "0.00",
    "je ne touche rien": "0.00",
    "quatre-vingts euros": "80.00",
    "deux cent mille euros": "200000.00",
    "quinze cents euros": "1500.00",
    "deux k": "2000.00",
    "trois cents pardon quatre cents euros": "400.00",
    "six cent quarante euh non six cent cinquante": "650.00",
    "douze cinquante": ASK,
    "deux mille cinq": ASK,
    "un million deux": ASK,
    "deux mille cinq euros": "2005.00",
    "trois cents roubles": ASK,
    "douze euros cinq": ASK,
    "quinze cents": ASK,
    "environ mille euros": ASK,
    "autour de mille deux cents euros": ASK,
    "mille et quelques": ASK,
    "mille, mille deux cents": ASK,
    "entre mille et mille deux cents": ASK,
    "mille euros ou mille cent": ASK,
    "deux mille euros par semaine": ASK,
    "dix euros de l'heure": ASK,
    "mille francs": ASK,
    "deux cents dollars": ASK,
    "mille euros plus deux cents": ASK,
    "le smic": ASK,
    "ça dépend": ASK,
    "mille euros et des poussières": ASK,
    "trois mille euros virgule": ASK,
    "1 200,555 euros": ASK,
    "moins cent euros": ASK,
}


@pytest.mark.parametrize("transcript", INTEGERS)
def test_integers(transcript: str) -> None:
    assert said("integer", transcript) == INTEGERS[transcript]


@pytest.mark.parametrize("transcript", DECIMALS)
def test_decimals(transcript: str) -> None:
    assert said("decimal", transcript) == DECIMALS[transcript]


@pytest.mark.parametrize("transcript", AMOUNTS)
def test_amounts(transcript: str) -> None:
    assert said("money", transcript) == AMOUNTS[transcript]


def test_a_number_outside_its_bounds_asks_with_the_bound() -> None:
    low = heard("integer", "deux", constraints={"min": 18})
    high = heard("integer", "deux cents", constraints={"max": 120})
    assert (low.outcome, "18" in low.question) == (ASK, True)
    assert (high.outcome, "120" in high.question) == (ASK, True)


def test_a_round_number_is_offered_and_a_yes_takes_it() -> None:
    assert heard("integer", "une dizaine").question == "Est-ce exactement dix\u00a0?"
    assert then("integer", "une dizaine", "oui") == 10
    assert then("integer", "une dizaine", "non douze") == 12
    assert then("integer", "une dizaine", "douze") == 12
    assert then("integer", "une dizaine", "non") is ASK
    assert then("money", "environ mille euros", "oui tout à fait") == "1000.00"
