"""Regular expressions of designers: refused when matching could take long, matched on short answers only."""

import functools
import re
from collections.abc import Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any

MAX_ANSWER = 200
"""Characters of an answer that a pattern is tried on; a longer answer does not match."""
MAX_WAYS = 2_000_000
"""Ways of reading one answer of MAX_ANSWER characters; beyond, matching may take more than about a second."""
AMBIGUOUS = ("[[", "--", "&&", "~~", "||")
"""Signs whose meaning Python announces to change."""


class UnsafePattern(ValueError):
    """A pattern that cannot be used; its text says why, in the designer's words."""


def check_pattern(pattern: str) -> None:
    """Raise UnsafePattern where `pattern` is not a regular expression, is ambiguous, or could take long to match."""
    if any(sign in pattern for sign in AMBIGUOUS):
        raise UnsafePattern(f"le motif « {pattern} » contient une suite ambiguë ([[, --, &&, ~~ ou ||)")
    try:
        re.compile(pattern)
        ways = _ways(sre_parser.parse(pattern))
    except (re.error, OverflowError, RecursionError) as error:
        raise UnsafePattern(f"le motif « {pattern} » n'est pas une expression régulière : {error}") from error
    if ways > MAX_WAYS:
        raise UnsafePattern(
            f"le motif « {pattern} » peut être trop long à vérifier : évitez une répétition dans une répétition, "
            "comme (a+)+, et plus de deux répétitions sans fin"
        )


def matches(pattern: str, answer: str) -> bool:
    """Tell whether the whole of `answer` follows `pattern`; an answer longer than MAX_ANSWER never does."""
    return len(answer) <= MAX_ANSWER and _compiled(pattern).fullmatch(answer) is not None


@functools.lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _ways(items: Sequence[tuple[Any, Any]]) -> int:
    """Return an upper bound of the ways in which a sequence of expressions can read one answer."""
    ways = 1
    for operator, argument in items:
        ways = min(ways * _ways_of_one(operator, argument), MAX_WAYS + 1)
    return ways


def _ways_of_one(operator: Any, argument: Any) -> int:
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return _ways_of_repeat(*argument)
    if operator is sre.SUBPATTERN:
        return _ways(argument[-1])
    if operator is sre.BRANCH:
        return sum(_ways(branch) for branch in argument[1])
    if operator is sre.GROUPREF_EXISTS:
        return sum(_ways(branch) for branch in argument[1:] if branch)
    if operator in (sre.ASSERT, sre.ASSERT_NOT, sre.ATOMIC_GROUP):
        return _ways(argument if operator is sre.ATOMIC_GROUP else argument[1])
    return 1


def _ways_of_repeat(low: int, high: int, repeated: Sequence[tuple[Any, Any]]) -> int:
    """Each number of rounds is a way, times the ways of each round."""
    high = MAX_ANSWER if high is sre.MAXREPEAT else min(int(high), MAX_ANSWER)
    each = _ways(repeated)
    if each == 1:
        return max(high - low, 0) + 1
    total = 0
    for rounds in range(min(low, high), high + 1):
        total += each ** min(rounds, 64)
        if total > MAX_WAYS:
            return MAX_WAYS + 1
    return total
