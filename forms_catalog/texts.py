"""Every text of a form by a name that stays the same when questions are moved: questions.date_naissance.label."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms_catalog.findings import Location

LEVEL_NAMES = {"standard": "texte officiel", "plain": "langage clair", "easy": "très simple"}
"""What each reading level is called on screen."""


@dataclass(frozen=True)
class FormText:
    """One text: its stable name, where it stands in the definition, and its levels as plain data."""

    name: str
    location: Location
    levels: dict[str, Any]

    @property
    def standard(self) -> str:
        """The official text."""
        return str(self.levels["standard"])

    def variant(self, level: str) -> dict[str, Any] | None:
        """The variant written for `level`, or None."""
        found = self.levels.get(level)
        return found if isinstance(found, dict) else None


def texts_of(compiled: Mapping[str, Any]) -> Iterator[FormText]:
    """Yield every text of a compiled definition (plain data, as `FormDefinition.model_dump` gives it)."""
    yield from _walk(compiled, "", ())


def _walk(node: Any, name: str, location: Location) -> Iterator[FormText]:
    if isinstance(node, Mapping):
        if isinstance(node.get("standard"), str):
            yield FormText(name, location, dict(node))
            return
        for key, value in node.items():
            yield from _walk(value, f"{name}.{key}" if name else str(key), (*location, key))
    elif isinstance(node, list | tuple):
        for rank, value in enumerate(node):
            yield from _walk(value, _name_of_item(name, value, rank), (*location, rank))


def _name_of_item(name: str, item: Any, rank: int) -> str:
    """Name an item by its id or key; a question by its id alone, wherever it stands."""
    if not isinstance(item, Mapping):
        return f"{name}.{rank}"
    if name.endswith("questions") and "id" in item:
        return f"questions.{item['id']}"
    return f"{name}.{item.get('id') or item.get('key') or rank}"


def value_at(compiled: Mapping[str, Any], location: Location) -> Any:
    """Return what stands at a location of a compiled definition."""
    node: Any = compiled
    for part in location:
        node = node[part]
    return node
