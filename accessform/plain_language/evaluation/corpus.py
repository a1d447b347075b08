"""The evaluation corpus, typed: form texts at three levels, in two halves that an id alone decides."""

import functools
import hashlib
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from ruamel.yaml import YAML

from accessform.plain_language.linting import Role
from accessform.plain_language.wording import ReadingLevel

FOLDER = Path(__file__).parent / "corpus"
HELD_OUT_DIGITS = "89abcdef"


class Half(StrEnum):
    """The half that rules may be tuned with, and the one that only measures."""

    TUNING = "tuning"
    HELD_OUT = "held_out"


class OfficialText(BaseModel):
    """One form text as an administration writes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)+$")
    role: Role
    standard: str = Field(min_length=1)


class Item(OfficialText):
    """One form text and its two faithful rewrites.

    `swapped` is the same text with its roles exchanged (who does what to whom); in `misattached` what told which
    thing is meant, or when, became an obligation or went over to another thing.
    """

    plain: str = Field(min_length=1)
    easy: str = Field(min_length=1)
    swapped: tuple[str, ...] = ()
    misattached: tuple[str, ...] = ()

    def at(self, level: ReadingLevel) -> str:
        """Return the text written for `level`."""
        return str(getattr(self, level.value))


def half_of(item_id: str) -> Half:
    """Return the half that an id belongs to: held out where the last hexadecimal digit of its MD5 is 8 to f."""
    digest = hashlib.md5(item_id.encode(), usedforsecurity=False).hexdigest()
    return Half.HELD_OUT if digest[-1] in HELD_OUT_DIGITS else Half.TUNING


@functools.cache
def items(half: Half) -> tuple[Item, ...]:
    """Return the items of one half in the order of its file; raises ValidationError where the file is wrong."""
    return tuple(TypeAdapter(list[Item]).validate_python(_read(half.value)))


@functools.cache
def official_texts() -> tuple[OfficialText, ...]:
    """Return the texts that are only drafted and read, beside those of the two halves."""
    return tuple(TypeAdapter(list[OfficialText]).validate_python(_read("official")))


@functools.cache
def practice_items() -> tuple[Item, ...]:
    """Return the texts of every practice file: they only exercise the rules of verify, no figure counts them."""
    files = sorted(path.stem for path in FOLDER.glob("practice*.yaml"))
    return tuple(item for file in files for item in TypeAdapter(list[Item]).validate_python(_read(file)))


def _read(name: str) -> object:
    return YAML(typ="safe", pure=True).load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
