"""Answers are read as people write them; what cannot be known is asked, never guessed."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accessform.answers import contacts, dates, identifiers, numbers, places, texts
from accessform.answers.printed_values import date_in_words
from accessform.answers.refusals import Refused
from accessform.plain_language.interface import texts as interface_texts
from forms_catalog.definition import Constraints

TODAY = dt.date(2026, 11, 21)
PAST = Constraints(max="today")
FREE = Constraints()


def refusal(read: Any, typed: str | dict[str, list[str]], *more: Any) -> str:
    """Return the code with which an answer is refused."""
    with pytest.raises(Refused) as caught:
        read({"": [typed]} if isinstance(typed, str) else typed, *more)
    assert f"answers.{caught.value.code}" in interface_texts()
    wording = interface_texts()[f"answers.{caught.value.code}"]
    for level in ("standard", "plain", "easy"):
        text = wording.standard if level == "standard" else getattr(wording, level).text
        assert text.format(**caught.value.details)
    return caught.value.code


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/2/48", "1948-02-03"),
        ("3 mars 1948", "1948-03-03"),
        ("03.02.1948", "1948-02-03"),
        ("1er janvier 1950", "1950-01-01"),
        ("le mardi 3 MARS 1948", "1948-03-03"),
        ("3-2-1948", "1948-02-03"),
        ("3 2 1948", "1948-02-03"),
        ("1948-02-03", "1948-02-03"),
        ("03021948", "1948-02-03"),
        ("12 aout 50", "1950-08-12"),
        ("1 sept. 2020", "2020-09-01"),
        ("29/2/00", "2000-02-29"),
        (" 3 / 2 / 1948 ", "1948-02-03"),
    ],
)
def test_it_reads_a_date_as_people_write_it(typed: str, day: str) -> None:
    assert dates.parse_date({"": [typed]}, PAST, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("3/2/20", "date_two_digit_year"),
        ("3 mars", "date_without_year"),
        ("31/2/1950", "date_impossible"),
        ("2/13/1950", "date_month"),
        ("mars 1948", "date_unreadable"),
        ("hier", "date_unreadable"),
        ("3 ju 1948", "date_unreadable"),
        ("3 mars 2048", "date_too_late"),
        ("3 mars 1248", "date_year"),
    ],
)
def test_it_asks_for_the_date_again(typed: str, code: str) -> None:
    assert refusal(dates.parse_date, typed, PAST, TODAY) == code


def test_it_asks_for_the_century_where_both_are_possible() -> None:
    assert refusal(dates.parse_date, "3/2/48", FREE, TODAY) == "date_two_digit_year"
    assert dates.parse_date({"": ["3/2/48"]}, Constraints(min="2000-01-01"), TODAY) == "2048-02-03"


@given(st.dates(min_value=dt.date(1850, 1, 1), max_value=dt.date(2199, 12, 31)))
def test_a_date_written_in_words_or_figures_comes_back(day: dt.date) -> None:
    for typed in (date_in_words(day), f"{day.day}/{day.month}/{day.year}", day.isoformat(), f"{day:%d%m%Y}"):
        assert dates.parse_date({"": [typed]}, FREE, TODAY) == day.isoformat()


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_makes_reading_fall_over(text: str) -> None:
    codes: set[str] = set()
    readers = [
        lambda raw: dates.parse_date(raw, PAST, TODAY),
        lambda raw: numbers.parse_money(raw, FREE),
        lambda raw: numbers.parse_integer(raw, FREE),
        lambda raw: texts.parse_text(raw, FREE),
        contacts.parse_email,
        contacts.parse_phone,
        places.parse_postal_code,
        places.parse_commune,
        places.parse_department,
        places.parse_country,
        identifiers.parse_iban,
        identifiers.parse_nir,
        identifiers.parse_siret,
    ]
    for read in readers:
        try:
            read({"": [text]})
        except Refused as refused:
            codes.add(refused.code)
    assert {f"answers.{code}" for code in codes} <= set(interface_texts())


@pytest.mark.parametrize(
    ("typed", "moment"),
    [("14h30", "T14:30"), ("14:30", "T14:30"), ("9 heures", "T09:00"), ("midi", "T12:00"), ("8.05", "T08:05")],
)
def test_it_reads_an_hour(typed: str, moment: str) -> None:
    raw = {"date": ["12/01/2027"], "time": [typed]}
    assert dates.parse_datetime(raw, FREE, TODAY) == f"2027-01-12{moment}"


@pytest.mark.parametrize("typed", ["25h", "14h75", "tantôt"])
def test_it_refuses_an_hour_that_is_none(typed: str) -> None:
    assert refusal(dates.parse_datetime, {"date": ["12/01/2027"], "time": [typed]}, FREE, TODAY) == "time_unreadable"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1 234,50 €", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1234", "1234.00"),
        ("12€50", "12.50"),
        ("12 euros 50", "12.50"),
        ("1 200 € par mois", "1200.00"),
        ("0,5", "0.50"),
        ("1\u202f234,5", "1234.50"),
    ],
)
def test_it_reads_an_amount(typed: str, amount: str) -> None:
    assert numbers.parse_money({"": [typed]}, FREE) == amount


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1.234", "number_two_readings"),
        ("abc", "not_amount"),
        ("-5", "too_low"),
        ("0,005", "amount_cents"),
        ("1e5", "not_amount"),
        ("12€5", "not_amount"),
        ("9999999999999", "number_huge"),
    ],
)
def test_it_asks_for_the_amount_again(typed: str, code: str) -> None:
    assert refusal(numbers.parse_money, typed, FREE) == code


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_an_amount_printed_in_french_comes_back(amount: Any) -> None:
    printed = f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",") + "\u00a0€"
    assert numbers.parse_money({"": [printed]}, FREE) == f"{amount:.2f}"


def test_whole_numbers_keep_to_their_bounds() -> None:
    bounds = Constraints(min=1, max=20)
    assert numbers.parse_integer({"": [" 3 "]}, bounds) == 3
    assert numbers.parse_integer({"": ["3,0"]}, bounds) == 3
    assert refusal(numbers.parse_integer, "0", bounds) == "too_low"
    assert refusal(numbers.parse_integer, "21", bounds) == "too_high"
    assert refusal(numbers.parse_integer, "3,5", bounds) == "not_integer"
    assert numbers.parse_decimal({"": ["-12,50"]}, FREE) == "-12.5"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("06.12.34.56.78", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("0590 20 12 34", "+590590201234"),
        ("0596 30 12 34", "+596596301234"),
        ("0269 50 12 34", "+262269501234"),
        ("06 39 98 12 34", "+33639981234"),
        ("+44 20 7946 0958", "+442079460958"),
    ],
)
def test_it_reads_a_telephone_number(typed: str, number: str) -> None:
    assert contacts.parse_phone({"": [typed]}) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("06 12 34", "phone_too_short"),
        ("06 12 34 56 78 90", "phone_too_long"),
        ("zéro six", "phone_letters"),
        ("0000000000", "phone_invalid"),
    ],
)
def test_it_says_what_is_wrong_with_a_telephone_number(typed: str, code: str) -> None:
    assert refusal(contacts.parse_phone, typed) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("jeanne.example.fr", "email_no_at"),
        ("a@b@c.fr", "email_two_at"),
        ("jeanne@example", "email_half"),
        ("jeanne durand@example.fr", "email_space"),
        ("élo@example.fr", "email_invalid"),
        (f"{'a' * 250}@example.fr", "too_long"),
    ],
)
def test_it_says_what_is_wrong_with_an_e_mail_address(typed: str, code: str) -> None:
    assert refusal(contacts.parse_email, typed) == code


def test_it_forgives_spaces_around_the_signs_of_an_address() -> None:
    assert contacts.parse_email({"": [" jeanne @ Example . FR "]}) == "jeanne@example.fr"


def test_it_reads_postal_codes() -> None:
    assert places.parse_postal_code({"": ["35 000"]}) == "35000"
    assert places.parse_postal_code({"": ["F-35000"]}) == "35000"
    assert refusal(places.parse_postal_code, "3500") == "postal_code_length"
    assert refusal(places.parse_postal_code, "99000") == "postal_code_unknown"
    assert refusal(places.parse_postal_code, "2A004") == "postal_code_characters"


@pytest.mark.parametrize(
    ("missing", "code"),
    [("street", "address_street"), ("postal_code", "address_postal_code"), ("city", "address_city")],
)
def test_it_names_the_missing_part_of_an_address(missing: str, code: str) -> None:
    raw = {"street": ["12 rue des Lilas"], "complement": [""], "postal_code": ["35000"], "city": ["Rennes"]}
    with pytest.raises(Refused) as caught:
        places.parse_address({**raw, missing: [" "]})
    assert (caught.value.code, caught.value.part) == (code, missing)


def test_it_finds_a_commune_by_its_name() -> None:
    assert places.parse_commune({"": ["rennes"]}) == {"code": "35238", "name": "Rennes"}
    assert places.parse_commune({"": ["Saint Etienne"]}) == {"code": "42218", "name": "Saint-Étienne"}


def test_it_asks_which_commune_where_several_bear_the_name() -> None:
    assert refusal(places.parse_commune, "st denis") == "commune_several"
    assert places.parse_commune({"": ["st denis"], "postcode": ["97400"]}) == {"code": "97411", "name": "Saint-Denis"}
    assert places.parse_commune({"": ["st denis"], "postcode": ["93"]}) == {"code": "93066", "name": "Saint-Denis"}
    assert refusal(places.parse_commune, {"": ["st denis"], "postcode": ["35000"]}) == "commune_elsewhere"


def test_a_commune_that_is_no_longer_listed_is_taken_as_written() -> None:
    assert places.parse_commune({"": ["Trifouilly"]}) == {"code": None, "name": "Trifouilly"}


def test_it_reads_departments_and_countries_by_code_or_name() -> None:
    assert places.parse_department({"": ["1"]}) == "01"
    assert places.parse_department({"": ["2a"]}) == "2A"
    assert places.parse_department({"": ["ille et vilaine"]}) == "35"
    assert places.parse_country({"": ["cote d'ivoire"]}) == "CI"
    assert refusal(places.parse_department, "Bretagne") == "department_unknown"
    assert refusal(places.parse_country, "Atlantide") == "country_unknown"
    assert len(places.departments()) >= 101


@pytest.mark.parametrize(
    ("read", "typed", "number"),
    [
        (identifiers.parse_iban, "fr76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189"),
        (identifiers.parse_iban, "DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        (identifiers.parse_siret, "732 829 320 00074", "73282932000074"),
        (identifiers.parse_nir, "2 95 10 99 126 111 93", "295109912611193"),
        (identifiers.parse_nir, "2 53 07 2B 073 004 70", "253072B07300470"),
    ],
)
def test_it_reads_a_number_with_a_key(read: Any, typed: str, number: str) -> None:
    assert read({"": [typed]}) == number


@pytest.mark.parametrize(
    ("read", "typed", "code"),
    [
        (identifiers.parse_iban, "FR76 3000 6000 0112 3456 7890 188", "iban_key"),
        (identifiers.parse_iban, "FR76 3000", "iban_length"),
        (identifiers.parse_iban, "3000 6000", "iban_country"),
        (identifiers.parse_siret, "732829320", "siret_is_siren"),
        (identifiers.parse_siret, "732 829 320 00075", "siret_key"),
        (identifiers.parse_siret, "12345", "siret_length"),
        (identifiers.parse_nir, "2 95 10 99 126 111", "nir_without_key"),
        (identifiers.parse_nir, "2 95 10 99 126 111 94", "nir_key"),
        (identifiers.parse_nir, "2 95 10", "nir_length"),
        (identifiers.parse_nir, "deux", "nir_characters"),
    ],
)
def test_it_says_what_is_wrong_with_a_number(read: Any, typed: str, code: str) -> None:
    assert refusal(read, typed) == code


def test_text_is_composed_and_loses_what_nobody_sees() -> None:
    assert texts.parse_text({"": ["  Zoe\u0308\x00\u200b \u202e Du\trand\n"]}, FREE) == "Zoë Du rand"
    assert texts.parse_long_text({"": ["a\r\n\r\n\r\n\r\nb\x07  c "]}, FREE) == "a\n\nb c"


def test_text_is_bounded_and_keeps_to_its_pattern() -> None:
    assert refusal(texts.parse_text, "a" * 301, FREE) == "too_long"
    assert refusal(texts.parse_text, "abc", Constraints(pattern="[0-9]+")) == "invalid"


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert texts.clean(texts.clean(text)) == texts.clean(text)
    assert texts.clean_lines(texts.clean_lines(text)) == texts.clean_lines(text)
