"""Whole statements: a clause of one text of which nothing is left, or that comes from nowhere, in the other."""

import functools

from accessform.plain_language.facts.differences import Differences, Fact
from accessform.plain_language.facts.modals import modals_of
from accessform.plain_language.facts.negation import denials
from accessform.plain_language.facts.reading import Line, Reading, Token, carries_content, data, patterns, stem_of

KIND = "statement"
FEWEST_WORDS = 3
"""Words of content under which a clause says too little to be looked for."""
LEFT = 0.21
"""Share of a clause's words that must be met in the other text for it to be there."""
SHARED = 0.5
"""Share under which a clause may be one of the other text in new words."""
BEGINNING = 4
"""Letters that two words of one root share, at least."""
SAID_BEFORE = {"le", "la", "les", "lui", "leur", "là", "en", "y"}
"""What stands for something told before: « Dites-le-lui », « ce jour-là »."""
CUTS = {
    ",",
    ";",
    ":",
    ".",
    "?",
    "!",
    "(",
    ")",
    "lorsque",
    "si",
    "sauf",
    "quand",
    "qui",
    "dont",
    "lequel",
    "et",
    "ou",
    "mais",
    "afin",
    "après",
    "avant",
}


def compare_statements(standard: Reading, variant: Reading) -> Differences:
    """Find the clauses of each text that the other does not hold."""
    lost = [] if _retold(variant, standard) else _missing(standard, variant)
    added = [] if _retold(standard, variant) else _missing(variant, standard)
    return Differences(
        [Fact(KIND, words) for words in lost],
        [Fact(KIND, words) for words in added or _foreign(standard, variant)],
    )


def _retold(reading: Reading, other: Reading) -> bool:
    """Tell whether a clause holds so little of the other text that the other may say it in new words.

    Then a clause of the other text of which nothing is met may be this one in other words: it is not held for lost.
    """
    return any(
        len(stems) >= FEWEST_WORDS - 1 and sum(_met(stem, other) for stem in stems) < SHARED * len(stems)
        for line in reading.lines
        if not line.question
        for _, _, stems in _clauses(line)
    )


def _foreign(standard: Reading, variant: Reading) -> list[str]:
    """Return the sentences of the variant that oblige, allow or deny, and of which the standard holds no word."""
    if sum(len(denials(line)) for line in variant.lines) <= sum(len(denials(line)) for line in standard.lines):
        return []
    return [
        line.text
        for line in variant.lines
        if not line.question
        and line.tokens[0].low != "sinon"
        and not any(token.glued and token.low in SAID_BEFORE for token in line.tokens)
        and not patterns("markers", "statements.refers").search(line.low)
        and len(line.stems) >= FEWEST_WORDS - 1
        and not any(_met(stem, standard) for stem in line.stems)
        and (modals_of(line) or denials(line))
    ]


def _missing(reading: Reading, other: Reading) -> list[str]:
    """Return the clauses of which the other text holds too little; figures it lacks are compared elsewhere."""
    found = []
    for line in reading.lines:
        for first, last, stems in _clauses(line):
            met = sum(_met(stem, other) for stem in stems)
            told = [stem for stem in stems if _met(stem, other) or not (stem[0].isdigit() or stem in _people())]
            if len(told) >= FEWEST_WORDS and met < LEFT * len(told):
                found.append(line.surface(first, last))
    return found


def _met(stem: str, other: Reading) -> bool:
    """Tell whether the other text holds the word, or one that begins alike: publication, publier."""
    return stem in other.marks or stem[:BEGINNING] in other.beginnings


def _mark(token: Token) -> str:
    """Return what a word is met by, its figure or its stem; empty for grammar."""
    figure = str(data("numbers")["cardinals"].get(token.low, token.low))
    if figure[0].isdigit():
        return figure if figure != "1" else ""
    return token.stem if carries_content(token.low) else ""


@functools.cache
def _people() -> frozenset[str]:
    """Return the stems of those who may have become « vous »."""
    return frozenset(stem_of(word) for words in data("actors")["people"].values() for word in words.split())


def _clauses(line: Line) -> list[tuple[int, int, frozenset[str]]]:
    """Return the clauses of a sentence, cut at punctuation and linking words."""
    found = []
    first = 0
    for at in range(len(line.tokens) + 1):
        if at == len(line.tokens) or line.tokens[at].low in CUTS:
            stems = frozenset(_mark(token) for token in line.tokens[first:at]) - {""}
            if at > first:
                found.append((first, at - 1, stems))
            first = at + 1
    return found
