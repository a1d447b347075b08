"""Secrets of one installation: made once, kept apart from the code, readable by their owner alone."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path


class MissingKey(RuntimeError):
    """A secret that production must be given was not given."""


def new_secret_key() -> str:
    """Return a new key for signing (Django's SECRET_KEY)."""
    return secrets.token_urlsafe(64)


def new_data_key() -> str:
    """Return a new key for encrypting stored answers (a Fernet key: 32 random bytes, URL-safe base64)."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def read_key(variable: str, file: Path, make: Callable[[], str], *, may_create: bool) -> str:
    """Return a secret from the environment, else from its file, else a new one where `may_create`.

    Raises MissingKey when there is none and none may be made.
    """
    if value := os.environ.get(variable):
        return value
    if file.exists():
        return file.read_text().strip()
    if not may_create:
        raise MissingKey(f"{variable} is not set and {file} does not exist; production needs a key of its own")
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as stream:
        stream.write(make())
    return file.read_text().strip()
