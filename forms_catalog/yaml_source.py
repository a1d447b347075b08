"""Reading a form file that may be hostile: plain values and their positions, within limits, never an exception.

Only mappings, lists and scalars are read (YAML 1.2, JSON's types). Tags and several documents are refused. An alias
repeats an earlier block, and what it repeats counts in full against the limits, so that no alias can make a small
file large. The limits hold before anything is built: events are read one by one and reading stops at the first excess.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from forms_catalog.findings import Location, Remark

MAX_BYTES = 512 * 1024
"""Ten times the largest form known to us (APA at three levels, about 50 kB)."""
MAX_DEPTH = 24
MAX_NODES = 20_000
"""Five times those of APA at three levels."""
MAX_REMARKS = 50
"""After so many refusals the rest of the file says nothing new."""

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,18}|[0-9]{1,18}\.[0-9]{0,18})(?:[eE][-+]?[0-9]{1,2})?")


@dataclass(frozen=True)
class Position:
    """A place in the file, counted from 1."""

    line: int
    column: int


START = Position(1, 1)


@dataclass
class YamlSource:
    """What was read: `value` (None where nothing could be), the position of each location, and the refusals."""

    value: Any = None
    positions: dict[Location, Position] = field(default_factory=dict)
    refusals: list[tuple[Position, Remark]] = field(default_factory=list)

    def refuse(self, position: Position, location: Location, code: str, message: str) -> None:
        """Note a refusal."""
        self.refusals.append((position, Remark(location, code, message)))

    def position(self, location: Location) -> Position:
        """Return where `location`, or the nearest thing around it, stands."""
        while location and location not in self.positions:
            location = location[:-1]
        return self.positions.get(location, START)


class _Stop(Exception):
    """A limit is passed: reading on would cost more than it tells."""


def read_yaml(source: bytes) -> YamlSource:
    """Read the bytes of a form file."""
    found = YamlSource()
    text = _decode(source, found)
    if text is not None:
        try:
            _Builder(found).build(_events(text))
        except _Stop:
            found.value = None
        except Exception as error:  # hostile text reaches a parser that we did not write: any failure is a refusal
            found.value = None
            _refuse_syntax(found, error)
    return found


def _decode(source: bytes, found: YamlSource) -> str | None:
    if len(source) > MAX_BYTES:
        found.refuse(
            START, (), "yaml.too_big",
            f"Le fichier pèse plus de {MAX_BYTES // 1024} ko, qui est la limite. "
            "Coupez-le en deux démarches.",
        )  # fmt: skip
        return None
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        found.refuse(
            Position(line, 1), (), "yaml.encoding",
            "Ce fichier n'est pas du texte en UTF-8. Enregistrez-le à nouveau en choisissant l'encodage UTF-8.",
        )  # fmt: skip
        return None
    for number, line_text in enumerate(text.split("\n"), start=1):
        column = _unprintable(line_text.rstrip("\r"))
        if column is not None:
            found.refuse(
                Position(number, column + 1), (), "yaml.control_character",
                "Cette ligne contient un caractère invisible qui n'est pas du texte. Effacez-le.",
            )  # fmt: skip
            return None
    return text


def _unprintable(text: str) -> int | None:
    """Return where `text` holds a control or lone surrogate character (tabs and line ends are allowed)."""
    for column, character in enumerate(text):
        if character not in "\t\n" and unicodedata.category(character) in {"Cc", "Cs"}:
            return column
    return None


def _events(text: str) -> Iterator[Event]:
    yield from YAML(typ="safe", pure=True).parse(text)


def _position(event: Event) -> Position:
    return Position(event.start_mark.line + 1, event.start_mark.column + 1)


@dataclass
class _Open:
    """A mapping or list being filled; `key` is the key that waits for its value."""

    value: dict[str, Any] | list[Any]
    location: Location
    anchor: str | None = None
    first_node: int = 0
    height: int = 1
    key: str | None = None
    kept: bool = True


@dataclass(frozen=True)
class _Anchored:
    """A whole block that an alias may repeat: its value, how many nodes it has, and how deep it is."""

    value: Any
    nodes: int = 1
    height: int = 0


class _Builder:
    """Builds plain values out of events with a stack of its own: depth costs nothing and is limited."""

    def __init__(self, found: YamlSource) -> None:
        self.found = found
        self.stack: list[_Open] = []
        self.anchors: dict[str, _Anchored] = {}
        self.nodes = 0
        self.documents = 0

    def build(self, events: Iterator[Event]) -> None:
        """Read all events; raises _Stop at the first limit passed."""
        for event in events:
            if isinstance(event, DocumentStartEvent):
                self._open_document(_position(event))
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                self._close()
            elif isinstance(event, AliasEvent | ScalarEvent | MappingStartEvent | SequenceStartEvent):
                self._take(event)

    def _open_document(self, position: Position) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(
                position, "yaml.documents", "Le fichier contient plusieurs documents (« --- »). Gardez-en un seul."
            )

    def _close(self) -> None:
        closed = self.stack.pop()
        if closed.anchor is not None:
            self.anchors[closed.anchor] = _Anchored(closed.value, self.nodes - closed.first_node, closed.height)
        self._raise_height(closed.height + 1)

    def _raise_height(self, height: int) -> None:
        if self.stack:
            self.stack[-1].height = max(self.stack[-1].height, height)

    def _count(self, nodes: int, position: Position) -> None:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            self._stop(position, "yaml.too_many", "Le fichier contient trop d'éléments. Coupez-le en deux démarches.")

    def _take(self, event: Event) -> None:
        position = _position(event)
        self._count(1, position)
        if len(self.found.refusals) >= MAX_REMARKS:
            raise _Stop
        if getattr(event, "tag", None) is not None:
            self.found.refuse(
                position, self._location(), "yaml.tag",
                "Les types YAML (« ! ») ne sont pas acceptés. Effacez-le, ou mettez le texte entre guillemets.",
            )  # fmt: skip
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            self._take_key(event, position)
        else:
            self._take_value(event, position)

    def _location(self) -> Location:
        return self.stack[-1].location if self.stack else ()

    def _take_key(self, event: Event, position: Position) -> None:
        holder = self.stack[-1]
        if not isinstance(event, ScalarEvent):
            self._stop(position, "yaml.key", "Le nom d'une rubrique doit être un simple mot, pas une liste ni un bloc.")
        key = self._printable(event.value, position)
        holder.key, holder.kept = key, True
        if key in holder.value:
            self.found.refuse(
                position, (*holder.location, key), "yaml.duplicate_key",
                f"« {key[:60]} » est écrit deux fois au même endroit. Gardez-en un seul.",
            )  # fmt: skip
            holder.kept = False
        else:
            self.found.positions[(*holder.location, key)] = position

    def _take_value(self, event: Event, position: Position) -> None:
        if isinstance(event, AliasEvent):
            self._place(self._repeated(event.anchor, position), position)
        elif isinstance(event, ScalarEvent):
            value = _scalar(event, self._printable(event.value, position))
            if event.anchor is not None:
                self.anchors[event.anchor] = _Anchored(value)
            self._place(value, position)
        else:
            self._check_depth(1, position)
            block: dict[str, Any] | list[Any] = {} if isinstance(event, MappingStartEvent) else []
            location = self._place(block, position)
            anchor: str | None = getattr(event, "anchor", None)
            self.stack.append(_Open(block, location, anchor, first_node=self.nodes - 1))

    def _repeated(self, name: str, position: Position) -> Any:
        """Return the block that an alias repeats, counted as if it were written out."""
        anchored = self.anchors.get(name)
        if anchored is None:
            self._stop(
                position, "yaml.alias",
                f"Le renvoi « *{name[:60]} » ne mène à aucun bloc « &{name[:60]} » déjà écrit en entier plus haut. "
                "Recopiez le texte, ou mettez-le entre guillemets.",
            )  # fmt: skip
        self._count(anchored.nodes, position)
        self._check_depth(anchored.height, position)
        self._raise_height(anchored.height + 1)
        return anchored.value

    def _check_depth(self, height: int, position: Position) -> None:
        if len(self.stack) + height > MAX_DEPTH:
            self._stop(
                position, "yaml.too_deep", "Les blocs sont trop imbriqués. Vérifiez les retraits et les crochets."
            )

    def _place(self, value: Any, position: Position) -> Location:
        """Put `value` where it belongs; return its location."""
        if not self.stack:
            self.found.value = value
            self.found.positions[()] = position
            return ()
        holder = self.stack[-1]
        if isinstance(holder.value, list):
            location = (*holder.location, len(holder.value))
            holder.value.append(value)
            self.found.positions[location] = position
            return location
        key, holder.key = str(holder.key), None
        if holder.kept:
            holder.value[key] = value
        return (*holder.location, key)

    def _printable(self, text: str, position: Position) -> str:
        """Return a scalar's text; refuse what no screen or database can hold, and go on without it."""
        text = _joined_surrogates(text)
        if _unprintable(text.replace("\r", "")) is not None:
            self.found.refuse(
                position, self._location(), "yaml.control_character",
                "Ce texte contient un caractère invisible (« \\0 », « \\x… »). Effacez-le.",
            )  # fmt: skip
            return "".join("\ufffd" if _unprintable(character) is not None else character for character in text)
        return text

    def _stop(self, position: Position, code: str, message: str) -> NoReturn:
        self.found.refuse(position, self._location(), code, message)
        raise _Stop


def _joined_surrogates(text: str) -> str:
    """Join the pairs of escapes with which JSON writes rare characters; a lone half stays and is refused."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _scalar(event: ScalarEvent, text: str) -> Any:
    """Read a scalar as YAML 1.2 does; what is quoted stays text, and so do numbers too long to be meant."""
    if event.style is not None or not event.implicit[0]:
        return text
    if text in NULLS:
        return None
    if text in BOOLEANS:
        return BOOLEANS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if FLOAT.fullmatch(text) else text


SYNTAX = (
    ("values are not allowed", "Il y a un deux-points de trop, ou un mauvais retrait. Mettez des guillemets."),
    ("character '\\t'", "Cette ligne commence par une tabulation. Remplacez-la par des espaces."),
    ("cannot start any token", "Un texte ne peut pas commencer par ce signe. Mettez le texte entre guillemets."),
    ("could not find expected ':'", "Il manque un deux-points après le nom de la rubrique."),
    ("found unexpected end of stream", "Un guillemet ouvert n'est jamais refermé."),
    ("expected <block end>", "Le retrait de cette ligne ne va avec aucune ligne au-dessus. Alignez-la."),
    ("inconsistent", "Le retrait de cette ligne ne va avec aucune ligne au-dessus. Alignez-la."),
    ("flow", "Un crochet ou une accolade n'est pas refermé, ou il manque une virgule."),
)  # fmt: skip
SYNTAX_OTHER = "Cette ligne n'est pas du YAML lisible. Vérifiez le retrait, les deux-points et les guillemets."


def _refuse_syntax(found: YamlSource, error: Exception) -> None:
    mark = error.problem_mark or error.context_mark if isinstance(error, MarkedYAMLError) else None
    position = Position(mark.line + 1, mark.column + 1) if mark else START
    said = str(error)
    message = next((words for sign, words in SYNTAX if sign in said), SYNTAX_OTHER)
    found.refuse(position, (), "yaml.syntax", message)
