"""Conditions: what holds only in some case may not come to hold always; what follows a duty not done says so."""

from itertools import pairwise

from accessform.plain_language.facts.differences import Differences, Fact
from accessform.plain_language.facts.modality import modals_of
from accessform.plain_language.facts.negation import denials, firmly_negated
from accessform.plain_language.facts.reading import Line, Reading, carries_content, patterns

KIND = "condition"
ENDS = {",", ".", ";", ":", "?", "!", "(", ")"}


def compare_conditions(standard: Reading, variant: Reading) -> Differences:
    """Compare the conditions of two texts, in number and in words."""
    found = Differences()
    before = [mark for line in standard.lines for mark in _marks(line)]
    otherwise = [words for line in standard.lines for words in _otherwise(line)]
    forbids = any(firmly_negated(line) and not _otherwise(line) for line in standard.lines)
    if otherwise and not any(_is_otherwise(line, forbids=forbids) for line in variant.lines):
        found.lost.append(Fact(KIND, otherwise[0]))
        return found
    for line in variant.lines:
        spared = patterns("markers", "conditions.spared").search(line.low)
        if spared and not any(
            patterns("markers", "conditions.spared_at_all").search(one.low) for one in standard.lines
        ):
            found.added.append(Fact("negation", line.text))
            return found
    bare = _without_condition(variant)
    if bare and otherwise:
        found.lost.append(Fact(KIND, bare))
        return found
    lost = [words for words, stems in before if stems and not any(_met(stem, variant) for stem in stems)]
    conditional = sum(_number(line) for line in variant.lines)
    if lost and conditional < len(before):
        found.lost.append(Fact(KIND, lost[0]))
    elif before and not conditional and not any(_softened(line) for line in variant.lines):
        untold = [words for words, stems in before if not _told(stems, variant)]
        if untold:
            found.lost.append(Fact(KIND, untold[0]))
    return found


def _without_condition(variant: Reading) -> str:
    """Return a sentence that tells a sanction as sure, right after a duty: « vous risquez une amende »."""
    for before, line in pairwise(variant.lines):
        sure = patterns("markers", "conditions.sanction").search(line.low)
        told = (
            before.question
            or _marks(before)
            or _marks(line)
            or patterns("markers", "conditions.casual").search(line.low)
        )
        if sure and not told and any(modal.name in ("must", "order") for modal in modals_of(before)):
            return line.text
    return ""


def _marks(line: Line) -> list[tuple[str, frozenset[str]]]:
    """Return the conditions of a sentence: their words, and the stems that say what the case is."""
    found = []
    for match in patterns("markers", "conditions.hard").finditer(line.low):
        first, last = line.token_at(match.start()), line.token_at(match.end() - 1)
        end = next((at for at in range(last + 1, len(line.tokens)) if line.tokens[at].low in ENDS), len(line.tokens))
        stems = frozenset(token.stem for token in line.tokens[last + 1 : end] if carries_content(token.low))
        found.append((line.surface(first, max(last, end - 1)), stems))
    return found


def _number(line: Line) -> int:
    return len(patterns("markers", "conditions.hard").findall(line.low)) + line.question


def _met(stem: str, other: Reading) -> bool:
    return stem in other.marks or stem[:4] in other.beginnings


def _told(stems: frozenset[str], variant: Reading) -> bool:
    """Tell whether a sentence of its own tells the case: « Le livret est perdu. » for « en cas de perte du livret »."""
    stated = [line for line in variant.lines if len(variant.lines) > 1 and not line.tokens[0].low.endswith("ez")]
    return bool(stems) and any(
        len(line.stems) <= 2 * len(stems) + 1 and all(_met(stem, Reading(line.text, (line,))) for stem in stems)
        for line in stated
    )


def _otherwise(line: Line) -> list[str]:
    return [
        line.surface(line.token_at(match.start()), line.token_at(match.end() - 1))
        for match in patterns("markers", "conditions.otherwise").finditer(line.low)
    ]


def _is_otherwise(line: Line, *, forbids: bool) -> bool:
    """Tell whether a sentence speaks of what was not done, or of what comes too late or too much.

    Where the standard `forbids`, to do what it forbids is not to do one's duty: « si vous revendez le vélo ».
    """
    late = patterns("markers", "conditions.late").search(line.low)
    lacking = patterns("markers", "conditions.lacking").search(line.low)
    ends = patterns("markers", "conditions.ends").search(line.low)
    in_a_case = bool(_number(line)) and forbids
    denied = bool(denials(line)) and bool(_number(line) or line.item)
    return bool(_otherwise(line) or late or lacking or ends or in_a_case or denied)


def _softened(line: Line) -> bool:
    return bool(patterns("markers", "conditions.soft").search(line.low))
