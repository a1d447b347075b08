"""A text cut into sentences and words, as spans in code points. No parser: abbreviations, lists and numbers hold."""

import re
from dataclasses import dataclass

ABBREVIATIONS = frozenset(
    """M MM Mme Mmes Mlle Mgr Me Dr Pr St Ste art Art al Al cf Cf ex Ex p pp chap Chap sect vol éd env max min tél Tél
    réf Réf av Av bd Bd bât Bât app apt Apt hab id ibid N.B p.ex c.-à-d i.e resp suiv janv févr avr juil sept oct nov
    déc""".split()  # noqa: SIM905
)
ENDING_ABBREVIATIONS = ("etc", "suiv", "h")
"""These may close a sentence: they do where a capital follows."""

MARKER = re.compile(r"[ \t\u00a0]*(?:[-–—•●▪◦‣*·○☐]+[ \t\u00a0]+|\(?(?:\d{1,2}[.)°]|[a-z][.)]|[A-Z]\))[ \t\u00a0]+)?")
LINE_END = re.compile(r"[\n\r\u2028\u2029\v\f\x85]+")
STOP = re.compile(r"""(?:[.!?…]+|;)(?:[ \u00a0\u202f]?[»”')\]"])*(?=\s|$)""")
LONGEST_ABBREVIATION = 40
"""Code points looked at before a full stop: so the time taken grows with the text, not with its square."""

BEFORE_STOP = re.compile(r"(?:^|[\s(«'\"/])([^\s(«'\"/]*)$")
INITIAL = re.compile(r"[A-ZÀ-ÖØ-Þ](?:\.[A-Z])*")
LETTER_OF_AN_ARTICLE = re.compile(r"[LRDA]")
DIGIT_OF_AN_ARTICLE = re.compile(r"\*?\d")
NOT_BLANK = re.compile(r"\S")
NEITHER_SPACE_NOR_OPENING = re.compile(r"""[^ \t\u00a0\u202f«"'(]""")

WORD = re.compile(
    r"""https?://\S+ | www\.\S+ | (?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+
    | \b[LRDA]\.?[ \u00a0\u202f]?\*?\d+(?:-\d+)*
    | \d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?!\d)(?:,\d+)?(?:[ \u00a0\u202f]?[€%])?
    | \d+(?:[.,:/h-]\d+)*(?:[ \u00a0\u202f]?[€%])?
    | [^\W_]+(?:['’\-/.·][^\W_]+)*['’]?""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Sentence:
    """One sentence: `text` is what stands between `start` and `end`, without the mark of a list item."""

    text: str
    start: int
    end: int


def sentences_of(text: str) -> list[Sentence]:
    """Return the sentences of `text` in order; each item of a list and each title is one. Blank ones are left out.

    A semicolon ends a sentence, since what follows can be read alone; a colon does not. A line that begins with a
    small letter goes on with the sentence of the line before, unless it is an item of a list.
    """
    return [sentence for start, end in _blocks(text) for sentence in _in_block(text, start, end)]


def words_of(text: str) -> list[str]:
    """Return the words: "l'aide", "grand-père", "1 234,56 €" and "L. 123-4" are one word each."""
    return [found.group() for found in WORD.finditer(text)]


def count_words(text: str) -> int:
    """Return how many words `text` has."""
    return sum(1 for _ in WORD.finditer(text))


def _blocks(text: str) -> list[tuple[int, int]]:
    """Return the spans of the lines, those that a line break cuts in mid-sentence put together again."""
    blocks: list[tuple[int, int]] = []
    start = 0
    for end, following in [
        *((found.start(), found.end()) for found in LINE_END.finditer(text)),
        (len(text), len(text)),
    ]:
        marked = MARKER.match(text, start, end)
        item = bool(marked and marked.group().strip())
        inside = marked.end() if marked else start
        goes_on = blocks and not item and text[inside : inside + 1].islower() and _is_open(text, *blocks[-1])
        if goes_on and "\n\n" not in text[blocks[-1][1] : start]:
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((inside, end))
        start = following
    return blocks


def _is_open(text: str, start: int, end: int) -> bool:
    while end > start and text[end - 1].isspace():
        end -= 1
    return text[end - 1 : end] not in (".", "!", "?", "…", ";", ":")


def _in_block(text: str, start: int, end: int) -> list[Sentence]:
    found: list[Sentence] = []
    begin = start
    for stop in STOP.finditer(text, start, end):
        if stop.group().startswith(".") and not _ends(text, begin, stop, end):
            continue
        found += _trimmed(text, begin, stop.end())
        begin = stop.end()
    return found + _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> list[Sentence]:
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    kept = raw.strip()
    return [Sentence(kept, start, start + len(kept))] if any(character.isalnum() for character in kept) else []


def _ends(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    """Tell whether a full stop closes the sentence, and not an abbreviation, an initial or a reference."""
    if stop.group().startswith(".."):
        return _capital_follows(text, stop.end(), end)
    before = BEFORE_STOP.search(text[max(begin, stop.start() - LONGEST_ABBREVIATION) : stop.start()])
    word = before.group(1) if before else ""
    after = NOT_BLANK.search(text, stop.end(), end)
    if not after:
        return True
    if LETTER_OF_AN_ARTICLE.fullmatch(word) and DIGIT_OF_AN_ARTICLE.match(text, after.start(), end):
        return False
    if word in ENDING_ABBREVIATIONS:
        return _capital_follows(text, stop.end(), end)
    if word in ABBREVIATIONS or (INITIAL.fullmatch(word) and word not in ("À", "A", "Y")):
        return False
    return not after.group().islower()


def _capital_follows(text: str, start: int, end: int) -> bool:
    after = NEITHER_SPACE_NOR_OPENING.search(text, start, end)
    return not after or not after.group().islower()
