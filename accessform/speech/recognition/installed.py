"""What this machine has to recognise speech with, without starting anything."""

import importlib.util
from pathlib import Path

PACKAGES = ("av", "ctranslate2", "faster_whisper", "onnxruntime")
MODEL_FILES = ("config.json", "model.bin", "tokenizer.json")
"""Without tokenizer.json faster-whisper would fetch one from the network."""


def missing_packages() -> list[str]:
    """Return the packages of requirements-voice.txt that are not installed."""
    return [name for name in PACKAGES if importlib.util.find_spec(name) is None]


def missing_files(model: Path) -> list[str]:
    """Return the files that `model` lacks to be a Whisper model in CTranslate2's form; all of them where it is none."""
    return [name for name in MODEL_FILES if not (model / name).is_file() or not (model / name).stat().st_size]
