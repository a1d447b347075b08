"""What is set against what: of « A doit être postérieure à B », A may not become B and B A."""

import re
from dataclasses import dataclass

from accessform.plain_language.facts.differences import Change, Differences
from accessform.plain_language.facts.reading import carries_content, stem_of

KIND = "role"
SET_AGAINST = re.compile(
    r"(?P<first>[^.,;:!?\n]{3,80}?)\s(?:doi(?:t|vent) être|ne peu(?:t|vent) (?:pas )?être|est|sont|soit)\s"
    r"(?:(?P<how>postérieur|antérieur|supérieur|inférieur)e?s?(?: ou éga(?:l|le|ux|les))? (?:à|aux?)"
    r"|(?P<when>après|avant))\s(?P<second>[^.,;:!?\n]{3,60})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Comparison:
    """How one thing is set against another, the stems that only one of the two has, and the words."""

    how: str
    first: frozenset[str]
    second: frozenset[str]
    words: str


def compare_comparisons(standard: str, variant: str) -> Differences:
    """Compare what is set against what: found only where both texts compare the same two things by the same word."""
    told = _comparisons(standard)
    return Differences(
        changed=[
            Change(KIND, one.words, other.words)
            for other in _comparisons(variant)
            for one in told
            if one.how == other.how and _exchanged(one, other)
        ]
    )


def _exchanged(one: _Comparison, other: _Comparison) -> bool:
    crossed = one.first & other.second and one.second & other.first
    return bool(crossed) and not (one.first & other.first or one.second & other.second)


def _comparisons(text: str) -> list[_Comparison]:
    found = []
    for match in SET_AGAINST.finditer(text):
        first, second = _stems(match["first"]), _stems(match["second"])
        how = (match["how"] or match["when"]).lower()
        found.append(_Comparison(how, first - second, second - first, match.group().strip()))
    return found


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem_of(word) for word in re.findall(r"[^\W\d_]{3,}", words.lower()) if carries_content(word))
