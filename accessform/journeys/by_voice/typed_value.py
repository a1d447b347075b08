"""A value that was understood, as a person would have typed it in the question's own fields. Pure."""

import re
from collections.abc import Callable
from typing import Any

from accessform.answers.choices import NO, YES
from accessform.answers.places import Commune, communes
from forms_catalog.definition import QuestionType

Parts = dict[str, list[str]]

_CODE = re.compile(r"(?<!\d)(\d{2}) ?(\d{3})(?!\d)")
_T = QuestionType


def typed_parts(kind: QuestionType, value: Any) -> Parts:
    """Return part → what is typed there ("" for a question of one part); the form's readers find the same value."""
    write = _WRITERS.get(kind)
    return write(value) if write else {"": [str(value)]}


def _date(value: str) -> str:
    year, month, day = value.split("-")
    return f"{day}/{month}/{year}"


def _moment(value: str) -> Parts:
    day, _, hour = value.partition("T")
    return {"date": [_date(day)], "time": [hour[:5]]}


def _address(line: str) -> Parts:
    """Part a line at its last postal code; without one, all of it is the street."""
    found = list(_CODE.finditer(line))
    if not found:
        return {"street": [line], "postal_code": [""], "city": [""]}
    code = found[-1]
    return {
        "street": [line[: code.start()].strip(" ,;-")],
        "postal_code": [code[1] + code[2]],
        "city": [line[code.end() :].strip(" ,;-.")],
    }


def _commune(code: str) -> Parts:
    """Name the commune, with a postal code that none of its homonyms shares, or its department."""
    for homonyms in communes().values():
        for commune in homonyms:
            if commune[0] == code:
                return {"": [commune[1]], "postcode": [_where(commune, homonyms)] if len(homonyms) > 1 else [""]}
    return {"": [code], "postcode": [""]}


def _where(commune: Commune, homonyms: tuple[Commune, ...]) -> str:
    others = {postcode for other in homonyms if other is not commune for postcode in other[2]}
    return next((postcode for postcode in commune[2] if postcode not in others), commune[0][:2])


def _phone(value: str) -> Parts:
    national = f"0{value[3:]}" if value.startswith("+33") else ""
    return {"": [" ".join(re.findall("..", national)) or value]}


def _decimal(value: Any) -> Parts:
    return {"": [str(value).replace(".", ",")]}


_WRITERS: dict[QuestionType, Callable[[Any], Parts]] = {
    _T.YES_NO: lambda value: {"": [YES if value else NO]},
    _T.CHECKBOX: lambda value: {"": [YES] if value else []},
    _T.MULTIPLE_CHOICE: lambda value: {"": list(value)},
    _T.DATE: lambda value: {"": [_date(value)]},
    _T.DATETIME: _moment,
    _T.ADDRESS: _address,
    _T.COMMUNE: _commune,
    _T.PHONE: _phone,
    _T.MONEY: _decimal,
    _T.DECIMAL: _decimal,
}
