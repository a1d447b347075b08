"""What an operator writes beside recordings: answers.csv or answers.yaml, read strictly, mistakes told by line."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from forms_catalog.definition import WITH_FILES, WITHOUT_ANSWER, Constraints, QuestionType

LISTS = ("answers.csv", "answers.yaml", "answers.yml")
SOUNDS = (".webm", ".ogg", ".oga", ".opus", ".mp4", ".m4a", ".wav", ".flac", ".mp3", ".aac")
BOOLEANS = {"oui": True, "true": True, "vrai": True, "non": False, "false": False, "faux": False}

Value = bool | int | str | list[str]


_PYTHON_TYPES: dict[QuestionType, type] = {
    QuestionType.YES_NO: bool,
    QuestionType.CHECKBOX: bool,
    QuestionType.INTEGER: int,
    QuestionType.MULTIPLE_CHOICE: list,
}
_WRITTEN = {
    QuestionType.DATE: r"\d{4}-\d\d-\d\d",
    QuestionType.DATETIME: r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?",
    QuestionType.DECIMAL: r"-?\d+(\.\d+)?",
    QuestionType.MONEY: r"-?\d+\.\d\d",
    QuestionType.PHONE: r"\+\d{6,15}",
    QuestionType.POSTAL_CODE: r"\d{5}",
    QuestionType.COMMUNE: r"\d[\dAB]\d{3}",
    QuestionType.DEPARTMENT: r"\d[\dAB]\d?",
    QuestionType.COUNTRY: r"[A-Z]{2}",
    QuestionType.SIRET: r"\d{14}",
    QuestionType.NIR: r"[0-9AB]{15}",
    QuestionType.IBAN: r"[A-Z]{2}\d\d[A-Z0-9]{11,30}",
}


class WrongList(ValueError):
    """The folder or its list cannot be used; each entry of `mistakes` says why, in French."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class Answer(BaseModel):
    """One line of the list: what was asked, and what the person meant. No value means that none is to be understood."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    type: QuestionType
    expected: Value | None = None
    choices: dict[str, str] = Field(default_factory=dict)
    transcript: str = ""
    today: dt.date | None = None
    constraints: Constraints = Constraints()

    @model_validator(mode="after")
    def _can_be_said(self) -> "Answer":
        if self.type in WITH_FILES | WITHOUT_ANSWER:
            raise ValueError("la réponse à ce type de question ne se dit pas")
        if self.expected is not None and not _is_canonical(self.type, self.expected):
            raise ValueError(f"« expected » n'est pas une valeur de ce type : {self.expected!r}")
        named = self.expected if isinstance(self.expected, list) else [self.expected]
        strange = [key for key in named if self.choices and self.expected is not None and key not in self.choices]
        if strange:
            raise ValueError(f"« expected » nomme {strange[0]!r}, qui n'est pas dans « choices »")
        return self


def _is_canonical(kind: QuestionType, value: Value) -> bool:
    """Tell whether a value is written as accessform stores it: another way of writing would be counted as wrong."""
    wanted = _PYTHON_TYPES.get(kind, str)
    if type(value) is not wanted:
        return False
    pattern = _WRITTEN.get(kind)
    return pattern is None or re.fullmatch(pattern, str(value)) is not None


@dataclass(frozen=True)
class Recording:
    """A line of the list with its sound."""

    answer: Answer
    file: Path


def recordings_of(folder: Path) -> list[Recording]:
    """Return the recordings of a folder in the order of its list; raises WrongList with all that is wrong."""
    if not folder.is_dir():
        raise WrongList([f"{folder} n'est pas un dossier."])
    lists = [folder / name for name in LISTS if (folder / name).is_file()]
    if len(lists) != 1:
        told = "aucune liste" if not lists else "plusieurs listes"
        raise WrongList([f"{folder} : {told} ; il faut un fichier answers.csv ou answers.yaml."])
    mistakes: list[str] = []
    found = list(_read(lists[0], folder, mistakes))
    if not found and not mistakes:
        mistakes.append(f"{lists[0].name} ne nomme aucun enregistrement.")
    if mistakes:
        raise WrongList(mistakes)
    return found


def _read(listed: Path, folder: Path, mistakes: list[str]) -> Iterator[Recording]:
    """Yield what can be used; note the rest in `mistakes`."""
    sounds = {file.stem: file for file in sorted(folder.iterdir()) if file.suffix.lower() in SOUNDS}
    seen: set[str] = set()
    for where, line in _lines(listed, mistakes):
        try:
            answer = Answer.model_validate(line)
        except ValidationError as error:
            mistakes += [f"{listed.name}, {where} : {_told(problem)}" for problem in error.errors()]
            continue
        file = sounds.get(answer.id) or sounds.get(Path(answer.id).stem)
        if answer.id in seen:
            mistakes.append(f"{listed.name}, {where} : « {answer.id} » est déjà nommé.")
        elif file is None or (Path(answer.id).suffix.lower() in SOUNDS and file.name != answer.id):
            mistakes.append(f"{listed.name}, {where} : aucun son ne s'appelle « {answer.id} ».")
        else:
            yield Recording(answer, file)
        seen.add(answer.id)


def _told(problem: Any) -> str:
    place = ".".join(str(part) for part in problem["loc"] if not str(part).startswith(("bool", "int", "str", "list")))
    if place == "type":
        return f"« type » n'est pas un type de question : {problem['input']!r}."
    return f"« {place} » : {problem['msg']}." if place else f"{problem['msg']}."


def _lines(listed: Path, mistakes: list[str]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    try:
        text = listed.read_text(encoding="utf-8-sig")
        return list(_csv_lines(text) if listed.suffix == ".csv" else _yaml_lines(text))
    except (UnicodeDecodeError, csv.Error, YAMLError, ValueError) as error:
        mistakes.append(f"{listed.name} ne se lit pas : {str(error).splitlines()[0]}.")
        return []


def _yaml_lines(text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    content = YAML(typ="safe", pure=True).load(text)
    if not isinstance(content, list) or not all(isinstance(line, dict) for line in content):
        raise ValueError("il faut une liste d'objets")
    for rank, line in enumerate(content, start=1):
        days = {name: cell.isoformat() for name, cell in line.items() if isinstance(cell, dt.date)}
        yield f"entrée {rank}", {**line, **days}


def _csv_lines(text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the lines; a French spreadsheet writes semicolons."""
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    for line in reader:
        if None in line or any(cell is None for cell in line.values()):
            raise ValueError(f"la ligne {reader.line_num} n'a pas autant de cases que la première")
        yield f"ligne {reader.line_num}", _typed({name.strip(): cell.strip() for name, cell in line.items()})


def _typed(cells: dict[str, str]) -> Mapping[str, Any]:
    """Return the cells as the types that a list of objects would hold; empty ones are left out."""
    line: dict[str, Any] = {name: cell for name, cell in cells.items() if cell}
    if "choices" in line:
        pairs = [choice.partition("=") for choice in cells["choices"].split("|")]
        line["choices"] = {key.strip(): label.strip() for key, _, label in pairs}
    expected, kind = cells.get("expected", ""), cells.get("type", "")
    if not expected:
        return line
    if kind in {QuestionType.YES_NO, QuestionType.CHECKBOX}:
        line["expected"] = BOOLEANS.get(expected.lower(), expected)
    elif kind == QuestionType.INTEGER and expected.lstrip("-").isdigit():
        line["expected"] = int(expected)
    elif kind == QuestionType.MULTIPLE_CHOICE:
        line["expected"] = [] if expected.lower() == "aucun" else [key.strip() for key in expected.split("|")]
    return line
