"""Encrypted files on disk, named by the id of the row that knows them; nothing is ever written in clear."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from accessform.trust.encryption import decrypt_bytes, encrypt_bytes


def path_of(file_id: uuid.UUID) -> Path:
    """Return where a file lies: FILES_DIR, a folder of the id's first two digits, the id."""
    name = str(file_id)
    return Path(settings.FILES_DIR) / name[:2] / name


def store_file(file_id: uuid.UUID, plain: bytes) -> None:
    """Encrypt and write a file; it is on disk, whole, when this returns. Raises OSError when the disk is full."""
    write_whole(path_of(file_id), encrypt_bytes(plain))


def read_file(file_id: uuid.UUID) -> bytes:
    """Return a file in clear. Raises FileNotFoundError, or Undecipherable when no data key opens it."""
    return decrypt_bytes(path_of(file_id).read_bytes())


def delete_file(file_id: uuid.UUID) -> None:
    """Delete a file; silent when there is none."""
    path_of(file_id).unlink(missing_ok=True)


def stored_files() -> Iterator[Path]:
    """Yield every stored file, unfinished writes included."""
    folder = Path(settings.FILES_DIR)
    return (path for path in sorted(folder.glob("*/*")) if path.is_file())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a kill at any instant leaves the former content or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
