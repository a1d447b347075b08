"""Names spelled letter by letter."""

import unicodedata
from collections.abc import Sequence

from accessform.speech.understanding.letters import ACCENTS, LETTER_NAMES, TWO_WORDS
from accessform.speech.understanding.transcript import Token, Tokens

_SIGNS = {
    ("tiret",): "-", ("trait", "d", "union"): "-", ("apostrophe",): "'", ("espace",): " ", ("plus", "loin"): " ",
    ("nouveau", "mot"): " ",
}  # fmt: skip
_UNSAID = frozenset({"majuscule", "minuscule", "lettre", "puis", "ensuite"})
_TIMES = {"deux": 2, "2": 2, "double": 2, "trois": 3}


def spelled(tokens: Tokens) -> str | None:
    """Return the letters that all the tokens spell, in lower case; None where one of them is no letter."""
    text, place, letters = "", 0, 0
    while place < len(tokens):
        found = _step(tokens, place, text)
        if found is None:
            return None
        text, place, is_letter = found
        letters += is_letter
    return unicodedata.normalize("NFC", text).strip() if letters >= 2 and _mostly_single(tokens) else None


def _mostly_single(tokens: Sequence[Token]) -> bool:
    """Tell whether the tokens look spelled: at least one is a letter alone, or is likened to a word."""
    return any(len(token.word) == 1 or token.word == "comme" for token in tokens)


def _step(tokens: Tokens, place: int, text: str) -> tuple[str, int, bool] | None:
    """Read the letter, sign or accent at `place`; returns the text so far, the place after, whether it was a letter."""
    for length in (3, 2, 1):
        words = tuple(token.word for token in tokens[place : place + length])
        if words in _SIGNS:
            return text + _SIGNS[words], place + length, False
        if words in ACCENTS and text:
            return text + ACCENTS[words], place + length, False
        if words in TWO_WORDS:
            return text + TWO_WORDS[words], place + 2, True
    word = tokens[place].word
    if word in _UNSAID:
        return text, place + 1, False
    times = _TIMES.get(word, 1)
    at = place + 1 if times > 1 else place
    if at >= len(tokens):
        return None
    letter = _letter(tokens[at])
    if letter is None:
        return None
    after = at + 1
    if after + 1 < len(tokens) and tokens[after].word == "comme" and tokens[after + 1].word.startswith(letter[0]):
        after += 2
    elif len(tokens[at].word) > 1 and tokens[at].word not in LETTER_NAMES:
        return None
    return text + letter * times, after, True


def _letter(token: Token) -> str | None:
    if len(token.raw) == 1 and token.raw.isalpha():
        return token.raw.lower()
    return LETTER_NAMES.get(token.word)


def capitalised(name: str) -> str:
    """Return a name with a capital after its beginning, a hyphen, a space and an apostrophe."""
    return "".join(
        letter.upper() if not place or name[place - 1] in "- '" else letter for place, letter in enumerate(name)
    )
