"""manage.py form: what it prints, what it writes, and the status that a CI reads."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from forms_catalog.management.commands.form import _replace
from forms_catalog.models import FormVersion, VersionStatus
from forms_catalog.schema import PUBLISHED, written_schema
from tests.forms_catalog.written_forms import small_form

ROOT = Path(__file__).resolve().parents[2]
RENAMED = ("label: Motif", "label: Raison")
WRONG = ("type: yes_no", "type: oui_non")


def run(*words: str) -> tuple[int, str]:
    """Return the exit status and the output of `manage.py form …`."""
    out = io.StringIO()
    try:
        call_command("form", *words, stdout=out)
    except SystemExit as left:
        return int(left.code or 0), out.getvalue()
    except CommandError as error:
        return error.returncode, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def written(tmp_path: Path):
    def write(*changes: tuple[str, str], name: str = "petite.yaml") -> str:
        path = tmp_path / name
        path.write_bytes(small_form(*changes))
        return str(path)

    return write


def test_check_needs_no_database_and_passes_a_sound_file(written):
    assert run("check", written()) == (0, "")


def test_check_points_at_the_line_of_a_mistake(written):
    file = written(WRONG)
    status, output = run("check", file)
    line = Path(file).read_text().splitlines().index("      - {id: majeur, type: oui_non, label: Majeur}") + 1
    assert status == 1
    assert f"{file}:{line}:" in output
    assert "oui_non" in output


def test_check_prints_one_json_document(written):
    status, output = run("check", "--json", written(), written(WRONG, name="fausse.yaml"))
    document = json.loads(output)
    assert status == 1
    assert document["ok"] is False
    finding = document["findings"][0]
    assert set(finding) == {"file", "path", "line", "column", "severity", "code", "message"}
    assert finding["path"] == "steps[0].questions[1].type"


@pytest.mark.parametrize(
    "words", [("check", "absent.yaml"), ("check", "."), ("publish", "absent.yaml"), ("check", "nul\0.yaml")]
)
def test_a_file_that_does_not_exist_is_a_misuse(words):
    assert run(*words)[0] == 2


@pytest.mark.django_db
@pytest.mark.parametrize("subject", ["inconnue", "inconnue@2", "inconnue@deux", "inconnue@99999999999999999999"])
def test_a_version_that_does_not_exist_is_a_misuse(subject):
    assert run("export", subject)[0] == 2


@pytest.mark.parametrize("words", [(), ("dance",), ("check",), ("diff", "a")])
def test_an_unknown_or_incomplete_command_is_a_misuse(words):
    with pytest.raises((CommandError, SystemExit)):
        call_command("form", *words)


@pytest.mark.django_db
def test_register_keeps_a_draft_and_publish_by_slug_publishes_it(written):
    assert run("register", written()) == (0, "petite-demarche@1 : brouillon enregistré\n")
    assert FormVersion.objects.get().status == VersionStatus.DRAFT
    assert run("publish", "petite-demarche") == (0, "petite-demarche@1 : publiée\n")
    assert FormVersion.objects.get().status == VersionStatus.PUBLISHED


@pytest.mark.django_db
def test_publish_of_a_file_registers_it_first_and_is_quiet_the_second_time(written):
    assert run("publish", written()) == (0, "petite-demarche@1 : publiée\n")
    assert run("publish", written()) == (0, "petite-demarche@1 : rien de nouveau\n")
    assert run("publish", "petite-demarche")[0] == 1


@pytest.mark.django_db
def test_publish_refuses_a_form_that_the_law_finds_incomplete(written):
    status, output = run("publish", "--json", written(("retention_days: 90\n", "")))
    assert status == 1
    assert [finding["code"] for finding in json.loads(output)["findings"]] == ["publish.retention_days"]
    assert not FormVersion.objects.exists()


@pytest.mark.django_db
def test_export_gives_back_the_source_of_a_version(written):
    run("publish", written())
    run("publish", written(RENAMED))
    assert run("export", "petite-demarche@1") == (0, small_form().decode())
    assert run("export", "petite-demarche") == (0, small_form(RENAMED).decode())
    document = json.loads(run("export", "--json", "petite-demarche@2")[1])
    assert (document["form"], document["version"]) == ("petite-demarche", 2)


@pytest.mark.django_db
def test_diff_compares_versions_and_files(written):
    run("publish", written())
    run("publish", written(RENAMED))
    assert run("diff", "petite-demarche", written(RENAMED)) == (0, "Aucune différence.\n")
    status, output = run("diff", "petite-demarche@1", "petite-demarche@2")
    assert status == 1
    assert "Texte : questions.motif.label (standard)\n    - Motif\n    + Raison" in output
    changes = json.loads(run("diff", "--json", "petite-demarche@1", written(RENAMED))[1])["changes"]
    assert [change["kind"] for change in changes] == ["wording"]


@pytest.mark.django_db
def test_diff_refuses_a_file_that_is_no_form(written):
    assert run("diff", written(), written(WRONG, name="fausse.yaml"))[0] == 1


@pytest.mark.django_db
def test_retire_takes_a_form_out_of_the_catalogue(written):
    run("publish", written())
    assert run("retire", "petite-demarche")[0] == 0
    assert FormVersion.objects.get().status == VersionStatus.RETIRED
    assert run("retire", "inconnue")[0] == 2


def test_schema_prints_the_published_schema():
    assert run("schema") == (0, written_schema())


def test_the_published_schema_is_the_one_of_the_models():
    assert PUBLISHED.read_text(encoding="utf-8") == written_schema()


@pytest.mark.django_db
@pytest.mark.slow
def test_every_shipped_form_is_published_without_a_finding():
    files = sorted((Path(__file__).parents[2] / "forms_catalog/fr").glob("*/form.yaml"))
    assert files
    for file in files:
        assert run("publish", str(file))[0] == 0


@pytest.mark.slow
def test_a_reader_that_leaves_sees_no_traceback():
    program = [sys.executable, "manage.py", "form", "schema"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as running:
        running.stdout.close()
        assert running.stderr.read() == b""


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch):
    def refuse(*_given: object, **_named: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(CommandError, match="ne s'écrit pas") as told:
        _replace(str(tmp_path / "form.yaml"), "a: 1\n")
    assert told.value.returncode == 2
