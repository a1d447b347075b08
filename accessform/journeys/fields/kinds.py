"""Each type of question: its control, its parts, and the function that reads it. Pure."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accessform.answers import choices, contacts, dates, identifiers, numbers, places, texts, ways
from accessform.answers.refusals import Raw
from forms_catalog.definition import Question, QuestionType

Reader = Callable[[Question, Raw, dt.date], Any]


@dataclass(frozen=True)
class Part:
    """One control of an answer that has several. `label` names the wording `journeys.part_<label>`."""

    name: str
    autocomplete: str = ""
    inputmode: str = "text"
    short: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Kind:
    """How one type of question is shown and read.

    `control` chooses the branch of templates/journeys/field.html; `width` is "short" where the answer is.
    """

    read: Reader
    control: str = "line"
    input_type: str = "text"
    inputmode: str = "text"
    autocomplete: str = ""
    width: str = ""
    parts: tuple[Part, ...] = ()
    options: Callable[[], dict[str, str]] | None = None

    @property
    def reads_signs(self) -> bool:
        """Whether a keyboard of digits alone would keep out a way of writing that is read."""
        return self.inputmode in {"numeric", "decimal", "tel"}

    def part_names(self) -> tuple[str, ...]:
        """Return the names of the parts, "" for a question of one part."""
        return tuple(part.name for part in self.parts) or ("",)


def _keys(question: Question) -> list[str]:
    return [choice.key for choice in question.choices]


ADDRESS_PARTS = (
    Part("street", "address-line1"),
    Part("complement", "address-line2", optional=True),
    Part("postal_code", "postal-code", "numeric", short=True),
    Part("city", "address-level2"),
)
DATETIME_PARTS = (Part("date", short=True), Part("time", short=True))
COMMUNE_PARTS = (Part(""), Part("postcode", inputmode="numeric", short=True, optional=True))

FILE_PARTS = (Part("how"), Part("files"))

_T = QuestionType
KINDS: dict[QuestionType, Kind] = {
    _T.TEXT: Kind(lambda q, raw, today: texts.parse_text(raw, q.constraints)),
    _T.LONG_TEXT: Kind(lambda q, raw, today: texts.parse_long_text(raw, q.constraints), control="lines"),
    _T.INTEGER: Kind(
        lambda q, raw, today: numbers.parse_integer(raw, q.constraints), inputmode="numeric", width="short"
    ),
    _T.DECIMAL: Kind(
        lambda q, raw, today: numbers.parse_decimal(raw, q.constraints), inputmode="decimal", width="short"
    ),
    _T.MONEY: Kind(lambda q, raw, today: numbers.parse_money(raw, q.constraints), inputmode="decimal", width="short"),
    _T.DATE: Kind(lambda q, raw, today: dates.parse_date(raw, q.constraints, today), width="short"),
    _T.DATETIME: Kind(
        lambda q, raw, today: dates.parse_datetime(raw, q.constraints, today), control="parts", parts=DATETIME_PARTS
    ),
    _T.YES_NO: Kind(lambda q, raw, today: choices.parse_yes_no(raw), control="one_of"),
    _T.SINGLE_CHOICE: Kind(lambda q, raw, today: choices.parse_one_of(raw, _keys(q)), control="one_of"),
    _T.MULTIPLE_CHOICE: Kind(lambda q, raw, today: choices.parse_some_of(raw, _keys(q)), control="some_of"),
    _T.CIVILITY: Kind(lambda q, raw, today: choices.parse_one_of(raw, choices.CIVILITIES), control="one_of"),
    _T.EMAIL: Kind(
        lambda q, raw, today: contacts.parse_email(raw), input_type="email", inputmode="email", autocomplete="email"
    ),
    _T.PHONE: Kind(
        lambda q, raw, today: contacts.parse_phone(raw),
        input_type="tel",
        inputmode="tel",
        autocomplete="tel",
        width="short",
    ),
    _T.ADDRESS: Kind(lambda q, raw, today: places.parse_address(raw), control="parts", parts=ADDRESS_PARTS),
    _T.POSTAL_CODE: Kind(
        lambda q, raw, today: places.parse_postal_code(raw),
        inputmode="numeric",
        autocomplete="postal-code",
        width="short",
    ),
    _T.COMMUNE: Kind(lambda q, raw, today: places.parse_commune(raw), control="parts", parts=COMMUNE_PARTS),
    _T.DEPARTMENT: Kind(
        lambda q, raw, today: places.parse_department(raw), control="listed", options=places.departments
    ),
    _T.COUNTRY: Kind(
        lambda q, raw, today: places.parse_country(raw),
        control="listed",
        autocomplete="country",
        options=places.countries,
    ),
    _T.IBAN: Kind(lambda q, raw, today: identifiers.parse_iban(raw)),
    _T.SIRET: Kind(lambda q, raw, today: identifiers.parse_siret(raw), inputmode="numeric", width="short"),
    _T.NIR: Kind(lambda q, raw, today: identifiers.parse_nir(raw)),
    _T.FILE: Kind(lambda q, raw, today: ways.parse_way(q, raw), control="files", parts=FILE_PARTS),
    _T.IDENTITY_DOCUMENT: Kind(lambda q, raw, today: ways.parse_way(q, raw), control="files", parts=FILE_PARTS),
    _T.CHECKBOX: Kind(lambda q, raw, today: choices.parse_checkbox(raw), control="box"),
}
