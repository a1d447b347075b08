"""A form's texts are linted at their level and held against the official text; machines are held harder than people."""

import json
import subprocess
import sys

import pytest

from accessform.plain_language import apart
from accessform.plain_language.parsing import ToolsMissing
from forms_catalog import thorough_reading
from forms_catalog.findings import Severity
from forms_catalog.loading import LoadedForm, load_form
from forms_catalog.workbench.acknowledging import short_texts
from tests.forms_catalog.written_forms import small_form

pytestmark = pytest.mark.slow

MOTIF = "label: Motif"
STANDARD = "Répondez dans un délai de deux mois."
LATE = "Répondez dans les 3 mois."
SAME = "Répondez dans les 2 mois."


def form_with(plain: str, standard: str = STANDARD) -> LoadedForm:
    label = f'label: Motif\n        hint:\n          standard: "{standard}"\n          plain: {plain}'
    return load_form(small_form((MOTIF, label)), file="f.yaml")


def codes(form: LoadedForm, start: str = "") -> list[str]:
    return [finding.code for finding in form.findings if finding.code.startswith(start)]


def machine(text: str, status: str) -> str:
    return json.dumps({"text": text, "origin": "rules", "status": status})


def test_a_faithful_text_passes():
    assert codes(form_with(f'"{SAME}"'), "publish.") == []


def test_a_person_s_text_that_loses_a_fact_waits_for_an_acknowledgement():
    form = form_with(f'"{LATE}"')
    lost = [finding for finding in form.findings if finding.code.startswith("publish.fact_")]
    assert lost
    assert lost[0].severity is Severity.ERROR
    assert "acknowledged" in lost[0].message
    assert lost[0].path == "steps[1].questions[0].hint.plain"
    assert form.may_be_registered
    assert not form.may_be_published


def test_an_acknowledged_fact_no_longer_stops_publishing():
    first = form_with(f'"{LATE}"')

    gaps = [gap for text in short_texts(first.compiled) for gap in text.gaps]
    known = [{"kind": gap.kind, "text": gap.fact, "reason": "Le délai légal a changé."} for gap in gaps]
    assert known
    assert form_with(json.dumps({"text": LATE, "acknowledged": known})).may_be_published


def test_an_acknowledgement_of_something_else_changes_nothing():
    other = [{"kind": "number", "text": "12", "reason": "x"}]
    assert not form_with(json.dumps({"text": LATE, "acknowledged": other})).may_be_published


@pytest.mark.parametrize("status", ["draft", "checked", "approved"])
def test_a_machine_s_text_that_loses_a_fact_is_never_published(status: str):
    form = form_with(machine(LATE, status))
    assert "publish.machine_fact" in codes(form)
    assert not form.may_be_published


def test_a_machine_s_text_that_is_only_heard_keeps_its_facts_too():
    spoken = f'label: Motif\n        spoken: {{standard: "{STANDARD}", plain: {machine(LATE, "approved")}}}'
    form = load_form(small_form((MOTIF, spoken)), file="f.yaml")
    assert "publish.machine_fact" in codes(form)
    assert not form.may_be_published


def test_nobody_can_acknowledge_what_a_machine_loses():
    variant = {"text": LATE, "origin": "model", "status": "approved", "acknowledged": [
        {"kind": kind, "text": text, "reason": "x"} for kind in ("number", "deadline", "duration", "quantity")
        for text in ("deux mois", "2 mois", "deux", "dans un délai de deux mois")]}  # fmt: skip
    assert not form_with(json.dumps(variant)).may_be_published


def test_an_approved_machine_s_text_is_compared_with_the_parser():
    assert form_with(machine(SAME, "approved")).may_be_published


def test_without_the_tools_an_approved_machine_s_text_is_not_published(monkeypatch):
    def missing(*args: object) -> None:
        raise ToolsMissing

    monkeypatch.setattr(thorough_reading, "ask", missing)
    thorough_reading._compare_apart.cache_clear()
    form = form_with(machine(SAME, "approved"), STANDARD + " ")
    assert "publish.machine_unverified" in codes(form)
    assert not form.may_be_published
    thorough_reading._compare_apart.cache_clear()


def test_a_lint_error_stops_publishing_and_a_reason_allows_it():
    long = "Vous écrivez ici " + "et là " * 30 + "."
    form = form_with(json.dumps({"text": long}), long)
    errors = codes(form, "publish.lint.")
    assert errors
    assert not form.may_be_published
    allowed = {error.removeprefix("publish.lint."): "Le texte de loi l'impose." for error in errors}
    label = f"label: Motif\n        hint: {json.dumps({'standard': long, 'plain': long, 'allow': allowed})}"
    assert load_form(small_form((MOTIF, label)), file="f.yaml").may_be_published


def test_an_allowed_rule_that_does_not_exist_is_said():
    label = 'label: Motif\n        hint: {standard: "Court.", allow: {no-such-rule: "oui"}}'
    assert "lint.unknown_rule" in codes(load_form(small_form((MOTIF, label)), file="f.yaml"))


def test_checking_needs_no_parser():
    program = (
        "import sys; from forms_catalog.loading import load_form;"
        "load_form(open('forms_catalog/fr/demonstration/form.yaml','rb').read(), file='f');"
        "print('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.slow
def test_a_thorough_check_sees_what_only_a_parser_sees():
    passive = "La demande est examinée par la caisse. La décision est envoyée par le maire. Le dossier est gardé ici."
    label = f"label: Motif\n        help: {json.dumps({'standard': passive, 'plain': passive, 'easy': passive})}"
    source = small_form((MOTIF, label))
    quick = set(codes(load_form(source, file="f.yaml")))
    thorough = set(codes(load_form(source, file="f.yaml", thorough=True)))
    assert quick <= thorough
    assert any(code.startswith("lint.") for code in thorough - quick)


def test_a_process_that_does_not_answer_in_time_is_said():
    with pytest.raises(apart.ToolsFailed):
        apart.ask([("score", {"text": STANDARD})], wait=0.01)


def test_no_question_starts_no_process():
    assert apart.ask([], wait=0.0) == []


def test_another_name_for_the_same_thing_is_found_across_the_form():
    hint = "hint: {standard: a, plain: Joignez le justificatif.}"
    label = f"label: Motif\n        {hint}\n        help: {{standard: b, plain: "
    once = load_form(small_form((MOTIF, label + "Le justificatif est un PDF.}")), file="f.yaml")
    twice = load_form(small_form((MOTIF, label + "Gardez la pièce justificative.}")), file="f.yaml")
    assert codes(once, "lint.two-names") == []
    assert codes(twice, "lint.two-names") == ["lint.two-names"]


def test_an_endless_text_is_refused_and_read_no_further():
    form = load_form(small_form((MOTIF, f"label: Motif\n        help: {'mot ' * 6_000}")), file="f.yaml")
    assert codes(form, "publish.") == ["publish.text_too_long"]


def test_a_choice_may_be_a_phrase():
    label = "label: Vous êtes sur la déclaration de revenus de vos deux parents cette année"
    form = load_form(small_form(("label: Un}", f"{label}}}")), file="f.yaml")
    assert [code for code in codes(form, "lint.") if "label" in code] == []


def test_a_variant_of_an_earlier_official_text_is_stale_and_not_compared():
    stale = json.dumps({"text": LATE, "source": "000000000000"})
    assert codes(form_with(stale), "publish.") == []
    assert "variant.stale_plain" in codes(form_with(stale))


def test_an_acknowledgement_of_a_gap_that_is_no_more_is_told():
    known = [{"kind": "number", "text": "deux mois", "reason": "Le délai légal a changé."}]
    form = form_with(json.dumps({"text": SAME, "acknowledged": known}))
    told = [finding for finding in form.findings if finding.code == "facts.acknowledged_nothing"]
    assert [finding.severity for finding in told] == [Severity.WARNING]
    assert "deux mois" in told[0].message
    assert form.may_be_published


def test_who_does_what_is_compared_by_a_parser_only_so_its_acknowledgement_is_left_in_peace():
    known = [{"kind": "role", "text": "vous répondez", "reason": "Relu."}]
    assert "facts.acknowledged_nothing" not in codes(form_with(json.dumps({"text": SAME, "acknowledged": known})))


def test_a_person_s_text_that_is_only_heard_asks_for_an_acknowledgement_too():
    spoken = f'label: Motif\n        spoken: {{standard: "{STANDARD}", plain: "{LATE}"}}'
    form = load_form(small_form((MOTIF, spoken)), file="f.yaml")
    assert codes(form, "publish.fact_")
    assert [gap.fact for text in short_texts(form.compiled) for gap in text.gaps]
