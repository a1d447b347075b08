"""The product's own words on screen: wordings by name, loaded once from data/<language>/interface/<room>.yaml."""

import functools
from pathlib import Path

from ruamel.yaml import YAML

from accessform.plain_language.wording import Origin, ReadingLevel, ReviewStatus, Variant, Wording

DATA = Path(__file__).parent / "data"


class UnknownText(KeyError):
    """A name that no interface file defines."""


@functools.cache
def texts(language: str = "fr") -> dict[str, Wording]:
    """Return every interface wording by its full name, `<room>.<key>`."""
    found: dict[str, Wording] = {}
    for file in sorted((DATA / language / "interface").glob("*.yaml")):
        entries = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")) or {}
        for key, entry in entries.items():
            found[f"{file.stem}.{key}"] = _approved(entry)
    return found


def _approved(entry: str | dict[str, str]) -> Wording:
    """Build a wording from an interface file; its variants are the authors' and were re-read with the code."""
    levels = {"standard": entry} if isinstance(entry, str) else entry
    variants = {
        level: Variant(text=words, origin=Origin.AUTHOR, status=ReviewStatus.APPROVED)
        for level, words in levels.items()
        if level != ReadingLevel.STANDARD
    }
    return Wording.model_validate({"standard": levels["standard"], **variants})


def text(name: str, level: ReadingLevel, /, **values: object) -> str:
    """Return the interface text `name` at `level`, its {placeholders} filled; raises UnknownText."""
    try:
        wording = texts()[name]
    except KeyError as error:
        raise UnknownText(name) from error
    served = wording.at(level)
    return served.format(**values) if values else served
