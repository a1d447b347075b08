"""The labelled utterances, typed, in two halves that an id alone decides."""

import datetime as dt
import functools
import hashlib
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, TypeAdapter, model_validator
from ruamel.yaml import YAML

from forms_catalog.definition import Constraints, QuestionType

FOLDER = Path(__file__).parent
HELD_OUT_DIGITS = "89abcdef"
TODAY = dt.date(2026, 11, 22)
"""The day on which every utterance was said, a Sunday, where its item names no other."""

OutcomeName = Literal["value", "ask", "unknown", "command", "no_input", "no_match"]
CommandName = Literal["repeat", "slower", "help", "back", "correct", "skip", "stop", "human"]
Label = StrictBool | StrictInt | str | tuple[str, ...]


class Half(StrEnum):
    """The half that rules may be tuned with, and the one that only measures."""

    TUNING = "tuning"
    HELD_OUT = "held_out"


class Expected(BaseModel):
    """What a careful agent at a counter would conclude; `ask` wherever two readings stand."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    outcome: OutcomeName
    value: Label | None = None
    command: CommandName | None = None

    @model_validator(mode="after")
    def _carries_what_its_outcome_says(self) -> "Expected":
        if (self.outcome == "value") != (self.value is not None):
            raise ValueError("a value goes with the outcome value, and only with it")
        if (self.outcome == "command") != (self.command is not None):
            raise ValueError("a command goes with the outcome command, and only with it")
        return self


class Utterance(BaseModel):
    """One answer said aloud, as a recogniser or a telephone's keyboard writes it.

    `choices` names a set of choices.yaml. `pending` is what the person said just before and was asked about: what came
    of it is handed over with this utterance.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z]+(-[a-z0-9]+)+$")
    type: QuestionType
    transcript: str
    choices: str | None = None
    constraints: Constraints = Constraints()
    today: dt.date = TODAY
    pending: str | None = None
    expect: Expected

    @property
    def labels(self) -> dict[str, str]:
        """Return the labels of the choices by key, none where the type has no choices."""
        return choice_sets()[self.choices] if self.choices else {}


def half_of(item_id: str) -> Half:
    """Return the half that an id belongs to: held out where the last hexadecimal digit of its MD5 is 8 to f."""
    digest = hashlib.md5(item_id.encode(), usedforsecurity=False).hexdigest()
    return Half.HELD_OUT if digest[-1] in HELD_OUT_DIGITS else Half.TUNING


@functools.cache
def utterances(half: Half) -> tuple[Utterance, ...]:
    """Return the utterances of one half in the order of its file; raises ValidationError where the file is wrong."""
    return tuple(TypeAdapter(list[Utterance]).validate_python(_read(half.value)))


@functools.cache
def choice_sets() -> dict[str, dict[str, str]]:
    """Return the sets of choices that the utterances answer, by name: key → label."""
    return TypeAdapter(dict[str, dict[str, str]]).validate_python(_read("choices"))


def _read(name: str) -> Any:
    return YAML(typ="safe", pure=True).load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
