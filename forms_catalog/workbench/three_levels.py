"""Every text of a form at its three levels, side by side, in the order of the form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from accessform.plain_language.wording import SERVABLE, ReadingLevel, Wording
from forms_catalog.definition import FormDefinition, Question
from forms_catalog.language_checks import check_language, passages_of

STATUS_NAMES = {
    "draft": "brouillon",
    "checked": "vérifié",
    "approved": "approuvé",
    "validated_falc": "validé FALC",
}


@dataclass(frozen=True)
class Cell:
    """One text at one level: the words, why they are not served where they are not, and what the linter says."""

    text: str
    remark: str
    advice: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One text: what it is, and its three levels."""

    what: str
    cells: tuple[Cell, Cell, Cell]


@dataclass(frozen=True)
class Block:
    """A question, or what stands around: a heading, a line of facts, and its texts."""

    title: str
    facts: str
    rows: tuple[Row, ...]


Advice = Mapping[tuple[str, str], tuple[str, ...]]
"""What the checks say of a text, by its official words and its level."""


def advice_on(compiled: Mapping[str, Any]) -> Advice:
    """Return what the linter and the comparison of facts say of each text, without a parser."""
    told: dict[tuple[str | int, ...], list[str]] = {}
    for remark in check_language(compiled):
        told.setdefault(remark.location, []).append(remark.message)
    return {
        (passage.standard, passage.level.value): tuple(told.get(passage.location, ()))
        for passage in passages_of(compiled)
    }


def blocks_of(definition: FormDefinition, advice: Advice | None = None) -> Iterator[Block]:
    """Yield the form's own texts, then each step and question, each text with the advice on it."""
    for block in _blocks(definition):
        yield replace(block, rows=tuple(_advised(row, advice or {}) for row in block.rows))


def _advised(row: Row, advice: Advice) -> Row:
    standard = row.cells[0].text
    advised = [
        replace(cell, advice=advice.get((standard, level.value), ()))
        for cell, level in zip(row.cells, ReadingLevel, strict=True)
    ]
    return replace(row, cells=(advised[0], advised[1], advised[2]))


def _blocks(definition: FormDefinition) -> Iterator[Block]:
    yield Block("La démarche", definition.slug, tuple(_form_rows(definition)))
    numbers = definition.numbers()
    for place, step in enumerate(definition.steps, start=1):
        rows = [("Titre", step.title), ("Introduction", step.intro)]
        yield Block(f"Étape {place}", step.id, _rows(rows))
        for question in step.questions:
            yield _question_block(question, numbers)
            for child in question.questions:
                yield _question_block(child, numbers)
    if definition.terms:
        yield Block("Lexique", "", _rows(list(definition.terms.items())))


def _form_rows(definition: FormDefinition) -> tuple[Row, ...]:
    before, after = definition.before_you_start, definition.after
    rows: list[tuple[str, Wording | None]] = [
        ("Titre", definition.title),
        ("Résumé", definition.summary),
        ("Pour qui", before.who_can),
    ]
    for document in before.documents:
        rows += [("Document", document.label), ("Document, précision", document.help)]
    if after is not None:
        rows += [
            ("Accusé de réception", after.acknowledgement),
            ("Délai", after.delay),
            ("Sens du silence", after.silence_means),
            ("Recours", after.appeal),
            *(("Ensuite", step) for step in after.next_steps),
        ]
    return _rows(rows)


def _question_block(question: Question, numbers: dict[str, str]) -> Block:
    errors = question.errors
    rows: list[tuple[str, Wording | None]] = [
        ("Question", question.label),
        ("Indication", question.hint),
        ("Aide", question.help),
        ("À quoi ça sert", question.why),
        ("À voix haute", question.spoken),
        ("Élément du groupe", question.item),
    ]
    for choice in question.choices:
        rows += [(f"Choix {choice.key}", choice.label), (f"Choix {choice.key}, aide", choice.help)]
    rows += [(f"Erreur {name}", getattr(errors, name)) for name in type(errors).model_fields]
    facts = [question.id, question.type.value, "obligatoire" if question.required else "facultative"]
    if question.example:
        facts.append(f"exemple : {question.example}")
    if question.show_when:
        facts.append("sous condition")
    return Block(f"Question {numbers.get(question.id, '')}".strip(), " · ".join(facts), _rows(rows))


def _rows(rows: list[tuple[str, Wording | None]]) -> tuple[Row, ...]:
    return tuple(Row(what, _cells(wording)) for what, wording in rows if wording is not None)


def _cells(wording: Wording) -> tuple[Cell, Cell, Cell]:
    return (
        Cell(wording.standard, ""),
        _cell(wording, ReadingLevel.PLAIN),
        _cell(wording, ReadingLevel.EASY),
    )


def _cell(wording: Wording, level: ReadingLevel) -> Cell:
    variant = wording.variant(level)
    if variant is None:
        return Cell("", "absent : le niveau plus difficile est servi")
    if wording.is_stale(level):
        return Cell(variant.text, "périmé : le texte officiel a changé depuis")
    if variant.status not in SERVABLE:
        return Cell(variant.text, f"{STATUS_NAMES.get(variant.status or '', 'brouillon')} : pas encore servi")
    return Cell(variant.text, "")
