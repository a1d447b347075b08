"""Letters as they are named and spelled: « dé », « D comme Denis », « deux n », « accent aigu », « tiret »."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from accessform.speech.understanding.transcript import Token, Tokens

LETTER_NAMES = {letter: letter for letter in "abcdefghijklmnopqrstuvwxyz"} | {
    "be": "b", "bee": "b", "ce": "c", "cee": "c", "de": "d", "dee": "d", "effe": "f", "eff": "f", "ef": "f", "ge": "g",
    "gee": "g", "hache": "h", "ache": "h", "ji": "j", "gi": "j", "ka": "k", "elle": "l", "el": "l", "ell": "l",
    "emme": "m",

    "em": "m", "aime": "m", "enne": "n", "ene": "n", "haine": "n", "pe": "p", "ku": "q", "cu": "q", "qu": "q",
    "erre": "r",

    "er": "r", "air": "r", "esse": "s", "es": "s", "te": "t", "the": "t", "ve": "v", "ixe": "x", "ix": "x",
    "igrec": "y",
    "zede": "z", "zed": "z",
}  # fmt: skip
TWO_WORDS = {("double", "v"): "w", ("double", "ve"): "w", ("i", "grec"): "y", ("y", "grec"): "y"}
ACCENTS = {
    ("accent", "aigu"): "\u0301", ("accent", "grave"): "\u0300", ("accent", "circonflexe"): "\u0302",
    ("trema",): "\u0308",
    ("cedille",): "\u0327", ("aigu",): "\u0301", ("grave",): "\u0300", ("circonflexe",): "\u0302",
}  # fmt: skip
_LIKE = frozenset({"comme"})


def letters_of(tokens: Tokens, allowed: Collection[str]) -> Tokens:
    """Return the tokens with « F comme François » and « double vé » made one letter, where letters are allowed."""
    kept: list[Token] = []
    place = 0
    while place < len(tokens):
        pair = tuple(token.word for token in tokens[place : place + 2])
        if pair in TWO_WORDS and TWO_WORDS[pair] in allowed:
            kept.append(replace(tokens[place], word=TWO_WORDS[pair]))
            place += 2
        elif allowed and _is_likened(tokens, place):
            kept.append(replace(tokens[place], word=LETTER_NAMES[tokens[place].word]))
            place += 3
        elif allowed and len(tokens[place].word) == 2 and tokens[place].raw.isupper() and tokens[place].word.isalpha():
            kept.extend(replace(tokens[place], word=letter) for letter in tokens[place].word)
            place += 1
        else:
            kept.append(tokens[place])
            place += 1
    return tuple(kept)


def _is_likened(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether « D comme Denis » begins here; the word must begin with its letter."""
    if place + 2 >= len(tokens) or tokens[place + 1].word not in _LIKE:
        return False
    letter = LETTER_NAMES.get(tokens[place].word)
    return letter is not None and tokens[place + 2].word.startswith(letter)
