"""Secrets are made once, readable by their owner alone, and never invented in production."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from accessform.operations.keys import MissingKey, new_data_key, read_key
from accessform.operations.launch import ROOT


def test_a_key_is_made_once_with_mode_0600(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "data_keys"
    first = read_key("ACCESSFORM_NO_SUCH", file, new_data_key, may_create=True)
    assert read_key("ACCESSFORM_NO_SUCH", file, new_data_key, may_create=True) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_production_refuses_to_start_without_a_key(tmp_path: Path) -> None:
    with pytest.raises(MissingKey, match="ACCESSFORM_NO_SUCH"):
        read_key("ACCESSFORM_NO_SUCH", tmp_path / "absent", new_data_key, may_create=False)


def test_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("from the file")
    monkeypatch.setenv("ACCESSFORM_A_KEY", "from the environment")
    assert read_key("ACCESSFORM_A_KEY", tmp_path / "key", new_data_key, may_create=True) == "from the environment"


def test_the_folder_of_what_changes_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    done = subprocess.run(
        [sys.executable, "-c", "import accessform.settings"],
        cwd=ROOT,
        env={**os.environ, "ACCESSFORM_VAR": str(folder), "ACCESSFORM_MODE": "demo"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
