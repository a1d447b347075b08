"""Sentences almost the same on both sides: there a word of grammar put in, taken out or exchanged is a changed fact."""

import functools
from collections import Counter
from difflib import SequenceMatcher

from accessform.plain_language.facts.differences import Change, Differences, Fact
from accessform.plain_language.facts.negation import restrictions
from accessform.plain_language.facts.reading import Line, Reading, data

KIND = "wording"
LONG_ENOUGH = 8
ALL_BUT_ONE = 0.95
LONGEST_COMPARED = 1_000
"""Tokens of a text above which words left out are not looked for one by one."""
NEAR = 0.7
FEW = 4
"""Tokens that may differ, both sides counted, in a short sentence retouched."""
SAME = 0.86
"""Likeness (tokens in common, both sentences' lengths) from which a sentence is the other retouched."""


@functools.cache
def _classes() -> dict[str, str]:
    return {word: name for name, words in data("retouches").items() for word in words.split()}


def compare_retouches(standard: Reading, variant: Reading) -> Differences:
    """Find the sentences that differ by little and where the little changes the sense."""
    found = Differences()
    for at, line in enumerate(variant.lines):
        lows = [token.low for token in line.tokens]
        nearest = max(standard.lines, key=lambda other: _likeness(lows, other), default=None)
        if nearest is not None and lows != [token.low for token in nearest.tokens] and _is_retouched(lows, nearest):
            following = variant.lines[at + 1] if at + 1 < len(variant.lines) else None
            if following is None or not _goes_on(nearest, line, following, standard):
                found.changed += _retouched(nearest, line)
    if not found:
        found.lost += _left_out(standard, variant)
    return found


def _goes_on(before: Line, line: Line, following: Line, standard: Reading) -> bool:
    """Tell whether a sentence was cut in two: what it no longer says stands in the next one, which is new."""
    lows = [token.low for token in following.tokens]
    is_new = all(_likeness(lows, other) < SAME for other in standard.lines)
    return is_new and _counted(before) == _counted(line) + _counted(following)


def _left_out(standard: Reading, variant: Reading) -> list[Fact]:
    """Return what was taken out of a text of which the rest was kept word for word."""
    old = [(line, at) for line in standard.lines for at in range(len(line.tokens))]
    before = [line.tokens[at].low for line, at in old]
    after = [token.low for line in variant.lines for token in line.tokens]
    if len(after) < LONG_ENOUGH or not len(after) < len(before) <= LONGEST_COMPARED:
        return []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if sum(block.size for block in matcher.get_matching_blocks()) < ALL_BUT_ONE * len(after):
        return []
    return [
        Fact(
            KIND, old[start][0].surface(old[start][1], min(old[start][1] + end - start, len(old[start][0].tokens)) - 1)
        )
        for tag, start, end, first, last in matcher.get_opcodes()
        if tag in ("delete", "replace") and _said(before[start:end]) - _said(after[first:last])
    ]


def _said(words: list[str]) -> set[str]:
    return {_classes()[word] for word in words if word in _classes()}


def _is_retouched(lows: list[str], other: Line) -> bool:
    """Tell whether a sentence is another one with few words put in, taken out or exchanged."""
    likeness = _likeness(lows, other)
    different = (1 - likeness) * (len(lows) + len(other.tokens))
    return likeness >= SAME or (likeness >= NEAR and different <= FEW)


def _likeness(lows: list[str], other: Line) -> float:
    return SequenceMatcher(None, [token.low for token in other.tokens], lows, autojunk=False).ratio()


def _retouched(before: Line, after: Line) -> list[Change]:
    if _counted(before) == _counted(after) and not _sides(after) - _sides(before):
        return []
    matcher = SequenceMatcher(
        None, [token.low for token in before.tokens], [token.low for token in after.tokens], autojunk=False
    )
    found = []
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            continue
        told = sorted(_marks(before, start, end))
        retold = sorted(_marks(after, first, last))
        if told != retold or _exchanged(before, after, (start, end, first, last)):
            old = before.surface(max(0, start - 1), min(end, len(before.tokens) - 1))
            found.append(Change(KIND, old, after.surface(max(0, first - 1), min(last, len(after.tokens) - 1))))
    return found


def _exchanged(before: Line, after: Line, places: tuple[int, int, int, int]) -> bool:
    """Tell whether a word that bounds was exchanged for its opposite: « au plus égale à », « au moins égale à »."""
    start, end, first, last = places
    told = {side for token in before.tokens[start:end] for side in _sides_of(token.low)}
    retold = {side for token in after.tokens[first:last] for side in _sides_of(token.low)}
    return any((pair, not side) in retold for pair, side in told - retold)


def _sides(line: Line) -> Counter[tuple[int, bool]]:
    return Counter(side for token in line.tokens for side in _sides_of(token.low))


def _sides_of(low: str) -> list[tuple[int, bool]]:
    """Return, for each reviewed pair of opposite bounds that a word stands in, the pair and the side."""
    pairs: list[list[str]] = data("numbers")["opposite_words"]
    return [(at, bool(side)) for at, pair in enumerate(pairs) for side in (0, 1) if low in pair[side].split()]


def _counted(line: Line) -> Counter[str]:
    """Count the words of grammar of a sentence; « ne… que » is a restriction, and « pas » goes with « ne »."""
    counted = Counter(_classes()[token.low] for token in line.tokens if token.low in _classes())
    counted["negation"] -= sum(token.low == "pas" for token in line.tokens) + len(restrictions(line))
    counted["restriction"] += len(restrictions(line))
    return +counted


def _marks(line: Line, start: int, end: int) -> set[str]:
    return {name for token in line.tokens[start:end] if (name := _classes().get(token.low))}
