"""Which words of a sentence stand nearest to which of its amounts or actors, and whether two changed places."""

from collections.abc import Sequence

from accessform.plain_language.facts.actors import class_of
from accessform.plain_language.facts.reading import Line, Token, bare, carries_content

PARTS = frozenset({",", ";", ":", "et", "ou", "(", ")", "?"})
CLAUSES = PARTS | {"qui", "que", "si", "lorsque"}
A_PART_AWAY = 4
"""Tokens that a comma or an « et » between a word and what it may go with counts for."""
STAYED_COUNTS = 3
"""Words crossed that one word still in its place outweighs.

Measured with the two comparisons that use it, alone, on the practice texts and the tuning half (1,546 faithful rewrites
and 390 exchanges): at 3, 4 rewrites are taken for exchanges and 37 exchanges are found; at 2, 5 and 38; at 1, 8 and 45.
`tests/plain_language/test_verification_nearness.py` counts the tuning half again.
"""


def nearest(line: Line, spans: Sequence[tuple[int, int]], parts: frozenset[str] = PARTS) -> list[set[str]]:
    """Return, for each span of tokens of a sentence, the stems of the words nearer to it than to the others."""
    found: list[set[str]] = [set() for _ in spans]
    ends = [at for at, token in enumerate(line.tokens) if token.low in parts]
    for at, token in enumerate(line.tokens):
        if not spans or not carries_content(token.low) or any(first <= at <= last for first, last in spans):
            continue
        away = [_distance(at, span, ends) for span in spans]
        for place, distance in enumerate(away):
            if distance == min(away):
                found[place].add(_word(token))
    return found


def _word(token: Token) -> str:
    """Return the stem of a word, its own beginning where it names somebody: « père » and « mère » are one family."""
    return bare(token.low)[:5] if class_of(token.low)[0] else token.stem


def _distance(at: int, span: tuple[int, int], ends: Sequence[int]) -> int:
    start, end = sorted((at, span[0]))
    return min(abs(at - span[0]), abs(at - span[1])) + A_PART_AWAY * sum(start < place < end for place in ends)


def crossed(before: tuple[set[str], set[str]], after: tuple[set[str], set[str]]) -> int:
    """Return how many words went from the one to the other, 0 unless both gave some and few stayed."""
    mine, yours = before[0] - before[1], before[1] - before[0]
    theirs, his = after[0] - after[1], after[1] - after[0]
    stayed = len(mine & theirs) + len(yours & his)
    gone = len(mine & his) + len(yours & theirs)
    return gone if mine & his and yours & theirs and gone > STAYED_COUNTS * stayed + 1 else 0
