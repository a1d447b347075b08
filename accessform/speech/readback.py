"""A canonical answer as words that cannot be misheard, and which answers wait for « Est-ce exact ? ». Pure."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from accessform.answers.places import communes, countries, departments
from accessform.answers.printed_values import CIVILITIES, MONTHS
from accessform.speech.normalising import numbers
from forms_catalog.definition import QuestionType

_T = QuestionType
CONFIRMED = frozenset({
    _T.DATE, _T.DATETIME, _T.INTEGER, _T.DECIMAL, _T.MONEY, _T.PHONE, _T.POSTAL_CODE, _T.SIRET, _T.NIR, _T.IBAN,
    _T.COMMUNE, _T.DEPARTMENT, _T.COUNTRY, _T.EMAIL, _T.TEXT, _T.LONG_TEXT, _T.ADDRESS, _T.SINGLE_CHOICE,
    _T.MULTIPLE_CHOICE, _T.CIVILITY, _T.CHECKBOX,
})  # fmt: skip
"""Types read back with « Est-ce exact ? ». Until human voices are measured, only yes and no goes without."""

SIGNS = {"@": "arobase", ".": "point", "-": "tiret", "_": "tiret bas", "+": "plus", "'": "apostrophe", " ": "espace"}
_GROUPS = {_T.SIRET: (3, 3, 3, 5), _T.NIR: (1, 2, 2, 2, 3, 3, 2), _T.IBAN: (4,) * 9, _T.POSTAL_CODE: (2, 3)}


def needs_confirmation(kind: QuestionType) -> bool:
    """Tell whether a value of this type is read back and waits for a yes."""
    return kind in CONFIRMED


def spoken_value(kind: QuestionType, value: Any, choices: Mapping[str, str] | None = None) -> str:
    """Return `value` in words for a voice: no figure is left that an engine could read otherwise.

    Text stays as it is: it is spelled by `spelled` where a name must be checked. Raises ValueError for a value that is
    not canonical.
    """
    if kind in _LABELLED:
        return _labels(value, choices or {})
    return _SPEAKERS[kind](kind, value) if kind in _SPEAKERS else str(value)


def spelled(text: str) -> str:
    """Return a name letter by letter, accents and signs said: « D, u, p, o, n, t »."""
    return ", ".join(_sign(character) for character in text)


def letter_by_letter(text: str) -> str:
    """Return what is seen where `spelled` is heard: « D, u, p, o, n, t », signs by their names."""
    return ", ".join(SIGNS.get(character, character) for character in text)


def _sign(character: str) -> str:
    if character in SIGNS:
        return SIGNS[character]
    if character.isdigit():
        return numbers.digits(character)
    return _ACCENTED.get(character.lower()) or numbers.spell(character) or character


_ACCENTED = {
    "é": "e accent aigu", "è": "e accent grave", "ê": "e accent circonflexe", "ë": "e tréma", "à": "a accent grave",

    "â": "a accent circonflexe", "î": "i accent circonflexe", "ï": "i tréma", "ô": "o accent circonflexe",
    "ö": "o tréma",
    "ù": "u accent grave", "û": "u accent circonflexe", "ü": "u tréma", "ç": "cé cédille", "ÿ": "i grec tréma",
}  # fmt: skip


def _date(kind: QuestionType, value: str) -> str:
    day = dt.date.fromisoformat(value)
    number = "premier" if day.day == 1 else numbers.cardinal(day.day)
    return f"{number} {MONTHS[day.month - 1]} {numbers.cardinal(day.year)}"


def _moment(kind: QuestionType, value: str) -> str:
    moment = dt.datetime.fromisoformat(value)
    hour = f"{numbers.cardinal(moment.hour, feminine=True)} heure{'s' if moment.hour > 1 else ''}"
    minute = f" {numbers.pair(f'{moment.minute:02}')}" if moment.minute else ""
    return f"{_date(kind, value[:10])}, à {hour}{minute}"


def _number(kind: QuestionType, value: int | str) -> str:
    whole, _, fraction = format(abs(Decimal(str(value))), "f").partition(".")
    said = numbers.decimal(whole, fraction) if fraction else numbers.cardinal(int(whole))
    return f"moins {said}" if Decimal(str(value)) < 0 else said


def _money(kind: QuestionType, value: str) -> str:
    """Return euros and centimes in full; « zéro centime » is left out."""
    amount = Decimal(value)
    euros, cents = divmod(int(abs(amount) * 100), 100)
    said = numbers.cardinal(euros)
    unit = "euro" if euros in {0, 1} else "euros"
    linked = f"{said} d'{unit}" if said.endswith(("million", "millions", "milliard", "milliards")) else f"{said} {unit}"
    if cents:
        linked += f" et {numbers.cardinal(cents)} centime{'s' if cents > 1 else ''}"
    return f"moins {linked}" if amount < 0 else linked


def _phone(kind: QuestionType, value: str) -> str:
    """Return a telephone figure by figure, by twos: heard in pairs of tens they are often mistaken."""
    national = "0" + value[3:] if value.startswith("+33") else value.removeprefix("+")
    start = "plus, " if value.startswith("+") and not value.startswith("+33") else ""
    return start + _in_groups(national, (2,) * ((len(national) + 1) // 2))


def _code(kind: QuestionType, value: str) -> str:
    return _in_groups(value, _GROUPS[kind])


def _in_groups(text: str, groups: Sequence[int]) -> str:
    parts, start = [], 0
    for size in groups:
        parts.append(text[start : start + size])
        start += size
    return ", ".join(numbers.spell(part) for part in parts if part)


def _email(kind: QuestionType, value: str) -> str:
    """Return an address sign by sign before « arobase » and as words after, the ending included."""
    local, _, domain = value.partition("@")
    return f"{spelled(local)}, arobase, {' point '.join(domain.split('.'))}"


def _commune(kind: QuestionType, value: str) -> str:
    """Return the commune with its department: homonyms must be told apart by ear."""
    name = next((found[1] for homonyms in communes().values() for found in homonyms if found[0] == value), value)
    code = value[:3] if value.startswith("97") else value[:2]
    return f"{name}, dans le département {departments()[code]}" if code in departments() else name


def _department(kind: QuestionType, value: str) -> str:
    return f"{departments().get(value, value)}, {numbers.spell(value)}"


def _country(kind: QuestionType, value: str) -> str:
    return countries().get(value, value)


def _yes_no(kind: QuestionType, value: bool) -> str:
    return "oui" if value else "non"


def _labels(value: str | Sequence[str], choices: Mapping[str, str]) -> str:
    labels = CIVILITIES | dict(choices)
    if isinstance(value, str):
        return labels.get(value, value)
    return ", puis ".join(labels.get(key, key) for key in value) or "aucune réponse"


_LABELLED = frozenset({_T.SINGLE_CHOICE, _T.MULTIPLE_CHOICE, _T.CIVILITY})
_SPEAKERS: dict[QuestionType, Callable[[QuestionType, Any], str]] = {
    _T.DATE: _date,
    _T.DATETIME: _moment,
    _T.INTEGER: _number,
    _T.DECIMAL: _number,
    _T.MONEY: _money,
    _T.PHONE: _phone,
    _T.POSTAL_CODE: _code,
    _T.SIRET: _code,
    _T.NIR: _code,
    _T.IBAN: _code,
    _T.EMAIL: _email,
    _T.COMMUNE: _commune,
    _T.DEPARTMENT: _department,
    _T.COUNTRY: _country,
    _T.YES_NO: _yes_no,
    _T.CHECKBOX: _yes_no,
}
