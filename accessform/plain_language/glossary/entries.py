"""Reading the glossary's files: one YAML mapping a domain of administration."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent.parent / "data" / "fr" / "glossary"


def entries_of(kind: str) -> Iterator[tuple[str, str, Any]]:
    """Yield (domain, key, entry) of every file of `kind` ("terms" or "acronyms"), by domain then as written."""
    for file in sorted((FOLDER / kind).glob("*.yaml")):
        loaded = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
        for key, entry in loaded.items():
            yield file.stem, key, entry
