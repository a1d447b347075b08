"""Clips on disk: one file a key under VOICE_DIR, complete or absent."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


def clip_path(key: str) -> Path:
    """Return where the clip of that key is kept: ab/ab12….mp3."""
    return Path(settings.VOICE_DIR) / key[:2] / f"{key}.mp3"


def read_clip(key: str) -> bytes | None:
    """Return the MP3 of that key, or None where it has not been made."""
    try:
        return clip_path(key).read_bytes()
    except FileNotFoundError:
        return None


def write_clip(key: str, audio: bytes) -> None:
    """Keep a clip; a reader sees all of it or nothing, even when two processes write it at once."""
    path = clip_path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(audio)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def kept_keys() -> Iterator[str]:
    """Yield the key of every clip on disk."""
    for path in Path(settings.VOICE_DIR).glob("??/*.mp3"):
        yield path.stem


def remove_clip(key: str) -> None:
    """Delete a clip's file, if there is one."""
    clip_path(key).unlink(missing_ok=True)
