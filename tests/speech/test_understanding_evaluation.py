"""The labelled utterances and what is measured with them."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from accessform.answers.choices import CIVILITIES, parse_one_of, parse_some_of
from accessform.answers.contacts import parse_email, parse_phone
from accessform.answers.dates import parse_date, parse_datetime
from accessform.answers.identifiers import parse_iban, parse_nir, parse_siret
from accessform.answers.numbers import parse_decimal, parse_integer, parse_money
from accessform.answers.places import communes, countries, departments, parse_postal_code
from accessform.answers.texts import parse_long_text, parse_text
from accessform.speech.understanding.evaluation.corpus import Half, Utterance, choice_sets, half_of, utterances
from forms_catalog.definition import WITH_CHOICES, WITH_FILES, WITHOUT_ANSWER, QuestionType

pytestmark = pytest.mark.slow

ALL = [item for half in Half for item in utterances(half)]
WITH_VALUE = [item for item in ALL if item.expect.outcome == "value"]
UNSAYABLE = {*WITH_FILES, *WITHOUT_ANSWER, QuestionType.GROUP}
COMMUNES = {code: code for homonyms in communes().values() for code, _, _ in homonyms}


def read_again(item: Utterance) -> Any:
    """Return the labelled value as the product's own readers read it; raises Refused or KeyError."""
    value: Any = item.expect.value
    raw = {"": [str(value)]}
    readers: dict[QuestionType, Callable[[], Any]] = {
        QuestionType.TEXT: lambda: parse_text(raw, item.constraints),
        QuestionType.LONG_TEXT: lambda: parse_long_text(raw, item.constraints),
        QuestionType.ADDRESS: lambda: parse_text(raw, item.constraints),
        QuestionType.INTEGER: lambda: parse_integer(raw, item.constraints),
        QuestionType.DECIMAL: lambda: parse_decimal({"": [value.replace(".", ",")]}, item.constraints),
        QuestionType.MONEY: lambda: parse_money(raw, item.constraints),
        QuestionType.DATE: lambda: parse_date(raw, item.constraints, item.today),
        QuestionType.DATETIME: lambda: parse_datetime(
            {"date": [value[:10]], "time": [value[11:]]}, item.constraints, item.today
        ),
        QuestionType.YES_NO: lambda: {True: True, False: False}[value],
        QuestionType.CHECKBOX: lambda: {True: True, False: False}[value],
        QuestionType.SINGLE_CHOICE: lambda: parse_one_of(raw, list(item.labels)),
        QuestionType.MULTIPLE_CHOICE: lambda: tuple(parse_some_of({"": list(value)}, list(item.labels))),
        QuestionType.CIVILITY: lambda: parse_one_of(raw, CIVILITIES),
        QuestionType.EMAIL: lambda: parse_email(raw),
        QuestionType.PHONE: lambda: parse_phone(raw),
        QuestionType.POSTAL_CODE: lambda: parse_postal_code(raw),
        QuestionType.COMMUNE: lambda: COMMUNES[value],
        QuestionType.DEPARTMENT: lambda: {code: code for code in departments()}[value],
        QuestionType.COUNTRY: lambda: {code: code for code in countries()}[value],
        QuestionType.IBAN: lambda: parse_iban(raw),
        QuestionType.SIRET: lambda: parse_siret(raw),
        QuestionType.NIR: lambda: parse_nir(raw),
    }
    return readers[item.type]()


@pytest.mark.parametrize("half", list(Half))
def test_the_id_alone_decides_the_half(half: Half):
    assert all(half_of(item.id) is half for item in utterances(half))


def test_no_id_comes_twice():
    assert [item_id for item_id, times in Counter(item.id for item in ALL).items() if times > 1] == []


def test_nothing_is_said_twice_in_the_same_place():
    said = Counter((item.type, item.transcript, item.choices, item.constraints, item.pending) for item in ALL)
    assert [one for one, times in said.items() if times > 1] == []


def test_there_are_enough_utterances_in_each_half():
    assert len(ALL) >= 720
    assert min(len(utterances(half)) for half in Half) >= 300


@pytest.mark.parametrize("question_type", sorted(set(QuestionType) - UNSAYABLE))
def test_every_type_that_can_be_said_has_its_utterances_in_both_halves(question_type: QuestionType):
    of_type = [item for item in ALL if item.type is question_type]
    assert len(of_type) >= (80 if question_type is QuestionType.DATE else 20)
    for half in Half:
        outcomes = {item.expect.outcome for item in of_type if half_of(item.id) is half}
        assert "value" in outcomes
        assert outcomes & {"ask", "unknown"}


def test_what_cannot_be_said_has_utterances_and_never_a_value():
    assert {item.type for item in ALL} == set(QuestionType)
    assert {item.type for item in WITH_VALUE} & UNSAYABLE == set()


def test_each_half_holds_every_outcome_and_every_command_is_said():
    for half in Half:
        assert {item.expect.outcome for item in utterances(half)} == {
            "value",
            "ask",
            "unknown",
            "command",
            "no_input",
            "no_match",
        }
    assert {item.expect.command for item in ALL} - {None} == {
        "repeat",
        "slower",
        "help",
        "back",
        "correct",
        "skip",
        "stop",
        "human",
    }


@pytest.mark.parametrize("item", WITH_VALUE, ids=lambda item: item.id)
def test_the_product_itself_reads_each_labelled_value_as_it_is_written(item: Utterance):
    assert read_again(item) == item.expect.value


def test_choices_go_with_the_types_that_have_them():
    assert [item.id for item in ALL if bool(item.choices) != (item.type in WITH_CHOICES)] == []
    assert {item.choices for item in ALL} - {None} == set(choice_sets())


def test_silence_is_blank_and_only_silence_is():
    assert [item.id for item in ALL if (item.expect.outcome == "no_input") != (not item.transcript.strip())] == []


def test_every_utterance_is_said_on_a_day_that_is_known():
    assert {item.today for item in ALL} == {dt.date(2026, 11, 22)}
