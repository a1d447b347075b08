"""Six digits, said at a counter. Short, because they live for minutes, at one place, under a throttle."""

import secrets
import unicodedata

from accessform.trust.hashing import keyed_hash, keyed_hashes

LENGTH = 6
GROUP = 3
PURPOSE = "handoff:handover_code"


def make_code() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(10**LENGTH):0{LENGTH}}"


def read_code(typed: str) -> str | None:
    """Return the six digits in what was typed or pasted (spaces and dashes aside), None where they are not six."""
    kept = "".join(sign for sign in typed[:50] if not (sign.isspace() or unicodedata.category(sign) == "Pd"))
    return kept if len(kept) == LENGTH and kept.isascii() and kept.isdigit() else None


def say_code(code: str) -> str:
    """Return a code in two groups of three, as it is shown."""
    return f"{code[:GROUP]} {code[GROUP:]}"


def digest_code(place_id: int, code: str) -> str:
    """Return the keyed hash under which a code of a place is stored."""
    return keyed_hash(PURPOSE, f"{place_id}:{code}")


def list_digests(place_id: int, code: str) -> list[str]:
    """Return the keyed hashes to look a code of a place up by, under every data key."""
    return keyed_hashes(PURPOSE, f"{place_id}:{code}")
