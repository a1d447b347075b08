"""Keyed hashes: a value can be looked up or counted without being stored in clear."""

import hashlib
import hmac

from django.conf import settings


def keyed_hashes(purpose: str, value: str) -> list[str]:
    """Return the hash of `value` under every data key, newest first: 64 hexadecimal digits each.

    `purpose` keeps apart hashes of the same value made for different uses. Look up with `__in`, so that
    a value written before a key rotation is still found.
    """
    message = f"{purpose}\0{value}".encode()
    return [hmac.new(key.encode("ascii"), message, hashlib.sha256).hexdigest() for key in settings.DATA_KEYS]


def keyed_hash(purpose: str, value: str) -> str:
    """Return the hash of `value` under the newest data key."""
    return keyed_hashes(purpose, value)[0]
