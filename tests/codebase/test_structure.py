"""The house keeps its rules: layers, lock, templates, texts, settings and documents agree with the code."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from accessform.operations.locking import LOCKS

ROOT = Path(__file__).resolve().parents[2]
PYTHON = [p for folder in ("accessform", "forms_catalog") for p in (ROOT / folder).rglob("*.py")]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
FORBIDDEN_NAMES = {"utils", "helpers", "common", "signals", "misc"}


def source(*suffixes: str) -> str:
    """Return the whole text of the product's own files with these suffixes."""
    files = [
        path
        for folder in ("accessform", "forms_catalog", "templates", "static/js")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in suffixes
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_rooms_import_downwards_only() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from importlinter.cli import lint_imports_command as main; sys.exit(main())",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_no_module_is_named_for_nothing() -> None:
    assert [str(p) for p in PYTHON if p.stem in FORBIDDEN_NAMES] == []


@pytest.mark.parametrize("lock", sorted(LOCKS))
def test_the_lock_names_no_registry_and_hashes_every_file(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "index-url" not in text
    for requirement in re.findall(r"^[a-z0-9][^\n]*==(?:[^\n]*\\\n)(?:    --hash[^\n]*\n)+", text, re.MULTILINE):
        assert "--hash=sha256:" in requirement
    assert len(re.findall(r"^[a-z0-9][\w.\-\[\]]*==", text, re.MULTILINE)) == len(
        re.findall(r"^[a-z0-9][\w.\-\[\]]*==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)
    )


def test_running_installs_neither_spacy_nor_playwright() -> None:
    runtime = (ROOT / "requirements.txt").read_text()
    assert not re.search(r"^(spacy|playwright|pytest)\b", runtime, re.MULTILINE)


def test_every_template_is_used() -> None:
    everything = source(".py", ".html", ".svg", ".typ")
    unused = [
        name
        for path in TEMPLATES
        if (name := str(path.relative_to(ROOT / "templates"))) not in everything
        and not re.fullmatch(r"forms_catalog/widgets/.*|journeys/(widgets|questions)/.*|web/icons/.*", name)
    ]
    assert unused == []


def test_every_setting_from_the_environment_is_documented() -> None:
    operations = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bACCESSFORM_[A-Z_]+\b", source(".py")))
    assert sorted(name for name in named if name not in operations) == []


def test_every_interface_text_is_said_somewhere() -> None:
    from accessform.plain_language.interface import texts

    everything = source(".py", ".html", ".toml", ".js")
    silent = [name for name in texts() if name not in everything and not _is_built(name, everything)]
    assert silent == []


def _is_built(name: str, everything: str) -> bool:
    """Tell whether some code builds the name from its beginning: f"answers.{code}", {% say_built "web.title_" x %}."""
    room, key = name.split(".", 1)
    parts = key.split("_")
    starts = [f"{room}.{'_'.join(parts[:n])}_{{" for n in range(1, len(parts))] + [f"{room}.{{"]
    built = [f'say_built "{room}.{"_".join(parts[:n])}_"' for n in range(1, len(parts))]
    return any(start in everything for start in [*starts, *built])


def test_no_commit_holds_a_machine_path() -> None:
    assert str(ROOT) not in source(".py", ".html", ".js", ".toml", ".yaml")


def test_migrations_are_complete() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_a_button_outside_its_form_says_that_it_submits() -> None:
    """htmx sends the name and value of a button outside its form only where type="submit" is written out."""
    buttons = re.findall(r"<button[^>]*\bform=[^>]*>", source(".html"))
    assert buttons
    assert [button for button in buttons if 'type="submit"' not in button] == []
