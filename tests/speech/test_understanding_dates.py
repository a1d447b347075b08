"""Dates and moments as people say them; what misses, does not exist or may be two days is asked."""

import datetime as dt
from typing import Any

import pytest

from tests.speech.understood import ASK, NO_MATCH, UNKNOWN, heard, said, then

BIRTH = {"min": "1900-01-01", "max": "today"}

BIRTHS: dict[str, Any] = {
    "douze mars quarante-huit": "1948-03-12",
    "le douze mars mille neuf cent quarante-huit": "1948-03-12",
    "le douze mars dix-neuf cent quarante-huit": "1948-03-12",
    "le douze mars dix-neuf quarante-huit": "1948-03-12",
    "je suis née le douze mars quarante-huit": "1948-03-12",
    "ma date de naissance c'est le 12 mars 1948": "1948-03-12",
    "né le 12/03/1948": "1948-03-12",
    "12.3.48": "1948-03-12",
    "12-03-1948": "1948-03-12",
    "1948-03-12": "1948-03-12",
    "12 03 1948": "1948-03-12",
    "12031948": "1948-03-12",
    "120348": "1948-03-12",
    "douze zéro trois quarante-huit": "1948-03-12",
    "douze trois quarante-huit": "1948-03-12",
    "douze trois mille neuf cent quarante-huit": "1948-03-12",
    "le douze du trois quarante-huit": "1948-03-12",
    "mille neuf cent quarante-huit le douze mars": "1948-03-12",
    "vendredi douze mars quarante-huit": "1948-03-12",
    "mars le douze 1948": ASK,
    "le premier avril mille neuf cent quatre-vingt-deux": "1982-04-01",
    "1er janvier 1950": "1950-01-01",
    "un un cinquante": "1950-01-01",
    "premier janvier cinquante": "1950-01-01",
    "trente et un décembre soixante-dix-neuf": "1979-12-31",
    "vingt et un septembre septante et un": "1971-09-21",
    "le huit août deux mille": "2000-08-08",
    "le huit août deux mille un": "2001-08-08",
    "cinq mai deux mille vingt-quatre": "2024-05-05",
    "cinq mai vingt vingt-quatre": "2024-05-05",
    "le sept sept soixante-sept": "1967-07-07",
    "onze onze quatre-vingt-onze": "1991-11-11",
    "vingt-neuf février mille neuf cent quatre-vingt-seize": "1996-02-29",
    "le douze, pardon, le treize mars quarante-huit": "1948-03-13",
    "le douze mars quarante-huit, pardon, quarante-neuf": "1949-03-12",
    "douze mars 1948 euh non avril": "1948-04-12",
    "douze mars 1948 non 1949": "1949-03-12",
    "12 mars 48 non le 13": "1948-03-13",
    "le 12 mars 48 non 13": ASK,
    "douze mars cinq": ASK,
    "douze mars zéro cinq": ASK,
    "douze mars vingt": ASK,
    "douze mars": ASK,
    "mars 1948": ASK,
    "quarante-huit": ASK,
    "1948": ASK,
    "le douze": ASK,
    "mardi douze mars quarante-huit": ASK,
    "trente février quarante-huit": ASK,
    "le 31 avril 1950": ASK,
    "29 février 1947": ASK,
    "le 32 mars 1950": ASK,
    "15 15 1950": ASK,
    "douze mars 1848": ASK,
    "douze mars 2030": ASK,
    "vers mars quarante-huit": ASK,
    "environ le douze mars quarante-huit": ASK,
    "je crois que c'est le douze mars quarante-huit": ASK,
    "le douze ou le treize mars quarante-huit": ASK,
    "entre le douze et le treize mars 1948": ASK,
    "le douze mars ou avril 1948": ASK,
    "pas le douze mars 1948": ASK,
    "fin mars 1948": ASK,
    "la première semaine de mars 1948": ASK,
    "du douze au treize mars": ASK,
    "début 1948": ASK,
    "dans les années cinquante": ASK,
    "j'ai soixante ans": ASK,
    "à Noël": ASK,
    "vingt deux zéro trois": ASK,
    "bonjour": NO_MATCH,
    "oui": NO_MATCH,
    "le petit chat": NO_MATCH,
    "je ne sais pas": UNKNOWN,
    "je ne me souviens plus de la date": UNKNOWN,
}

EVENTS = {
    "hier": "2026-11-21",
    "aujourd'hui": "2026-11-22",
    "avant-hier": "2026-11-20",
    "demain": "2026-11-23",
    "après-demain": "2026-11-24",
    "hier soir": "2026-11-21",
    "c'était hier": "2026-11-21",
    "lundi dernier": "2026-11-16",
    "dimanche dernier": "2026-11-15",
    "lundi prochain": "2026-11-23",
    "il y a trois jours": "2026-11-19",
    "dans dix jours": "2026-12-02",
    "le 12 mars de cette année": "2026-03-12",
    "le douze mars de l'année dernière": "2025-03-12",
    "il y a deux ans": ASK,
    "il y a huit jours": ASK,
    "il y a quinze jours": ASK,
    "il y a une semaine": ASK,
    "la semaine dernière": ASK,
    "le mois dernier": ASK,
    "l'année dernière": ASK,
    "lundi": ASK,
    "lundi en huit": ASK,
    "cette semaine": ASK,
    "récemment": ASK,
    "il y a longtemps": ASK,
    "douze mars quarante-huit": ASK,
    "douze mars quatre-vingt-deux": ASK,
}

MOMENTS = {
    "le douze mars deux mille vingt-six à quatorze heures trente": "2026-03-12T14:30",
    "à quatorze heures trente le douze mars deux mille vingt-six": "2026-03-12T14:30",
    "12/03/2026 à 14h30": "2026-03-12T14:30",
    "12 mars 2026 14:30": "2026-03-12T14:30",
    "demain à neuf heures": "2026-11-23T09:00",
    "demain à neuf heures et quart": "2026-11-23T09:15",
    "demain neuf heures moins le quart": "2026-11-23T08:45",
    "demain à midi": "2026-11-23T12:00",
    "demain à midi et demi": "2026-11-23T12:30",
    "demain à huit heures du soir": "2026-11-23T20:00",
    "demain à trois heures de l'après-midi": "2026-11-23T15:00",
    "demain à trois heures du matin": "2026-11-23T03:00",
    "le premier mai 2026 à dix-huit heures zéro cinq": "2026-05-01T18:05",
    "12 mars 2026 à 02h30": "2026-03-12T02:30",
    "demain à trois heures": ASK,
    "demain vers neuf heures": ASK,
    "demain soir à huit heures": "2026-11-23T20:00",
    "ce soir à huit heures": "2026-11-22T20:00",
    "demain à partir de quatorze heures": ASK,
    "demain": ASK,
    "quatorze heures": ASK,
    "le douze mars à quatorze heures": ASK,
    "demain à vingt-cinq heures": ASK,
    "demain entre neuf heures et dix heures": ASK,
    "demain à minuit": ASK,
    "bonjour": NO_MATCH,
}


@pytest.mark.parametrize("transcript", BIRTHS)
def test_days_of_birth(transcript: str) -> None:
    assert said("date", transcript, constraints=BIRTH) == BIRTHS[transcript]


@pytest.mark.parametrize("transcript", EVENTS)
def test_days_without_bounds(transcript: str) -> None:
    assert said("date", transcript) == EVENTS[transcript]


@pytest.mark.parametrize("transcript", MOMENTS)
def test_moments(transcript: str) -> None:
    assert said("datetime", transcript) == MOMENTS[transcript]


def test_a_birth_leaves_one_century_without_bounds() -> None:
    assert said("date", "je suis né le douze mars quarante-huit") == "1948-03-12"
    assert said("date", "je suis né le douze mars quarante-huit", today=None) is ASK


def test_no_day_is_told_from_an_unknown_today() -> None:
    assert said("date", "hier", today=None) is ASK


def test_the_bound_is_said() -> None:
    assert "12 mars 2026" in heard("date", "1er mai 2027", constraints={"max": "2026-03-12"}).question
    assert "22 novembre 2026" in heard("date", "1er mai 2020", constraints={"min": "today"}).question


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        ("douze mars", "mille neuf cent quarante-huit", "1948-03-12"),
        ("douze mars", "quarante-huit", "1948-03-12"),
        ("douze mars", "en 48", "1948-03-12"),
        ("mars 1948", "le douze", "1948-03-12"),
        ("mars 1948", "le premier", "1948-03-01"),
        ("1948", "le douze mars", "1948-03-12"),
        ("1948", "douze zéro trois", "1948-03-12"),
        ("le douze", "mars quarante-huit", "1948-03-12"),
        ("le douze", "mars", ASK),
        ("douze mars", "je suis né le treize avril 1950", "1950-04-13"),
        ("douze mars vingt", "mille neuf cent vingt", "1920-03-12"),
        ("douze mars vingt", "deux mille vingt", "2020-03-12"),
        ("douze mars", "je ne sais pas", UNKNOWN),
        ("je crois que c'est le douze mars quarante-huit", "oui", "1948-03-12"),
        ("je crois que c'est le douze mars quarante-huit", "non, le treize mars quarante-huit", "1948-03-13"),
    ],
)
def test_a_date_goes_on_after_a_question(first: str, second: str, value: object) -> None:
    assert then("date", first, second, constraints=BIRTH) == value


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        ("demain", "quatorze heures", "2026-11-23T14:00"),
        ("demain", "quatorze trente", "2026-11-23T14:30"),
        ("quatorze heures", "demain", "2026-11-23T14:00"),
        ("demain à trois heures", "de l'après-midi", "2026-11-23T15:00"),
        ("demain à trois heures", "le matin", "2026-11-23T03:00"),
        ("le douze mars à quatorze heures", "deux mille vingt-sept", "2027-03-12T14:00"),
    ],
)
def test_a_moment_goes_on_after_a_question(first: str, second: str, value: object) -> None:
    assert then("datetime", first, second) == value


def test_a_pending_of_another_shape_is_let_go() -> None:
    for pending in ({}, {"outcome": "ask"}, {"pending": "x"}, {"pending": {"day": "x", "years": 3}}, {"day": None}):
        assert said("date", "douze mars 1948", pending=pending) == dt.date(1948, 3, 12).isoformat()
