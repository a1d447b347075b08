"""What changed between two compiled definitions: questions, wording at each level, conditions, rules."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from forms_catalog.compiling import VARIANT_LEVELS
from forms_catalog.texts import FormText, texts_of


class ChangeKind(StrEnum):
    """What sort of change it is, in the order in which a designer reads them."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CONDITION = "condition"
    RULE = "rule"
    WORDING = "wording"


KIND_NAMES = {
    ChangeKind.ADDED: "Ajout",
    ChangeKind.REMOVED: "Retrait",
    ChangeKind.MOVED: "Déplacement",
    ChangeKind.CONDITION: "Condition",
    ChangeKind.RULE: "Règle",
    ChangeKind.WORDING: "Texte",
}


@dataclass(frozen=True)
class Change:
    """One change: of what (`questions.nom`, `steps.vous`), on which attribute or level, from what to what."""

    kind: ChangeKind
    subject: str
    what: str
    before: str | None = None
    after: str | None = None

    @property
    def kind_name(self) -> str:
        """The kind in French."""
        return KIND_NAMES[self.kind]

    def as_dict(self) -> dict[str, str | None]:
        """Return the change as `manage.py form diff --json` shows it."""
        return asdict(self)


@dataclass(frozen=True)
class _Part:
    """A step or a question on its own: where it stands, its condition, and its rules without any text."""

    place: str
    condition: str | None
    rules: dict[str, str]


def compare_definitions(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return every change from `before` to `after`, both compiled; an empty list says that they are the same.

    Who approved a variant and when is not a change of the form; its text is.
    """
    earlier, later = dict(_parts(before)), dict(_parts(after))
    changes = [*_come_and_gone(earlier, later)]
    for name in (name for name in later if name in earlier):
        changes += _compare_parts(name, earlier[name], later[name])
    changes += _moved(earlier, later)
    changes += _compare_form_rules(before, after)
    changes += _compare_texts(before, after, ignored=set(earlier) ^ set(later))
    order = list(ChangeKind)
    return sorted(changes, key=lambda change: order.index(change.kind))


def _parts(compiled: Mapping[str, Any]) -> Iterator[tuple[str, _Part]]:
    for step in compiled.get("steps", ()):
        yield f"steps.{step['id']}", _part("", step)
        for question in step.get("questions", ()):
            yield f"questions.{question['id']}", _part(f"étape {step['id']}", question)
            for child in question.get("questions", ()):
                yield f"questions.{child['id']}", _part(f"groupe {question['id']}", child)


def _part(place: str, item: Mapping[str, Any]) -> _Part:
    condition = item.get("show_when")
    rules = _without_texts({key: item[key] for key in item if key not in {"id", "questions", "show_when"}})
    return _Part(
        place,
        _written(condition) if condition else None,
        {key: _written(value) for key, value in rules.items() if value not in ({}, [])},
    )


def _come_and_gone(earlier: dict[str, _Part], later: dict[str, _Part]) -> Iterator[Change]:
    for name, part in later.items():
        if name not in earlier:
            yield Change(ChangeKind.ADDED, name, part.place or "étape")
    for name, part in earlier.items():
        if name not in later:
            yield Change(ChangeKind.REMOVED, name, part.place or "étape")


def _compare_parts(name: str, before: _Part, after: _Part) -> Iterator[Change]:
    if before.place != after.place:
        yield Change(ChangeKind.MOVED, name, "place", before.place, after.place)
    if before.condition != after.condition:
        yield Change(ChangeKind.CONDITION, name, "show_when", before.condition, after.condition)
    yield from _compare_rules(name, before.rules, after.rules)


def _compare_rules(name: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            yield Change(ChangeKind.RULE, name, key, before.get(key), after.get(key))


def _moved(earlier: dict[str, _Part], later: dict[str, _Part]) -> Iterator[Change]:
    """Say that the order changed, once, where what both versions have does not come in the same order."""
    kept_before = [name for name in earlier if name in later and earlier[name].place == later[name].place]
    kept_after = [name for name in later if name in earlier and earlier[name].place == later[name].place]
    if kept_before != kept_after:
        yield Change(ChangeKind.MOVED, "steps", "ordre", ", ".join(kept_before), ", ".join(kept_after))


def _compare_form_rules(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    def rules(compiled: Mapping[str, Any]) -> dict[str, str]:
        kept = {key: value for key, value in compiled.items() if key not in {"steps", "variants"}}
        return {key: _written(value) for key, value in _without_texts(kept).items() if value not in ({}, [])}

    yield from _compare_rules("formulaire", rules(before), rules(after))


def _compare_texts(before: Mapping[str, Any], after: Mapping[str, Any], *, ignored: set[str]) -> Iterator[Change]:
    """Compare texts level by level; those of questions and steps that came or went are already said."""
    earlier = {text.name: text for text in texts_of(before)}
    later = {text.name: text for text in texts_of(after)}
    for name in dict.fromkeys([*later, *earlier]):
        if any(name.startswith(f"{part}.") for part in ignored):
            continue
        for level in ("standard", *VARIANT_LEVELS):
            old, new = _text_at(earlier.get(name), level), _text_at(later.get(name), level)
            if old != new:
                yield Change(ChangeKind.WORDING, name, level, old, new)


def _text_at(text: FormText | None, level: str) -> str | None:
    if text is None:
        return None
    if level == "standard":
        return text.standard
    variant = text.variant(level)
    return str(variant["text"]) if variant else None


def _without_texts(node: Any) -> Any:
    """Return plain data without its texts, which are compared apart."""
    if isinstance(node, Mapping):
        kept = {key: _without_texts(value) for key, value in node.items() if not _is_text(value)}
        return {key: value for key, value in kept.items() if value != {}}
    if isinstance(node, list | tuple):
        return [_without_texts(value) for value in node if not _is_text(value)]
    return node


def _is_text(node: Any) -> bool:
    return isinstance(node, Mapping) and isinstance(node.get("standard"), str)


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
