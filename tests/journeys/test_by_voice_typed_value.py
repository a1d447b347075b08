"""A value that was understood, typed as a person would, is read by the form's own fields as that very value."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessform.answers.places import communes
from accessform.answers.refusals import Refused
from accessform.journeys.by_voice.typed_value import typed_parts
from accessform.journeys.fields.kinds import KINDS
from forms_catalog.definition import Question
from forms_catalog.definition import QuestionType as T

TODAY = dt.date(2026, 11, 22)
CHOICES = [{"key": "a", "label": "Un"}, {"key": "b", "label": "Deux"}]


def read(kind: T, value: Any) -> Any:
    """Type a value and read it back."""
    of_choices = kind in {T.SINGLE_CHOICE, T.MULTIPLE_CHOICE}
    question = Question.model_validate(
        {"id": "q", "type": kind, "label": "Q", "why": "Pour essayer"} | ({"choices": CHOICES} if of_choices else {})
    )
    parts = typed_parts(kind, value)
    return KINDS[kind].read(question, {name: parts.get(name, []) for name in KINDS[kind].part_names()}, TODAY)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (T.YES_NO, True),
        (T.YES_NO, False),
        (T.CHECKBOX, True),
        (T.SINGLE_CHOICE, "b"),
        (T.MULTIPLE_CHOICE, ["a", "b"]),
        (T.CIVILITY, "mme"),
        (T.PHONE, "+33639981234"),
        (T.PHONE, "+3222345678"),
        (T.POSTAL_CODE, "01000"),
        (T.DEPARTMENT, "2A"),
        (T.COUNTRY, "IT"),
        (T.EMAIL, "camille@example.fr"),
        (T.IBAN, "FR7630006000011234567890189"),
        (T.SIRET, "73282932000074"),
        (T.NIR, "285057800608441"),
        (T.TEXT, "Leïla d'Angelo"),
        (T.LONG_TEXT, "Deux lignes\nde texte"),
        (T.DECIMAL, "2.5"),
        (T.MONEY, "1234.50"),
        (T.INTEGER, -3),
    ],
)
def test_a_value_is_read_back_as_itself(kind: T, value: Any) -> None:
    assert read(kind, value) == value


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.times())
def test_days_and_hours(day: dt.date, hour: dt.time) -> None:
    assert read(T.DATE, day.isoformat()) == day.isoformat()
    moment = f"{day.isoformat()}T{hour:%H:%M}"
    assert read(T.DATETIME, moment) == moment


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**9), st.integers(0, 99))
def test_numbers(whole: int, euros: int, cents: int) -> None:
    assert read(T.INTEGER, whole) == whole
    assert read(T.MONEY, f"{euros}.{cents:02}") == f"{euros}.{cents:02}"


def test_a_commune_is_itself_or_refused_never_a_namesake() -> None:
    refused = 0
    for homonyms in communes().values():
        for code, name, _ in homonyms:
            try:
                found = read(T.COMMUNE, code)
            except Refused:
                refused += 1
                continue
            assert found["code"] == code, name
    assert refused < 200


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("12 rue des Lilas 44000 Nantes", ("12 rue des Lilas", "44000", "Nantes")),
        ("12, rue des Lilas, 44 000 Nantes.", ("12, rue des Lilas", "44000", "Nantes")),
        (
            "Appartement 10200, 3 place du Marché 35000 Rennes",
            ("Appartement 10200, 3 place du Marché", "35000", "Rennes"),
        ),
        ("12 rue des Lilas", ("12 rue des Lilas", "", "")),
    ],
)
def test_an_address_is_parted_at_its_postal_code(line: str, parts: tuple[str, str, str]) -> None:
    typed = typed_parts(T.ADDRESS, line)
    assert tuple(typed[name][0] for name in ("street", "postal_code", "city")) == parts
