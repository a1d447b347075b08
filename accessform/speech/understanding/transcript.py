"""The normal form of a transcript: words without case or accents, figures, and the pauses between them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from accessform.speech.understanding.phrases import Phrase, phrases, spans

_ORDINAL_ENDING = r"(?:ers?|[èe]res?|res?|[èe]mes?|es?|nde?s?|d)"
_PIECE = re.compile(
    rf"\d+{_ORDINAL_ENDING}(?![^\W_])|\d+|[^\W\d_]+|[€%@+/_=&#*£$°]|[,.;:!?…'’\-–—−()«»\"|]", re.IGNORECASE
)
_KEPT_SIGNS = frozenset("€%@+/_=&#*£$°")
_BETWEEN_FIGURES = frozenset(",.:-")
_PAUSES = frozenset(",.;:!?…()|")
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "’": "'"})


@dataclass(frozen=True)
class Token:
    """One word, figure or sign.

    `word` is folded, `raw` as written; `pause` says that a mark stands before it, `joined` that a hyphen does,
    `glued` that nothing does.
    """

    word: str
    raw: str
    start: int = 0
    end: int = 0
    pause: bool = False
    joined: bool = False
    glued: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether it is written with figures only."""
        return self.word.isascii() and self.word.isdigit()


Tokens = tuple[Token, ...]


def fold(text: str) -> str:
    """Return lower case without accents; ligatures opened."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def composed(transcript: str) -> str:
    """Return the transcript with one form of each sign: what `tokenise` counts its places in."""
    text = unicodedata.normalize("NFKC", transcript).translate(_DASHES)
    return re.sub(r"(?i)(aujourd)'\s?(hui)", r"\1\2", text)


def tokenise(transcript: str) -> Tokens:
    """Return the tokens of a transcript, hesitations included."""
    text = composed(transcript)
    pieces = list(_PIECE.finditer(text))
    tokens: list[Token] = []
    pause = joined = False
    for rank, piece in enumerate(pieces):
        mark = piece.group()
        glued_before = rank > 0 and pieces[rank - 1].end() == piece.start()
        if mark[0].isalnum() or mark in _KEPT_SIGNS or _is_decimal_mark(text, piece):
            word = fold(mark)
            if mark == "-":
                word = "moins" if not glued_before else "-"
            tokens.append(Token(word, mark, piece.start(), piece.end(), pause, joined, glued_before))
            pause = joined = False
        elif mark == "-":
            joined = True
        elif mark in _PAUSES:
            pause = True
    return tuple(tokens)


def _is_decimal_mark(text: str, piece: re.Match[str]) -> bool:
    """Tell whether a mark stands between two figures, or is the minus sign before one."""
    after = text[piece.end() : piece.end() + 1]
    before = text[piece.start() - 1 : piece.start()] if piece.start() else " "
    if piece.group() not in _BETWEEN_FIGURES or not after.isdigit():
        return False
    return before.isdigit() or (piece.group() == "-" and before.isspace() and not _ends_with_figure(text, piece))


def _ends_with_figure(text: str, piece: re.Match[str]) -> bool:
    return text[: piece.start()].rstrip()[-1:].isdigit()


def words_of(tokens: Sequence[Token]) -> list[str]:
    """Return the folded words."""
    return [token.word for token in tokens]


def without(tokens: Tokens, known: frozenset[Phrase]) -> Tokens:
    """Return the tokens without these phrases; a pause before a phrase is kept after it."""
    dropped = {place for start, end in spans(words_of(tokens), known) for place in range(start, end)}
    kept: list[Token] = []
    pause = False
    for place, token in enumerate(tokens):
        if place in dropped:
            pause = pause or token.pause
            continue
        kept.append(replace(token, pause=True) if pause and kept else token)
        pause = False
    return tuple(kept)


def bare(tokens: Tokens) -> Tokens:
    """Return the tokens without hesitations, politeness, and what opens an answer."""
    kept = without(tokens, phrases("around.hesitations", "around.politeness"))
    found = spans(words_of(kept), phrases("around.openings"))
    while found and found[0][0] == 0:
        kept = kept[found[0][1] :]
        found = spans(words_of(kept), phrases("around.openings"))
    return kept


def text_of(tokens: Tokens, transcript: str) -> str:
    """Return the part of the transcript from the first of these tokens to the last."""
    return transcript[tokens[0].start : tokens[-1].end] if tokens else ""
