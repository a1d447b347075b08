"""Clips on disk: under VOICE_DIR, one sound a key and the times of its words, each complete or absent."""

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

UNFINISHED = ".part"
UNFINISHED_SECONDS = 3600.0
"""A clip is written in milliseconds: what is older was left by a process that died."""


def clip_path(key: str) -> Path:
    """Return where the clip of that key is kept: ab/ab12….mp3."""
    return Path(settings.VOICE_DIR) / key[:2] / f"{key}.mp3"


def word_times_path(key: str) -> Path:
    """Return where the times of a clip's words are kept: ab/ab12….json."""
    return clip_path(key).with_suffix(".json")


def read_word_times(key: str) -> bytes | None:
    """Return the times of a clip's words as they were written, or None where there are none."""
    try:
        return word_times_path(key).read_bytes()
    except FileNotFoundError:
        return None


def read_clip(key: str) -> bytes | None:
    """Return the MP3 of that key, or None where it has not been made."""
    try:
        return clip_path(key).read_bytes()
    except FileNotFoundError:
        return None


def write_clip(key: str, audio: bytes) -> None:
    """Keep a clip; a reader sees all of it or nothing, even when two processes write it at once."""
    _write(clip_path(key), audio)


def write_word_times(key: str, times: str) -> None:
    """Keep the times of a clip's words; written before the clip, so that whoever finds the one finds the other."""
    _write(word_times_path(key), times.encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, suffix=UNFINISHED)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def remove_unfinished() -> None:
    """Delete what processes that died in the middle of a writing left behind."""
    oldest = time.time() - UNFINISHED_SECONDS
    for path in Path(settings.VOICE_DIR).glob(f"??/*{UNFINISHED}"):
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                path.unlink()


def kept_keys() -> Iterator[str]:
    """Yield the key of every clip on disk."""
    yield from {path.stem for kind in ("mp3", "json") for path in Path(settings.VOICE_DIR).glob(f"??/*.{kind}")}


def remove_clip(key: str) -> None:
    """Delete a clip's files, if there are any."""
    clip_path(key).unlink(missing_ok=True)
    word_times_path(key).unlink(missing_ok=True)
