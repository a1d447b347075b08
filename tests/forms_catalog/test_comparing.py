"""What a designer reads before publishing: every change, once, and nothing else."""

from typing import Any

import pytest

from forms_catalog.comparing import ChangeKind, compare_definitions
from forms_catalog.loading import load_form
from tests.forms_catalog.written_forms import small_form

QUESTION = "      - {id: nom, type: text, label: Nom, autocomplete: family-name}\n"
MAJEUR = "      - {id: majeur, type: yes_no, label: Majeur}\n"


def compiled(*changes: tuple[str, str]) -> dict[str, Any]:
    loaded = load_form(small_form(*changes), file="f")
    assert loaded.compiled is not None, loaded.findings
    return loaded.compiled


def changes(*edits: tuple[str, str]) -> list[tuple[Any, ...]]:
    found = compare_definitions(compiled(), compiled(*edits))
    return [(change.kind, change.subject, change.what, change.before, change.after) for change in found]


def test_the_same_form_has_no_change():
    assert changes() == []


def test_who_approved_and_when_is_no_change_of_the_form():
    assert changes(("by: Léa, on: 2026-11-01", "by: Ali, on: 2026-11-02")) == []


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ((QUESTION, ""), (ChangeKind.REMOVED, "questions.nom", "étape vous", None, None)),
        (
            (QUESTION, QUESTION + "      - {id: prenom, type: text, label: Prénom}\n"),
            (ChangeKind.ADDED, "questions.prenom", "étape vous", None, None),
        ),
        (
            ("label: Motif", "label: Raison"),
            (ChangeKind.WORDING, "questions.motif.label", "standard", "Motif", "Raison"),
        ),
        (
            ('easy: "Vous demandez un essai."', 'easy: "Demander un essai."'),
            (ChangeKind.WORDING, "summary", "easy", "Vous demandez un essai.", "Demander un essai."),
        ),
        (
            ("{key: deux, label: Deux}", "{key: deux, label: Second}"),
            (ChangeKind.WORDING, "questions.motif.choices.deux.label", "standard", "Deux", "Second"),
        ),
        (
            ("{question: motif, is: deux}", "{question: motif, is: un}"),
            (
                ChangeKind.CONDITION,
                "questions.precision",
                "show_when",
                '{"is": "deux", "question": "motif"}',
                '{"is": "un", "question": "motif"}',
            ),
        ),
        (
            ("show_when: {question: majeur, is: true}\n", "\n"),
            (ChangeKind.CONDITION, "steps.suite", "show_when", '{"is": true, "question": "majeur"}', None),
        ),
        (
            ("type: yes_no, label: Majeur", "type: yes_no, label: Majeur, required: false"),
            (ChangeKind.RULE, "questions.majeur", "required", "true", "false"),
        ),
        (("retention_days: 90", "retention_days: 30"), (ChangeKind.RULE, "formulaire", "retention_days", "90", "30")),
        (
            (QUESTION + MAJEUR, MAJEUR + QUESTION),
            (
                ChangeKind.MOVED,
                "steps",
                "ordre",
                "steps.vous, questions.nom, questions.majeur, steps.suite, questions.motif, questions.precision",
                "steps.vous, questions.majeur, questions.nom, steps.suite, questions.motif, questions.precision",
            ),
        ),
    ],
)
def test_a_change_is_told_once(edit, expected):
    assert changes(edit) == [expected]


def test_a_question_moved_to_another_step_keeps_its_texts():
    moved = ((QUESTION, ""), ("    questions:\n      - id: motif", f"    questions:\n{QUESTION}      - id: motif"))
    assert changes(*moved) == [(ChangeKind.MOVED, "questions.nom", "place", "étape vous", "étape suite")]


def test_a_new_phone_number_is_a_rule_of_the_form():
    kinds = {(kind, subject, what) for kind, subject, what, *_ in changes(("01 99 00 00 00", "01 99 00 00 01"))}
    assert kinds == {(ChangeKind.RULE, "formulaire", "service")}
