"""What a form may not say, found at its line and told in the designer's words."""

import pytest

from forms_catalog.findings import Finding, Severity
from forms_catalog.loading import load_form
from tests.forms_catalog.written_forms import SMALL, small_form


def findings(*changes: tuple[str, str]) -> list[Finding]:
    return list(load_form(small_form(*changes), file="petite.yaml").findings)


def found(*changes: tuple[str, str]) -> dict[str, Finding]:
    return {finding.code: finding for finding in findings(*changes)}


def line_of(words: str, *changes: tuple[str, str]) -> int:
    lines = small_form(*changes).decode().splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


@pytest.mark.parametrize(
    ("old", "new", "code", "words", "said"),
    [
        ("label: Motif", "lable: Motif", "form.extra_forbidden", "lable: Motif", "Vouliez-vous écrire « label »"),
        ("        label: Motif\n", "", "form.missing", "id: motif", "Il manque « label »"),
        ("label: Motif", "label: 12", "form.model_type", "label: 12", "Mettez « 12 » entre guillemets"),
        ("label: Motif", "label: ''", "form.string_too_short", "label: ''", "vide"),
        ("label: Motif", "label: {plain: x}", "form.missing", "label: {plain", "Il manque « standard »"),
        ("type: yes_no", "type: yesno", "form.enum", "type: yesno", "Vouliez-vous écrire « yes_no »"),
        ("slug: petite-demarche", "slug: Petite", "form.string_pattern_mismatch", "slug: Petite", "adresse"),
        ("id: nom,", "id: Nom-1,", "form.string_pattern_mismatch", "id: Nom-1", "identifiant"),
        ("retention_days: 90", "retention_days: 0", "form.greater_than_equal", "retention_days", "au moins 1"),
        ("retention_days: 90", "retention_days: x", "form.int_parsing", "retention_days", "pas un nombre"),
        ("accessform: 1", "accessform: 2", "form.literal_error", "accessform", "accessform: 1"),
        ("id: suite", "id: verifier", "form.value_error", "id: verifier", "réservée"),
        ("on: 2026-11-01", "on: hier", "form.date_from_datetime_parsing", "on: hier", "2026-11-21"),
        ("status: approved", "status: aprouve", "form.enum", "status: aprouve", "Vouliez-vous écrire « approved »"),
        ("  phone:", "  phon:", "form.extra_forbidden", "  phon:", "phone"),
        ("show_when: {question: majeur, is: true}", "show_when: {question: majeur}", "form.value_error",
         "show_when: {question: majeur}", "condition"),
    ],
)  # fmt: skip
def test_a_mistake_is_found_at_its_line_and_said_in_french(old, new, code, words, said):
    finding = found((old, new))[code]
    assert finding.line == line_of(words, (old, new))
    assert said in finding.message.replace("\u00a0", " ")
    assert finding.stops_registering


def with_condition(condition: str) -> tuple[str, str]:
    return ("show_when: {question: motif, is: deux}", f"show_when: {condition}")


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("{question: inconnue, is: x}", "condition.unknown_question"),
        ("{question: precision, is: x}", "condition.looks_forward"),
        ("{not: {any: [{question: precision, is: x}]}}", "condition.looks_forward"),
        ("{question: motif, is: trois}", "condition.value"),
        ("{question: motif, includes: un}", "condition.value"),
        ("{question: motif, less_than: 3}", "condition.value"),
        ("{question: majeur, is: oui}", "condition.value"),
        ("{all: [{question: majeur, is: true}, {question: majeur, is_not: 'false'}]}", "condition.value"),
    ],
)
def test_a_condition_that_cannot_work_is_refused(condition, code):
    finding = found(with_condition(condition))[code]
    assert finding.line == line_of("id: precision", with_condition(condition))
    assert finding.stops_registering


@pytest.mark.parametrize(
    "condition",
    [
        "{question: motif, is_not: un}",
        "{any: [{question: motif, is: un}, {question: majeur, is: false}]}",
        "{not: {question: nom, is: Curie}}",
    ],
)
def test_a_condition_that_can_work_is_kept(condition):
    assert findings(with_condition(condition)) == []


def test_conditions_on_numbers_dates_lists_groups_and_files():
    questions = """\
      - {id: age, type: integer, label: Âge}
      - {id: jour, type: date, label: Jour}
      - {id: aides, type: multiple_choice, label: Aides, choices: [{key: a, label: A}]}
      - {id: facture, type: file, label: Facture}
      - {id: foyer, type: group, label: Foyer, questions: [{id: prenom, type: text, label: Prénom}]}
"""
    added = ("      - {id: majeur,", questions + "      - {id: majeur,")

    def code(condition: str) -> set[str]:
        return set(found(added, with_condition(condition)))

    assert code("{question: age, greater_than: 17}") == set()
    assert code("{question: age, greater_than: dix}") == {"condition.value"}
    assert code("{question: jour, less_than: '2020-01-31'}") == set()
    assert code("{question: jour, less_than: hier}") == {"condition.value"}
    assert code("{question: aides, includes: a}") == set()
    assert code("{question: aides, includes: b}") == {"condition.value"}
    assert code("{question: aides, is: a}") == {"condition.value"}
    assert code("{question: facture, is: a}") == {"condition.no_answer"}
    assert code("{question: foyer, is: a}") == {"condition.no_answer"}
    assert code("{question: prenom, is: a}") == {"condition.in_group"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("id: precision", "id: nom", "question.duplicate_id"),
        ("id: suite", "id: vous", "step.duplicate_id"),
        ("autocomplete: family-name", "autocomplete: nom", "question.autocomplete"),
        ('hours: "Mo-Fr 09:00-12:00"', 'hours: "tous les matins"', "service.hours"),
        ("type: text, label: Nom", "type: integer, label: Nom, constraints: {min: 5, max: 3}",
         "question.min_above_max"),
        ("type: text, label: Nom", "type: date, label: Nom, constraints: {min: '2026-02-30'}", "question.bound"),
        ("type: text, label: Nom", "type: integer, label: Nom, constraints: {min: today}", "question.bound"),
        ("type: text, label: Nom", "type: file, label: Nom, constraints: {min_items: 5, max_items: 2}",
         "question.min_above_max"),
        ("type: text, label: Nom", "type: text, label: Nom, constraints: {pattern: '[a-z]+'}",
         "question.pattern_length"),
        ("type: text, label: Nom", "type: text, label: Nom, constraints: {pattern: '[a-z]+', max_length: 201}",
         "question.pattern_length"),
        ("retention_days: 90", "retention_days: 90\nbefore_you_start: {documents: [{label: x, question: absente}]}",
         "document.unknown_question"),
    ],
)  # fmt: skip
def test_what_cannot_hold_together_is_refused(old, new, code):
    assert found((old, new))[code].stops_registering


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('phone: "01 99 00 00 00"', 'phone: "appelez-nous"', "service.phone"),
        ("type: text, label: Nom", "type: text, label: Nom, constraints: {min: 3}", "question.bound_unused"),
        ("type: text, label: Nom", "type: integer, label: Nom, constraints: {pattern: x}", "question.pattern_unused"),
        ("retention_days: 90", "retention_days: 90\nbefore_you_start: {documents: [{label: x, question: nom}]}",
         "document.not_a_file"),
        ("label: Précision", "label: Dites-nous en quelques mots ce que vous voulez", "variant.missing_plain"),
        ("status: approved", "status: checked", "variant.not_approved_easy"),
    ],
)  # fmt: skip
def test_what_deserves_attention_is_a_warning(old, new, code):
    finding = found((old, new))[code]
    assert finding.severity is Severity.WARNING
    assert load_form(small_form((old, new)), file="f").may_be_published


@pytest.mark.parametrize("phone", ["3960", "15", "116 117", "01 99 00 00 00", "+33 1 99 00 00 00", "115"])
def test_numbers_that_can_be_dialled_pass(phone):
    assert findings(("01 99 00 00 00", phone)) == []


@pytest.mark.parametrize("token", ["bday", "section-2 email", "home tel", "shipping postal-code", "off"])
def test_html_autocomplete_tokens_pass(token):
    assert findings(("autocomplete: family-name", f"autocomplete: {token}")) == []


@pytest.mark.parametrize("line", ["legal_basis", "retention_days", "after"])
def test_publishing_asks_for_what_the_law_asks(line):
    lines = SMALL.split("\n")
    start = next(n for n, text in enumerate(lines) if text.startswith(f"{line}:"))
    end = next(n for n in range(start + 1, len(lines)) if not lines[n].startswith(" "))
    loaded = load_form("\n".join(lines[:start] + lines[end:]).encode(), file="f")
    assert f"publish.{line}" in {finding.code for finding in loaded.findings}
    assert loaded.may_be_registered
    assert not loaded.may_be_published


def test_a_contact_for_everyone_is_needed():
    conditional = ("  address: 1 rue", "  show_when: {question: majeur, is: true}\n  address: 1 rue")
    assert "publish.contact" in found(conditional)


def test_a_form_without_any_simpler_text_is_told_once_for_each_level():
    plain = [
        ('{standard: "Petite démarche", plain: "Une petite démarche", easy: "Petite démarche"}', "Petite démarche")
    ]
    plain.append(('\n  plain: "Vous demandez un essai."\n  easy: "Vous demandez un essai."', ""))
    told = [finding.code for finding in findings(*plain)]
    assert told == ["variant.no_plain", "variant.no_easy"]


def test_a_variant_made_from_another_text_is_stale():
    stale = ('easy: "Vous demandez un essai."', 'easy: {text: "Vous demandez un essai.", source: "000000000000"}')
    finding = found(stale)["variant.stale_easy"]
    assert finding.path == "summary.easy"
    assert finding.line == line_of("000000000000", stale)


def test_findings_come_in_the_order_of_the_file():
    changes = (("autocomplete: family-name", "autocomplete: nom"), ("id: precision", "id: nom"), ("Mo-Fr", "Lu-Ve"))
    lines = [finding.line for finding in findings(*changes)]
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_defaults_of_the_file_complete_every_variant():
    loaded = load_form(small_form(), file="f")
    assert loaded.definition is not None
    variant = loaded.definition.summary.plain
    assert variant is not None
    assert (variant.status, variant.by, str(variant.on)) == ("approved", "Léa", "2026-11-01")
    assert variant.source
    assert len(variant.source) == 12


def test_a_remark_on_a_service_written_as_a_list_finds_its_line():
    listed = SMALL.replace("service:\n  name", "service:\n  - name")
    for key in ("phone", "hours", "address"):
        listed = listed.replace(f"\n  {key}", f"\n    {key}")
    wrong = listed.replace("Mo-Fr", "Lu-Ve")
    finding = load_form(wrong.encode(), file="f").findings[0]
    assert finding.path == "service[0].hours"
    assert "Lu-Ve" in wrong.splitlines()[finding.line - 1]


def test_a_pattern_on_a_short_text_passes():
    bounded = "type: text, label: Nom, constraints: {pattern: '[a-z]+', max_length: 20}"
    assert findings(("type: text, label: Nom", bounded)) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("drop_down_list", "single_choice"),
        ("textarea", "long_text"),
        ("piece_justificative", "file"),
        ("string", "text"),
    ],
)
def test_the_vocabulary_of_other_platforms_is_understood(written, meant):
    finding = found(("type: yes_no", f"type: {written}"))["form.enum"]
    assert f"« {meant} »" in finding.message


def test_a_list_whose_only_element_is_wrong_is_not_called_empty():
    source = b"accessform: 1\nsteps:\n  - id: a\n    questions:\n      - {id: q, type: textt}\n"
    codes = [finding.code for finding in load_form(source, file="one.yaml").findings]
    assert "form.too_short" not in codes
    assert any(finding.line == 5 for finding in load_form(source, file="one.yaml").findings)
    empty = load_form(b"accessform: 1\nsteps: []\n", file="two.yaml").findings
    assert [finding.line for finding in empty if finding.code == "form.too_short"] == [2]
