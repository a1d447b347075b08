"""Whole statements: a clause of one text of which nothing is left, or that comes from nowhere, in the other."""

from accessform.plain_language.facts.differences import Differences, Fact
from accessform.plain_language.facts.modality import modals_of
from accessform.plain_language.facts.negation import denials
from accessform.plain_language.facts.reading import Line, Reading, carries_content

KIND = "statement"
FEWEST_WORDS = 3
"""Words of content under which a clause says too little to be looked for."""
LEFT = 0.21
"""Share of a clause's words that must be met in the other text for it to be there."""
BEGINNING = 4
"""Letters that two words of one root share, at least."""
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
    added = _missing(variant, standard, LEFT) or _foreign(standard, variant)
    return Differences(
        [Fact(KIND, words) for words in _missing(standard, variant, LEFT)], [Fact(KIND, words) for words in added]
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
        and len(line.stems) >= FEWEST_WORDS - 1
        and not any(_met(stem, standard) for stem in line.stems)
        and (modals_of(line) or denials(line))
    ]


def _missing(reading: Reading, other: Reading, least: float) -> list[str]:
    return [
        line.surface(first, last)
        for line in reading.lines
        for first, last, stems in _clauses(line)
        if len(stems) >= FEWEST_WORDS and sum(_met(stem, other) for stem in stems) < least * len(stems)
    ]


def _met(stem: str, other: Reading) -> bool:
    """Tell whether the other text holds the word, or one that begins alike: publication, publier."""
    return stem in other.marks or stem[:BEGINNING] in other.beginnings


def _clauses(line: Line) -> list[tuple[int, int, frozenset[str]]]:
    """Return the clauses of a sentence, cut at punctuation and linking words."""
    found = []
    first = 0
    for at in range(len(line.tokens) + 1):
        if at == len(line.tokens) or line.tokens[at].low in CUTS:
            stems = frozenset(
                token.stem for token in line.tokens[first:at] if carries_content(token.low) or token.low[0].isdigit()
            )
            if at > first:
                found.append((first, at - 1, stems))
            first = at + 1
    return found
