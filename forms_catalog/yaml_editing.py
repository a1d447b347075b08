"""Changing a form file as a careful person does: what changes is written, every other character stays as it was."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from forms_catalog.findings import Location
from forms_catalog.yaml_source import read_yaml

BLOCK = frozenset({"|", ">"})
"""How YAML writes a string over several lines."""
FOLD = "\a"
"""What ruamel puts where `>` folds a line; no YAML file may hold that character."""


class CannotEdit(ValueError):
    """The place cannot be changed without touching something else (an alias, a file that does not read)."""


@dataclass(frozen=True)
class _Change:
    start: int
    end: int
    text: str


def set_values(source: str, values: dict[Location, Any]) -> str:
    """Return `source` with each location set to plain data, written in one line; raises CannotEdit.

    A key that is new goes after the last one of its mapping; where a single string stands for a wording or a variant,
    it first becomes what it stands for (`standard:` or `text:`).
    """
    before = read_yaml(source.encode())
    if before.refusals:
        raise CannotEdit("il ne se lit pas.")
    root = YAML(typ="rt", pure=True).compose(source)
    changes = [
        change for holder, added in _by_holder(values).items() for change in _changes(source, root, holder, added)
    ]
    edited = source
    for change in sorted(changes, key=lambda change: change.start, reverse=True):
        edited = edited[: change.start] + change.text + edited[change.end :]
    expected = before.value
    for location, value in values.items():
        expected = _with(expected, location, value)
    after = read_yaml(edited.encode())
    if after.refusals or after.value != expected:
        raise CannotEdit("un autre endroit du fichier changerait aussi. Récrivez à la main les « & » et les « * ».")
    return edited


def _by_holder(values: dict[Location, Any]) -> dict[Location, dict[str | int, Any]]:
    grouped: dict[Location, dict[str | int, Any]] = {}
    for location, value in values.items():
        grouped.setdefault(location[:-1], {})[location[-1]] = value
    return grouped


def _changes(source: str, root: Node, way: Location, added: dict[str | int, Any]) -> Iterator[_Change]:
    """Yield the changes that set `added` in the mapping, list or string at `way`."""
    holder = root
    for part in way:
        found = _child(holder, part)
        if found is None:
            raise CannotEdit(f"« {part} » n'y est pas.")
        holder = found
    if isinstance(holder, ScalarNode):
        written = holder.value.replace(FOLD, "")
        opened = {_key_of_string(next(iter(added))): written, **added}
        yield _Change(holder.start_mark.index, _end_of_scalar(source, holder), _flow(opened))
        return
    new = {}
    for key, value in added.items():
        current = _child(holder, key)
        if current is None:
            new[key] = value
        else:
            yield _Change(current.start_mark.index, _end_of_scalar(source, current), _flow(value))
    if new:
        yield _addition(source, holder, new)


def _addition(source: str, holder: Node, new: dict[str | int, Any]) -> _Change:
    if not isinstance(holder, MappingNode) or not holder.value:
        raise CannotEdit(f"« {', '.join(map(str, new))} » n'y a pas de place.")
    written = [f"{key}: {_flow(value)}" for key, value in new.items()]
    if holder.flow_style:
        place = holder.value[-1][1].end_mark.index
        return _Change(place, place, "".join(f", {line}" for line in written))
    indent = " " * holder.value[0][0].start_mark.column
    place = _end_of_content(source, holder.value[-1][1])
    line_end = "\r\n" if "\r\n" in source else "\n"
    return _Change(place, place, "".join(f"{line_end}{indent}{line}" for line in written))


def _end_of_content(source: str, node: Node) -> int:
    """Return the end of the last line that `node` holds, its comment with it, without the blank lines after."""
    while isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    end = _end_of_scalar(source, node)
    if isinstance(node, ScalarNode) and node.style in BLOCK:
        return end
    line_end = source.find("\n", end)
    return len(source) if line_end == -1 else line_end - source[:line_end].endswith("\r")


def _end_of_scalar(source: str, node: Node) -> int:
    """Return where `node` ends; a block (`|`, `>`) ends with its last words, and leaves the line's end in place."""
    end: int = node.end_mark.index
    if isinstance(node, ScalarNode) and node.style in BLOCK:
        return len(source[:end].rstrip("\r\n \t"))
    return end


def _child(node: Node, part: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        found: Node = node.value[part]
        return found
    return None


def _key_of_string(added: str | int) -> str:
    return "standard" if added in {"plain", "easy", "allow"} else "text"


def _flow(value: Any) -> str:
    """Return plain data as JSON, which YAML reads, with bare keys as people write them."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _with(node: Any, location: Location, value: Any) -> Any:
    """Return a copy of plain data with `location` set, strings opened as `set_values` opens them."""
    if not location:
        return value
    part, rest = location[0], location[1:]
    if isinstance(node, str):
        node = {_key_of_string(part): node}
    if isinstance(node, list):
        return [_with(item, rest, value) if rank == part else item for rank, item in enumerate(node)]
    return {**node, part: _with(node.get(part), rest, value)}
