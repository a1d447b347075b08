"""The bootstrap finds a Python, checks the lock once, and says clearly what is missing."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from accessform.operations import bootstrap


def test_it_is_written_for_the_python_of_an_old_machine() -> None:
    ast.parse(Path(bootstrap.__file__).read_text(), feature_version=(3, 8))


def test_it_uses_only_the_standard_library() -> None:
    tree = ast.parse(Path(bootstrap.__file__).read_text())
    imported = {
        name.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    } | {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    assert imported <= set(sys.stdlib_module_names)


def test_an_unsupported_python_looks_for_a_supported_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "SUPPORTED", ((2, 0),))
    with pytest.raises(bootstrap.CannotStart, match=r"Python 3\.11, 3\.12 or 3\.13"):
        bootstrap.find_python()


def test_a_checked_lock_is_not_installed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []

    def run(command: list[str], **options: object) -> "subprocess.CompletedProcess[str]":
        calls.append(command)
        return subprocess.CompletedProcess(command, 0)

    lock = tmp_path / "requirements.txt"
    lock.write_text("django==5.2.19 --hash=sha256:00\n")
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    bootstrap.install(lock)
    bootstrap.install(lock)
    assert len(calls) == 1
    assert {"--require-hashes", "--only-binary"} <= set(calls[0])
    lock.write_text("django==5.2.20 --hash=sha256:11\n")
    bootstrap.install(lock)
    assert len(calls) == 2


def test_a_failed_installation_is_said_and_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("absent==1\n")
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(bootstrap.subprocess, "run", lambda command, **options: subprocess.CompletedProcess(command, 1))
    with pytest.raises(bootstrap.CannotStart):
        bootstrap.install(lock)
    assert not list(tmp_path.glob(".installed-*"))


def test_an_unknown_command_is_answered_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["fly"]) == 2
    assert "usage" in capsys.readouterr().out


def test_ci_installs_the_model_where_it_can_and_goes_on_where_it_cannot(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tried: list[str] = []

    def install(lock: Path) -> None:
        tried.append(lock.name)
        if "voice" in lock.name:
            raise bootstrap.CannotStart("not there")

    started: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "install", install)
    monkeypatch.setattr(bootstrap, "make_environment", lambda: None)
    monkeypatch.setattr(bootstrap.os, "execv", lambda python, command: started.append(command))
    monkeypatch.setattr(bootstrap.os, "chdir", lambda folder: None)
    monkeypatch.delenv("CI", raising=False)
    bootstrap.main(["test"])
    assert tried == ["requirements-build.txt", "requirements-dev.txt"]
    monkeypatch.setenv("CI", "true")
    bootstrap.main(["test"])
    assert tried[2:] == ["requirements-build.txt", "requirements-dev.txt", "requirements-voice.txt"]
    assert len(started) == 2
    assert "tests that listen will be skipped" in capsys.readouterr().out


def test_running_and_serving_need_nothing_to_listen_with() -> None:
    assert bootstrap.LOCKS["run"] == bootstrap.LOCKS["serve"] == [bootstrap.RUNTIME]
    runtime = (bootstrap.ROOT / bootstrap.RUNTIME).read_text()
    assert not any(f"\n{name}==" in runtime for name in ("faster-whisper", "ctranslate2", "onnxruntime", "av"))


def test_every_command_has_its_line_in_the_makefile() -> None:
    made = (bootstrap.ROOT / "Makefile").read_text()
    assert [name for name in {*bootstrap.MODULES, *bootstrap.LOCKS} if f"\n{name}:\n" not in made] == []
