"""Each shared file has a data key of its own: what it encrypted is lost to everybody once that key is destroyed."""

import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken


class KeyDestroyed(ValueError):
    """There is no key any more, or another one, for these bytes."""


def make_own_key() -> str:
    """Return a new Fernet key; it is stored in an encrypted field only (see Handover.wrapped_key)."""
    return Fernet.generate_key().decode("ascii")


def seal(own_key: str | None, value: Any) -> str:
    """Return a JSON value encrypted under a file's own key. Raises KeyDestroyed where there is none."""
    if own_key is None:
        raise KeyDestroyed("this file has no key any more")
    return Fernet(own_key).encrypt(json.dumps(value, ensure_ascii=False).encode()).decode("ascii")


def unseal(own_key: str | None, stored: str) -> Any:
    """Return what `seal` was given. Raises KeyDestroyed where the key has gone or is another file's."""
    if own_key is None:
        raise KeyDestroyed("this file has no key any more")
    try:
        return json.loads(Fernet(own_key).decrypt(stored.encode("ascii")))
    except InvalidToken as error:
        raise KeyDestroyed("another key sealed this") from error
