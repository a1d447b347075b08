"""Any value said in any usual way is understood as itself, or asked about; never as another value."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.fr import nir, siret
from stdnum.iso7064 import mod_97_10

from accessform.answers.contacts import parse_phone
from accessform.answers.places import communes, countries, departments
from accessform.answers.refusals import Refused
from accessform.speech.readback import spoken_value
from accessform.speech.understanding.understanding import understand
from accessform.speech.understanding.understood import Outcome
from forms_catalog.definition import Constraints, QuestionType
from tests.speech import spoken_forms

pytestmark = pytest.mark.slow

TODAY = dt.date(2026, 11, 22)
BORN = Constraints(min="1900-01-01", max="today")
FIGURES = "0123456789"
MANY = settings(max_examples=150, deadline=None)


def holds(kind: str, forms: list[str], value: object, constraints: Constraints | None = None) -> None:
    for said in forms:
        found = understand(kind, said, today=TODAY, constraints=constraints)
        assert found.outcome in {Outcome.VALUE, Outcome.ASK}, (said, found)
        if found.outcome is Outcome.VALUE:
            assert found.value == value, (said, found)


def figures(length: int) -> st.SearchStrategy[str]:
    return st.text(FIGURES, min_size=length, max_size=length)


@MANY
@given(st.integers(0, 3_000_000))
def test_integers(value: int) -> None:
    holds("integer", spoken_forms.numbers(value), value)


@pytest.mark.parametrize(
    "value", [0, 1, 21, 70, 71, 77, 80, 81, 91, 99, 100, 101, 180, 200, 999, 1000, 1001, 1100, 2000, 80_000, 200_000]
)
def test_integers_of_every_shape_are_right(value: int) -> None:
    for said in spoken_forms.numbers(value):
        assert understand("integer", said).value == value, said


@MANY
@given(st.integers(0, 100_000), st.text(FIGURES, min_size=1, max_size=3).filter(lambda text: not text.endswith("0")))
def test_decimals(whole: int, fraction: str) -> None:
    holds("decimal", spoken_forms.decimals(whole, fraction), f"{whole}.{fraction}")


@MANY
@given(st.decimals(0, 200_000, places=2))
def test_amounts(value: Decimal) -> None:
    holds("money", spoken_forms.amounts(value), format(value, "f"))


@MANY
@given(st.dates(dt.date(1900, 1, 1), TODAY))
def test_days_of_birth(day: dt.date) -> None:
    holds("date", spoken_forms.dates(day), day.isoformat(), BORN)


@MANY
@given(st.dates(dt.date(1930, 1, 1), dt.date(1999, 12, 31)))
def test_full_days_are_right(day: dt.date) -> None:
    for said in spoken_forms.dates(day)[:5]:
        assert understand("date", said, today=TODAY, constraints=BORN).value == day.isoformat(), said


@MANY
@given(st.datetimes(dt.datetime.fromisoformat("2020-01-01"), dt.datetime.fromisoformat("2030-01-01")))
def test_moments(moment: dt.datetime) -> None:
    value = f"{moment.date().isoformat()}T{moment.hour:02}:{moment.minute:02}"
    holds("datetime", spoken_forms.moments(moment), value)


@MANY
@given(st.sampled_from("67"), figures(8))
def test_telephones(first: str, rest: str) -> None:
    said = f"0{first}{rest}"
    try:
        value = parse_phone({"": [said]})
    except Refused:
        value = None
    holds("phone", spoken_forms.in_pairs(said), value)


@MANY
@given(figures(5).filter(lambda code: "01" <= code[:2] <= "98"))
def test_postal_codes(code: str) -> None:
    holds("postal_code", spoken_forms.postal_codes(code), code)


@MANY
@given(figures(13))
def test_establishments(start: str) -> None:
    number = next(start + check for check in FIGURES if siret.luhn.is_valid(start + check))
    if not siret.is_valid(number):
        return
    holds("siret", spoken_forms.in_threes(number) + spoken_forms.in_pairs(number), number)


@MANY
@given(st.sampled_from("12"), figures(2), st.integers(1, 12), st.integers(1, 95), figures(6))
def test_social_security(sex: str, year: str, month: int, department: int, rest: str) -> None:
    start = f"{sex}{year}{month:02}{department:02}{rest}"
    number = start + nir.calc_check_digits(start)
    if not nir.is_valid(number):
        return
    pairs = [number[:1], number[1:3], number[3:5], number[5:7], number[7:10], number[10:13], number[13:]]
    spoken = [spoken_forms.in_threes(group)[0] for group in pairs]
    holds("nir", [" ".join(spoken), ", ".join(spoken), " ".join(pairs), number], number)


@MANY
@given(figures(23))
def test_accounts(account: str) -> None:
    number = f"FR{mod_97_10.calc_check_digits(account + 'FR')}{account}"
    groups = " ".join(number[start : start + 4] for start in range(0, 27, 4))
    pairs = spoken_forms.in_pairs(number[2:])
    holds("iban", [number, groups, f"F R {pairs[1]}", f"FR {pairs[3]}", f"F comme François R {pairs[0]}"], number)


@MANY
@given(st.sampled_from(sorted(key for key in communes())))
def test_communes(key: str) -> None:
    for code, name, postcodes in communes()[key]:
        forms = [name, f"à {name}", f"j'habite à {name}", name.replace("-", " ").lower(), f"{name} {postcodes[0]}"]
        for said in forms:
            found = understand("commune", said)
            assert found.outcome is Outcome.ASK or found.value == code, (said, found)


@pytest.mark.parametrize("code", sorted(departments()))
def test_departments(code: str) -> None:
    name = departments()[code]
    for said in (name, name.lower().replace("-", " "), code, f"le {code}", f"dans {name}"):
        assert understand("department", said).value == code, said


@pytest.mark.parametrize("code", sorted(countries()))
def test_countries(code: str) -> None:
    name = countries()[code]
    for said in (name, name.lower().replace("-", " "), f"en {name}"):
        assert understand("country", said).value == code, said


NAMES = st.text("abcdefghilmnoprstuvz", min_size=3, max_size=10)


@MANY
@given(NAMES)
def test_spelled_names(name: str) -> None:
    holds("text", spoken_forms.spelled(name)[:3], name.capitalize())


@MANY
@given(
    st.lists(NAMES, min_size=1, max_size=3),
    st.sampled_from("._-"),
    st.sampled_from(["gmail.com", "orange.fr", "laposte.net"]),
)
def test_addresses_of_mail(parts: list[str], sign: str, domain: str) -> None:
    local = sign.join(parts)
    holds("email", spoken_forms.emails(local, domain), f"{local}@{domain}")


SPOKEN = {
    "integer": st.integers(0, 10**7),
    "money": st.decimals(0, 10**6, places=2).map(lambda value: format(value, "f")),
    "date": st.dates(dt.date(1900, 1, 1), TODAY).map(dt.date.isoformat),
    "phone": figures(7).map(lambda rest: f"+3361{rest}"),
    "postal_code": figures(5).filter(lambda code: "01" <= code[:2] <= "98"),
    "department": st.sampled_from(sorted(departments())),
    "country": st.sampled_from(sorted(countries())),
    "yes_no": st.booleans(),
}


@pytest.mark.parametrize("kind", SPOKEN)
def test_what_is_read_back_is_understood_as_itself(kind: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(SPOKEN[kind])
    def tried(value: object) -> None:
        found = understand(kind, spoken_value(QuestionType(kind), value), today=TODAY)
        assert found.outcome is Outcome.ASK or found.value == value, found

    tried()
