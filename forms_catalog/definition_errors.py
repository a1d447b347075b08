"""What the typed models refuse, said in words that a designer understands: what is wrong, and what to write."""

import difflib
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from accessform.plain_language.wording import Variant, Wording
from forms_catalog import conditions, definition
from forms_catalog.findings import Location, Remark

MODELS: tuple[type[BaseModel], ...] = (
    Variant,
    Wording,
    conditions.Condition,
    definition.ErrorTexts,
    definition.Choice,
    definition.Constraints,
    definition.Question,
    definition.Step,
    definition.Service,
    definition.AfterSending,
    definition.DocumentToGather,
    definition.BeforeYouStart,
    definition.VariantDefaults,
    definition.FormDefinition,
)
KEYS = sorted({field.alias or name for model in MODELS for name, field in model.model_fields.items()})

OTHER_NAMES = {
    "textarea": "long_text",
    "string": "text",
    "number": "integer",
    "integer_number": "integer",
    "decimal_number": "decimal",
    "boolean": "yes_no",
    "oui_non": "yes_no",
    "drop_down_list": "single_choice",
    "radio": "single_choice",
    "select": "single_choice",
    "multiple_drop_down_list": "multiple_choice",
    "checkboxes": "multiple_choice",
    "communes": "commune",
    "departements": "department",
    "pays": "country",
    "tel": "phone",
    "piece_justificative": "file",
    "titre_identite": "identity_document",
    "repetition": "group",
    "header_section": "section",
}
"""Types of question as demarches-simplifiees and HTML name them, with ours."""

SHORTENED = 60
"""Characters of a refused value that a message repeats."""

PATTERNS = {
    "slug": "« {value} » ne peut pas servir d'adresse. Écrivez des minuscules sans accent, des chiffres et des tirets.",
    "id": "« {value} » ne peut pas servir d'identifiant. Écrivez des minuscules sans accent et des chiffres, "
    "reliés par « _ » pour une question, par « - » pour une étape.",
    "key": "« {value} » ne peut pas servir de clé. Écrivez des minuscules sans accent, des chiffres, « _ » ou « - ».",
    "question": "« {value} » n'est pas un identifiant de question.",
}


def remarks_of(error: ValidationError, source: Any) -> list[Remark]:
    """Return one remark for each place that the models refuse; the several ways of a union count once.

    pydantic calls a list too short when none of its elements is right; where it holds some, their own remarks suffice.
    """
    remarks: dict[Location, Remark] = {}
    for details in error.errors(include_url=False, include_context=True):
        location, value = _locate(details["loc"], source)
        if details["type"] == "too_short" and value:
            continue
        if details["type"] == "missing":
            location = location[:-1] if location and location[-1] == details["loc"][-1] else location
            key: Location = (*location, "missing", details["loc"][-1])
        else:
            key = location
        message = MESSAGES.get(details["type"], _other)(details, location, value)
        remarks.setdefault(key, Remark(location, f"form.{details['type']}", message))
    return list(remarks.values())


def _locate(loc: tuple[int | str, ...], source: Any) -> tuple[Location, Any]:
    """Follow pydantic's location into the source as it was written; stop where the source says it more shortly."""
    location: list[str | int] = []
    value = source
    for part in loc:
        if isinstance(value, Mapping) and isinstance(part, int):
            continue
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            break
        location.append(part)
    return tuple(location), value


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= SHORTENED else text[: SHORTENED - 1] + "…"


def _missing(details: ErrorDetails, location: Location, value: Any) -> str:
    return f"Il manque « {details['loc'][-1]} ». Ajoutez cette ligne dans ce bloc."


def _unknown_key(details: ErrorDetails, location: Location, value: Any) -> str:
    key = str(details["loc"][-1])
    near = difflib.get_close_matches(key, KEYS, n=1, cutoff=0.7)
    advice = (
        f"Vouliez-vous écrire « {near[0]} » ?" if near and near[0] != key else "Effacez cette ligne ou déplacez-la."
    )
    return f"« {_short(key)} » n'est pas connu à cet endroit. {advice}"


def _text(details: ErrorDetails, location: Location, value: Any) -> str:
    if isinstance(value, bool | int | float):
        return f"Il faut ici un texte. Mettez « {value} » entre guillemets."
    if value is None:
        return "Il faut ici un texte, et la ligne est vide. Écrivez-le, ou effacez la ligne."
    return "Il faut ici un texte, pas une liste ni un bloc."


def _empty(details: ErrorDetails, location: Location, value: Any) -> str:
    shortest = (details.get("ctx") or {}).get("min_length", 1)
    return "Ce texte est vide. Écrivez-le." if shortest == 1 else f"Ce texte doit avoir au moins {shortest} caractères."


def _too_long(details: ErrorDetails, location: Location, value: Any) -> str:
    return f"Ce texte est trop long : {details['ctx']['max_length']} caractères au plus."


def _pattern(details: ErrorDetails, location: Location, value: Any) -> str:
    words = PATTERNS.get(str(location[-1]) if location else "", "« {value} » n'a pas la forme attendue.")
    return words.format(value=_short(value))


def _one_of(details: ErrorDetails, location: Location, value: Any) -> str:
    if location == ("accessform",):
        return "Ce numéro de format n'est pas connu. Écrivez « accessform: 1 »."
    if location and location[-1] == "type":
        allowed = [kind.value for kind in definition.QuestionType]
        meant = OTHER_NAMES.get(str(value), str(value))
    else:
        allowed = [word.strip("'") for word in details["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        meant = str(value)
    near = difflib.get_close_matches(meant, allowed, n=1, cutoff=0.6)
    advice = f"Vouliez-vous écrire « {near[0]} » ?" if near else f"Les valeurs possibles sont : {', '.join(allowed)}."
    return f"« {_short(value)} » n'est pas connu ici. {advice}"


def _block(details: ErrorDetails, location: Location, value: Any) -> str:
    if isinstance(value, bool | int | float):
        return f"Il faut ici un texte. Mettez « {value} » entre guillemets."
    return "Il faut ici un texte, ou un bloc : des lignes « nom: valeur » en retrait."


def _list(details: ErrorDetails, location: Location, value: Any) -> str:
    return "Il faut ici une liste : des lignes qui commencent par un tiret."


def _empty_list(details: ErrorDetails, location: Location, value: Any) -> str:
    return "Cette liste est vide. Il y faut au moins un élément."


def _number(details: ErrorDetails, location: Location, value: Any) -> str:
    return f"« {_short(value)} » n'est pas un nombre. Écrivez-le en chiffres, sans guillemets."


def _bound(details: ErrorDetails, location: Location, value: Any) -> str:
    context = details["ctx"]
    bounds = {"ge": "au moins", "gt": "plus de", "le": "au plus", "lt": "moins de"}
    said = ", ".join(f"{words} {context[name]}" for name, words in bounds.items() if name in context)
    return f"« {_short(value)} » est hors des limites : il faut {said}."


def _yes_no(details: ErrorDetails, location: Location, value: Any) -> str:
    return f"« {_short(value)} » n'est ni vrai ni faux. Écrivez true (oui) ou false (non)."


def _date(details: ErrorDetails, location: Location, value: Any) -> str:
    return f"« {_short(value)} » n'est pas une date. Écrivez-la ainsi : 2026-11-21."


def _said(details: ErrorDetails, location: Location, value: Any) -> str:
    reason = str(details["ctx"]["error"])
    return f"{reason[:1].upper()}{reason[1:]}."


def _other(details: ErrorDetails, location: Location, value: Any) -> str:
    return f"« {_short(value)} » ne convient pas ici ({details['type']})."


MESSAGES: dict[str, Callable[[ErrorDetails, Location, Any], str]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "string_type": _text,
    "string_too_short": _empty,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _pattern,
    "enum": _one_of,
    "literal_error": _one_of,
    "model_type": _block,
    "model_attributes_type": _block,
    "dict_type": _block,
    "tuple_type": _list,
    "list_type": _list,
    "too_short": _empty_list,
    "int_type": _number,
    "int_parsing": _number,
    "int_from_float": _number,
    "float_type": _number,
    "float_parsing": _number,
    "greater_than_equal": _bound,
    "less_than_equal": _bound,
    "greater_than": _bound,
    "less_than": _bound,
    "bool_type": _yes_no,
    "bool_parsing": _yes_no,
    "date_type": _date,
    "date_parsing": _date,
    "date_from_datetime_parsing": _date,
    "date_from_datetime_inexact": _date,
    "value_error": _said,
}
