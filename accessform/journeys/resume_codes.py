"""Resume codes: easy to read out, to copy and to mistype without harm. Pure.

Twelve characters of Crockford's base 32 (no I, L, O, U): 60 random bits, shown as XXXX-XXXX-XXXX.
"""

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SPELLING = (
    "Anatole Berthe Célestin Désiré Eugène François Gaston Henri Joseph Kléber Marcel Nicolas "
    "Pierre Quintal Raoul Suzanne Thérèse Victor William Xavier Yvonne Zoé"
)
_NAMES = {unicodedata.normalize("NFD", name)[0]: name for name in _SPELLING.split()}


def new_code() -> str:
    """Return a new code, twelve characters without hyphens."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str | None:
    """Read a code as people write it: lower case, spaces, hyphens, O for 0, I or L for 1; None when it is no code."""
    composed = unicodedata.normalize("NFKC", typed).upper()
    code = "".join(character for character in composed if character.isalnum()).translate(_READ_AS)
    return code if len(code) == LENGTH and all(character in ALPHABET for character in code) else None


def grouped(code: str) -> str:
    """Return a code as it is shown, XXXX-XXXX-XXXX."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def spelled(code: str) -> list[str]:
    """Return a code character by character for reading out: « B comme Berthe », « 7 »."""
    return [f"{character} comme {_NAMES[character]}" if character in _NAMES else character for character in code]


def read_word(typed: str) -> str:
    """Return a chosen word without what people forget: capitals, accents, spaces and punctuation."""
    folded = unicodedata.normalize("NFKD", typed).casefold()
    return "".join(character for character in folded if character.isalnum())
