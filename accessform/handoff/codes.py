"""The code that finds an appointment again: ten characters that nobody confuses."""

import secrets

from accessform.trust.hashing import keyed_hash, keyed_hashes

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
PURPOSE = "handoff:appointment_code"


def make_code() -> str:
    """Return a new code: 50 random bits in Crockford's alphabet."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """Return a code as people write it (spaces, hyphens, small letters, O for 0) in its one form."""
    kept = "".join(character for character in typed.upper() if character.isalnum())
    return kept.translate(LOOK_ALIKES)


def say_code(code: str) -> str:
    """Return a code in two groups of five, as it is shown."""
    return f"{code[:5]} {code[5:]}"


def digest_code(code: str) -> str:
    """Return the keyed hash under which a code is stored."""
    return keyed_hash(PURPOSE, code)


def list_digests(code: str) -> list[str]:
    """Return the keyed hashes to look a code up by, under every data key."""
    return keyed_hashes(PURPOSE, code)
