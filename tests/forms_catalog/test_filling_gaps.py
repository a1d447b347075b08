"""manage.py form draft: gaps are filled as drafts, and nothing else in the file moves."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accessform.plain_language.wording import ReadingLevel
from forms_catalog.loading import load_form
from tests.forms_catalog.written_forms import small_form
from tests.plain_language.fake_model import FakeModel, answers, chat, running_model

pytestmark = pytest.mark.slow

HARD = (
    "Le demandeur est tenu de transmettre l'ensemble des justificatifs dans un délai de deux mois à compter de la "
    "notification de la décision. Le formulaire, dûment complété et signé, est adressé à la caisse."
)


TEXT = "La personne qui souhaite partir doit en informer le gardien trois mois avant son départ."
GOOD = "La personne souhaite partir ? Elle doit en informer le gardien 3 mois avant son départ."


@pytest.fixture
def model() -> Iterator[FakeModel]:
    with running_model() as server:
        yield server


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "form.yaml"
    label = f'label: Motif  # commentaire gardé\n        help: "{HARD}"'
    path.write_bytes(small_form(("label: Motif", label)))
    return path


def run(file: Path, *words: str) -> str:
    out = io.StringIO()
    call_command("form", "draft", str(file), *words, stdout=out)
    return out.getvalue()


def test_a_gap_is_filled_as_a_draft_that_says_how_it_was_made(file: Path):
    run(file, "--level", "plain")
    question = load_form(file.read_bytes(), file="f").definition.steps[1].questions[0]
    variant = question.help.plain
    assert variant.text != HARD
    assert (variant.origin, variant.status) == ("rules", "draft")
    assert variant.rules
    assert not question.help.is_stale(ReadingLevel.PLAIN)


def test_everything_else_stays_as_it_was(file: Path):
    before = file.read_text().splitlines()
    run(file, "--level", "plain")
    after = file.read_text().splitlines()
    assert [line for line in before if line not in after and "help:" not in line] == []
    assert any("# commentaire gardé" in line for line in after)


def test_a_second_run_changes_nothing(file: Path):
    run(file, "--level", "plain")
    once = file.read_bytes()
    run(file, "--level", "plain")
    assert file.read_bytes() == once


def test_what_is_not_safe_is_left_and_said(file: Path):
    told = json.loads(run(file, "--level", "easy", "--json"))
    paths = {gap["path"] for gap in told["made"]} | {gap["path"] for gap in told["left"]}
    assert "steps[1].questions[0].help" in paths
    assert told["ok"] is True


def test_a_file_that_does_not_read_is_left_alone(tmp_path: Path):
    path = tmp_path / "form.yaml"
    path.write_text("accessform: [")
    with pytest.raises(SystemExit) as left:
        run(path, "--level", "plain")
    assert left.value.code == 1
    assert path.read_text() == "accessform: ["


def test_a_model_that_the_operator_set_drafts_too_and_is_recorded(tmp_path: Path, monkeypatch, model: FakeModel):
    label = f'label: Motif\n        help: "{TEXT}"'
    path = tmp_path / "form.yaml"
    path.write_bytes(small_form(("label: Motif", label)))
    model.answer = answers(chat(GOOD))
    monkeypatch.setenv("ACCESSFORM_WORDING_MODEL_URL", model.settings().url)
    monkeypatch.setenv("ACCESSFORM_WORDING_MODEL_MODEL", "essai")
    run(path, "--level", "plain")
    variant = load_form(path.read_bytes(), file="f").definition.steps[1].questions[0].help.plain
    assert (variant.origin, variant.status, variant.model.name) == ("model", "draft", "essai")
    assert model.asked


def test_rules_only_asks_no_model(file: Path, monkeypatch, model: FakeModel):
    monkeypatch.setenv("ACCESSFORM_WORDING_MODEL_URL", model.settings().url)
    monkeypatch.setenv("ACCESSFORM_WORDING_MODEL_MODEL", "essai")
    run(file, "--level", "plain", "--rules-only")
    assert model.asked == []


def test_a_wrong_model_address_is_said(file: Path, monkeypatch):
    monkeypatch.setenv("ACCESSFORM_WORDING_MODEL_URL", "http://elsewhere.example/v1")
    monkeypatch.setenv("ACCESSFORM_WORDING_MODEL_MODEL", "essai")
    with pytest.raises(CommandError, match="https"):
        run(file, "--level", "plain")
