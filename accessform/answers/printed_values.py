"""How a canonical answer is written for a person to read: dates in words, French amounts, labels of choices. Pure."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers

from accessform.answers.places import countries, departments
from accessform.plain_language import interface
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import Question, QuestionType

NBSP = "\u00a0"

Writer = Callable[[Question, Any, ReadingLevel], str]

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

CIVILITIES = {"mme": "Madame", "m": "Monsieur", "mr": "Monsieur"}

SIRET_GROUPS = (3, 3, 3, 5)
NIR_GROUPS = (1, 2, 2, 2, 3, 3, 2)


def printed(question: Question, value: Any, level: ReadingLevel = ReadingLevel.STANDARD) -> str:
    """Return `value` as a person reads it, "" where there is no answer.

    Labels of choices come at `level`; what is sent, printed as proof or exported uses the default, the official one.
    A value that does not fit its type is returned as text rather than lost.
    """
    if is_blank(value):
        return ""
    write = WRITERS.get(question.type)
    try:
        return write(question, value, level) if write else str(value)
    except (ValueError, TypeError, AttributeError, InvalidOperation):
        return str(value)


def is_blank(value: Any) -> bool:
    """Tell whether a canonical value holds no answer (False and 0 are answers)."""
    if value is None or value in ("", []):
        return True
    return isinstance(value, dict) and not any(value.values())


def date_in_words(day: dt.date) -> str:
    """Return « 3 mars 1948 », and « 1er » for the first of a month."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def moment_in_words(moment: dt.datetime) -> str:
    """Return « 21 novembre 2026 à 14 h 30 », in the zone that `moment` carries."""
    return f"{date_in_words(moment.date())} à {moment.hour}{NBSP}h{NBSP}{moment.minute:02}"


def _grouped(digits: str, groups: tuple[int, ...]) -> str:
    """Cut a string into groups of the given lengths, separated by no-break spaces."""
    parts, start = [], 0
    for length in groups:
        parts.append(digits[start : start + length])
        start += length
    return NBSP.join(part for part in [*parts, digits[start:]] if part)


def _number(value: Any, *, group_from: int) -> str:
    """Write a number with a decimal comma, thousands apart from `group_from` digits on."""
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError("not a finite number")
    sign = "-" if number < 0 else ""
    whole, _, fraction = format(abs(number), "f").partition(".")
    if len(whole) >= group_from:
        whole = f"{int(whole):,}".replace(",", NBSP)
    return f"{sign}{whole},{fraction}" if fraction else sign + whole


def _count(question: Question, value: Any, level: ReadingLevel) -> str:
    return _number(value, group_from=5)


def _money(question: Question, value: Any, level: ReadingLevel) -> str:
    amount = Decimal(str(value))
    if amount == amount.quantize(Decimal("0.01")):
        amount = amount.quantize(Decimal("0.01"))
    return f"{_number(amount, group_from=4)}{NBSP}€"


def _date(question: Question, value: Any, level: ReadingLevel) -> str:
    return date_in_words(dt.date.fromisoformat(value))


def _datetime(question: Question, value: Any, level: ReadingLevel) -> str:
    return moment_in_words(dt.datetime.fromisoformat(value))


def _yes_no(question: Question, value: Any, level: ReadingLevel) -> str:
    return "Oui" if value is True or value == "yes" else "Non"


def _choice_label(question: Question, key: Any, level: ReadingLevel) -> str:
    return next(
        (choice.label.at(level) for choice in question.choices if choice.key == key),
        str(key),
    )


def _choices(question: Question, value: Any, level: ReadingLevel) -> str:
    return f"{NBSP}; ".join(_choice_label(question, key, level) for key in value)


def _civility(question: Question, value: Any, level: ReadingLevel) -> str:
    return CIVILITIES.get(value, str(value))


def phone_in_figures(value: str) -> str:
    """Return « 06 12 34 56 78 » for +33612345678, « +32 … » for a number abroad; what is no number stays as it is."""
    try:
        number = phonenumbers.parse(value, "FR")
    except phonenumbers.NumberParseException:
        return value
    national = number.country_code == 33
    kind = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, kind).replace(" ", NBSP)


def _phone(question: Question, value: Any, level: ReadingLevel) -> str:
    return phone_in_figures(str(value))


def _address(question: Question, value: Mapping[str, str], level: ReadingLevel) -> str:
    town = " ".join(part for part in (value.get("postal_code"), value.get("city")) if part)
    return ", ".join(part for part in (value.get("street"), value.get("complement"), town) if part)


def _commune(question: Question, value: Mapping[str, str], level: ReadingLevel) -> str:
    return str(value.get("name") or value["code"])


def _department(question: Question, value: str, level: ReadingLevel) -> str:
    name = departments().get(value)
    return f"{name} ({value})" if name else value


def _country(question: Question, value: str, level: ReadingLevel) -> str:
    return countries().get(value, value)


def _iban(question: Question, value: str, level: ReadingLevel) -> str:
    return _grouped(value, (4,) * 9)


def _siret(question: Question, value: str, level: ReadingLevel) -> str:
    return _grouped(value, SIRET_GROUPS)


def _nir(question: Question, value: str, level: ReadingLevel) -> str:
    return _grouped(value, NIR_GROUPS)


def _files(question: Question, value: Mapping[str, Any], level: ReadingLevel) -> str:
    how = value.get("how")
    if how in {"later", "bring"}:
        return interface.text(f"receipt.file_{how}", level)
    count = len(value.get("files") or [])
    if count == 0:
        return ""
    return interface.text("receipt.file_one" if count == 1 else "receipt.file_many", level, count=count)


def _group(question: Question, value: list[Any], level: ReadingLevel) -> str:
    return str(len(value))


WRITERS: dict[QuestionType, Writer] = {
    QuestionType.INTEGER: _count,
    QuestionType.DECIMAL: _count,
    QuestionType.MONEY: _money,
    QuestionType.DATE: _date,
    QuestionType.DATETIME: _datetime,
    QuestionType.YES_NO: _yes_no,
    QuestionType.CHECKBOX: _yes_no,
    QuestionType.SINGLE_CHOICE: _choice_label,
    QuestionType.MULTIPLE_CHOICE: _choices,
    QuestionType.CIVILITY: _civility,
    QuestionType.PHONE: _phone,
    QuestionType.ADDRESS: _address,
    QuestionType.COMMUNE: _commune,
    QuestionType.DEPARTMENT: _department,
    QuestionType.COUNTRY: _country,
    QuestionType.IBAN: _iban,
    QuestionType.SIRET: _siret,
    QuestionType.NIR: _nir,
    QuestionType.FILE: _files,
    QuestionType.IDENTITY_DOCUMENT: _files,
    QuestionType.GROUP: _group,
}
