"""Encryption at rest: what people write, upload or leave as a contact is unreadable without the data keys."""

import functools
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Undecipherable(ValueError):
    """Stored bytes that none of the data keys can open."""


@functools.cache
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """Return the cipher of this installation: writes with the newest key, reads with any of ACCESSFORM_DATA_KEYS."""
    return _cipher(tuple(settings.DATA_KEYS))


def encrypt_bytes(plain: bytes) -> bytes:
    """Return `plain` encrypted and authenticated."""
    return cipher().encrypt(plain)


def decrypt_bytes(stored: bytes) -> bytes:
    """Return what encrypt_bytes was given; raises Undecipherable when no key opens it."""
    try:
        return cipher().decrypt(stored)
    except InvalidToken as error:
        raise Undecipherable("no data key opens these bytes") from error


def encrypt_json(value: Any) -> str:
    """Return a JSON value encrypted, as ASCII text."""
    return encrypt_bytes(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).decode("ascii")


def decrypt_json(stored: str) -> Any:
    """Return the JSON value that encrypt_json was given."""
    return json.loads(decrypt_bytes(stored.encode("ascii")))
