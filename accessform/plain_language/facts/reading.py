"""A text made ready for comparison: tokens in lower case, elisions opened, stems and families of words."""

import functools
import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from accessform.plain_language.sentences import sentences_of

DATA = Path(__file__).resolve().parent.parent / "data" / "fr" / "facts"

TOKEN = re.compile(
    r"""(?:rendez-vous|aujourd['’]hui|prud['’]hommes?|quelqu['’]une?|grand-(?:père|mère)s?|c['’]est-à-dire|peut-être|ci-(?:dessous|dessus|joints?|jointes?|après)|au-delà)\b
    | \d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?!\d)(?:,\d+)?
    | \d+(?:[.,]\d+)?
    | [^\W\d_]+['’](?=\w)
    | (?<!\d)[^\W\d_]+\d+[^\W\d_]+\b
    | [^\W\d_]+
    | \S""",
    re.VERBOSE | re.IGNORECASE,
)
OPENED = {"l": "le", "d": "de", "n": "ne", "j": "je", "m": "me", "t": "te", "c": "ce", "s": "se"}
LONGEST_STEM = 6
SHORTEST_STEM = 3


@dataclass(frozen=True)
class Token:
    """One word, number or sign: `low` is its opened lower-case form ("n'" is "ne"), `glued` follows a hyphen."""

    text: str
    low: str
    start: int
    end: int
    glued: bool

    @property
    def opposed(self) -> bool:
        """Tell whether the word denies the one that its stem names: « incorrect »."""
        return _opposite(self.low) is not None

    @property
    def stem(self) -> str:
        """Return the stem, or the name of the family of synonyms the word belongs to."""
        return stem_of(self.low)


@dataclass(frozen=True, eq=False)
class Line:
    """One sentence: its tokens, and `low`, their lower-case forms separated by one space, for patterns."""

    text: str
    tokens: tuple[Token, ...]
    low: str
    offsets: tuple[int, ...]
    item: bool
    """Whether it is an item of a list."""
    answers: bool = False
    """Whether the sentence before it asks: « Vous êtes étudiant ? On peut vous la demander. »."""

    def token_at(self, offset: int) -> int:
        """Return the index of the token that stands at `offset` of `low`."""
        return max(0, bisect_right(self.offsets, offset) - 1)

    def surface(self, first: int, last: int) -> str:
        """Return what the text itself says from token `first` to token `last`, included."""
        if not self.tokens:
            return ""
        base = self.tokens[0].start - self.base
        return self.text[self.tokens[first].start - base : self.tokens[last].end - base]

    @property
    def base(self) -> int:
        """Return where the first token stands in the sentence."""
        return len(self.text) - len(self.text.lstrip())

    @property
    def question(self) -> bool:
        """Tell whether the sentence asks."""
        return self.text.rstrip(" »)\u00a0").endswith("?")

    @functools.cached_property
    def stems(self) -> frozenset[str]:
        """Return the stems of the words that carry content."""
        return frozenset(token.stem for token in self.tokens if carries_content(token.low))

    @functools.cached_property
    def marks(self) -> frozenset[str]:
        """Return its stems and its figures: what it can be recognised by."""
        figures = data("numbers")["cardinals"]
        told = (str(figures.get(token.low, token.low)) for token in self.tokens)
        return self.stems | {figure for figure in told if figure[0].isdigit() and figure != "1"}


@dataclass(frozen=True, eq=False)
class Reading:
    """A text and its sentences."""

    text: str
    lines: tuple[Line, ...]

    @functools.cached_property
    def stems(self) -> frozenset[str]:
        """Return the stems of all the words that carry content."""
        return frozenset().union(*(line.stems for line in self.lines))

    @functools.cached_property
    def marks(self) -> frozenset[str]:
        """Return the stems and the figures of the whole text."""
        return frozenset().union(*(line.marks for line in self.lines))

    @functools.cached_property
    def beginnings(self) -> frozenset[str]:
        """Return the first four letters of its words of content, without accents."""
        return frozenset(
            bare(token.low)[:4] for line in self.lines for token in line.tokens if carries_content(token.low)
        )


@functools.cache
def data(name: str) -> dict[str, Any]:
    """Return the reviewed data named `name`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@functools.cache
def patterns(file: str, name: str) -> re.Pattern[str]:
    """Return one expression that finds any of the patterns listed under `name`, on word borders of `Line.low`."""
    found = data(file)
    for part in name.split("."):
        found = found[part]
    return either(found)


def either(listed: Iterable[str]) -> re.Pattern[str]:
    """Return one expression that finds any of `listed`, the longest first."""
    return re.compile(r"(?<![^ ])(?:" + "|".join(sorted(listed, key=len, reverse=True)) + r")(?![^ ])")


def read(text: str) -> Reading:
    """Return the reading of `text`."""
    lines = [_line(sentence.text, sentence.start, text) for sentence in sentences_of(text)]
    asked = [False, *(line.question for line in lines)]
    return Reading(text, tuple(replace(line, answers=before) for line, before in zip(lines, asked, strict=False)))


def _line(text: str, start: int, whole: str) -> Line:
    found = list(TOKEN.finditer(text))
    lows = [
        _opened(match.group(), found[at + 1].group() if at + 1 < len(found) else "") for at, match in enumerate(found)
    ]
    tokens = []
    offsets = []
    length = 0
    for match, low in zip(found, lows, strict=True):
        glued = match.start() > 0 and text[match.start() - 1] in "-\u2011" and match.group() not in "-\u2011"
        tokens.append(Token(match.group(), low, start + match.start(), start + match.end(), glued))
        offsets.append(length)
        length += len(low) + 1
    before = whole[:start].rpartition("\n")[2].strip()
    item = (0 < len(before) <= len("(10)") and not before.endswith((".", "!", "?"))) or (before[:-1].isdigit())
    return Line(text, tuple(tokens), " ".join(lows), tuple(offsets), item)


def _opened(word: str, following: str) -> str:
    low = word.lower().replace("’", "'").replace("‹", "<").replace("›", ">")
    if not low.endswith("'") or len(low) == 1:
        return low
    if low == "s'" and following.lower() in ("il", "ils"):
        return "si"
    return OPENED.get(low[:-1], low[:-1] + "e")


@functools.cache
def _stopwords() -> frozenset[str]:
    return frozenset(word for words in data("words")["stopwords"].values() for word in words.split())


def carries_content(low: str) -> bool:
    """Tell whether a word says something by itself, and is not grammar."""
    return len(low) > 2 and low[0].isalpha() and low not in _stopwords()


@functools.cache
def _families() -> tuple[dict[str, str], dict[str, str]]:
    """Return family by whole word, and family by beginning (what ends in * in the data)."""
    whole: dict[str, str] = {}
    begun: dict[str, str] = {}
    for name, words in data("words")["families"].items():
        for word in words.split():
            if word.endswith("*"):
                begun[bare(word.rstrip("*"))] = name
            else:
                whole[word] = name
    return whole, begun


@functools.lru_cache(maxsize=20_000)
def _opposite(low: str) -> str | None:
    """Return the word that `low` denies by its first letters: « correct » for « incorrect », None for most."""
    if not low.startswith(("i", "dés", "cadu", "périm", "silenc", "mécon")):
        return None
    return next((other for start, other in data("words")["opposites"].items() if low.startswith(start)), None)


@functools.lru_cache(maxsize=20_000)
def bare(word: str) -> str:
    """Return `word` without accents, in lower case."""
    return "".join(
        c for c in unicodedata.normalize("NFD", word.lower().replace("œ", "oe")) if not unicodedata.combining(c)
    )


@functools.cache
def _suffixes() -> tuple[str, ...]:
    """Return the endings that a stem leaves off, the longest first."""
    return tuple(sorted(data("words")["suffixes"].split(), key=len, reverse=True))


@functools.lru_cache(maxsize=20_000)
def stem_of(low: str) -> str:
    """Return the family of synonyms of a word, else its stem: declar for déclarer, déclaré, déclaration."""
    word = bare(_opposite(low) or low)
    whole, begun = _families()
    if low in whole:
        return whole[low]
    for length in range(len(word), 2, -1):
        if word[:length] in begun:
            return begun[word[:length]]
    for suffix in _suffixes():
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST_STEM:
            return word[: -len(suffix)][:LONGEST_STEM]
    return word[:LONGEST_STEM]


@functools.cache
def deed_of(stem: str) -> str:
    """Return the deed that a verb is one way to say, the verb's own stem where it stands alone."""
    return next((name for name, verbs in data("words")["deeds"].items() if stem in verbs.split()), stem)
