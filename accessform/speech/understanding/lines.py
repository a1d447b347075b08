"""`manage.py speech understand --jsonl`: one JSON object in, one out."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from accessform.speech.understanding.understanding import understand
from forms_catalog.definition import Constraints, QuestionType


class BadLine(ValueError):
    """A line that is no question with its transcript; the text says why."""


def answer_lines(lines: Iterable[str], today: dt.date) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield for each line its answer and whether it could be read; blank lines are left out."""
    for line in lines:
        if line.strip():
            yield answer_line(line, today)


def answer_line(line: str, today: dt.date) -> tuple[dict[str, Any], bool]:
    """Return the answer to one line, or {"error"} with the reason; `today` is used where the line has none."""
    identity: dict[str, Any] = {}
    try:
        asked = _object(line)
        if "id" in asked:
            identity = {"id": asked["id"]}
        return identity | _answer(asked, today), True
    except BadLine as error:
        return identity | {"error": str(error)}, False


def _object(line: str) -> Mapping[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine("cette ligne n'est pas du JSON") from error
    if not isinstance(asked, dict):
        raise BadLine("cette ligne n'est pas un objet JSON")
    return asked


def _answer(asked: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    kind, transcript = asked.get("type"), asked.get("transcript")
    if not isinstance(kind, str) or kind not in set(QuestionType):
        raise BadLine(f"« type » n'est pas un type de question : {kind!r}")
    if not isinstance(transcript, str):
        raise BadLine("« transcript » doit être un texte")
    try:
        return understand(
            kind,
            transcript,
            choices=_choices(asked),
            today=_day(asked, today),
            constraints=_constraints(asked),
            pending=_mapping(asked, "pending"),
        ).as_json()
    except ValueError as error:
        raise BadLine(f"« constraints » ne va pas avec ce type : {error}") from error


def _mapping(asked: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    value = asked.get(name)
    if value is not None and not isinstance(value, dict):
        raise BadLine(f"« {name} » doit être un objet")
    return value


def _choices(asked: Mapping[str, Any]) -> Mapping[str, str] | None:
    choices = _mapping(asked, "choices")
    if choices and not all(isinstance(label, str) for label in choices.values()):
        raise BadLine("« choices » doit donner un texte à chaque clé")
    return choices


def _day(asked: Mapping[str, Any], today: dt.date) -> dt.date:
    value = asked.get("today")
    if value is None:
        return today
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BadLine("« today » doit être une date, AAAA-MM-JJ") from error


def _constraints(asked: Mapping[str, Any]) -> Constraints:
    try:
        return Constraints.model_validate(_mapping(asked, "constraints") or {})
    except ValidationError as error:
        reasons = " ; ".join(str(problem["msg"]) for problem in error.errors())
        raise BadLine(f"« constraints » : {reasons}") from error
