"""Opaque tokens of links that need no login: long enough not to be guessed, short enough for a text message."""

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Digits and lower-case letters, without those that are taken for one another (i, l, o, u)."""
LENGTH = 20


def make_link_token() -> str:
    """Return a new token: 100 random bits in signs that a text message can carry."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
