"""Restrictions in other turns: « ne… que sur présentation de » asked for, counted, dated, or said of all the others."""

from itertools import pairwise

from accessform.plain_language.facts.alignment import Group
from accessform.plain_language.facts.modals import modals_of
from accessform.plain_language.facts.negation import denials, restrictions
from accessform.plain_language.facts.reading import Line, Reading, carries_content, patterns

HALF = 0.5
"""Share of what a restriction asks for that the sentences which ask must name."""
BEGINNING = 4
"""Letters that two words of one root share, at least."""
SENTENCE_ENDS = {".", ";", ":", "?", "!"}


def asks_instead(lines: tuple[Line, ...], variant: Reading) -> bool:
    """Tell whether the variant asks for what these sentences restrict something to: « Pour entrer, montrez… »."""
    asked = {word for line in lines for word in _behind_que(line)}
    asking = [line for at, line in enumerate(variant.lines) if _asks(line) or (line.item and _opened(variant, at))]
    told = {word[:BEGINNING] for line in asking for token in line.tokens for word in (token.low, token.stem)}
    met = sum(word[:BEGINNING] in told for word in asked)
    granted = [stem for line in lines for stem in _before_que(line)]
    named = bool(granted) and granted[-1] in variant.stems
    aimed = any(patterns("markers", "limits.aimed").search(line.low) for line in asking)
    kept = sum(stem in variant.stems for stem in granted) if named or aimed else 0
    if any(_denied_when_met(before, line) for before, line in pairwise(variant.lines)):
        return False
    return bool(asked) and met >= max(1, HALF * len(asked)) and kept > HALF * len(granted)


def _denied_when_met(before: Line, line: Line) -> bool:
    """Tell whether what follows a demand met is denied: « Signez. Dans ce cas, vous n'êtes pas payé. »."""
    met = patterns("markers", "conditions.in_that_case").match(line.low)
    return bool(met and denials(line)) and not (before.question or denials(before))


def _before_que(line: Line) -> list[str]:
    """Return the stems of what « ne… que » grants, from the beginning of its clause."""
    match = patterns("markers", "limits.required").search(line.low)
    if not restrictions(line) or not match:
        return []
    ahead = line.tokens[: line.token_at(match.start())]
    begin = max((at for at, token in enumerate(ahead) if token.low in SENTENCE_ENDS | {","}), default=-1)
    return [token.stem for token in ahead[begin + 1 :] if carries_content(token.low)]


def _behind_que(line: Line) -> set[str]:
    """Return the stems of what « ne… que si », « que sur » ask for, to the end of the sentence."""
    if not restrictions(line):
        return set()
    found: set[str] = set()
    for match in patterns("markers", "limits.required").finditer(line.low):
        behind = line.tokens[line.token_at(match.end() - 1) + 1 :]
        end = next((at for at, token in enumerate(behind) if token.low in SENTENCE_ENDS), len(behind))
        found |= {token.stem for token in behind[:end] if carries_content(token.low)}
    return found


def _asks(line: Line) -> bool:
    """Tell whether a sentence asks something of somebody, or names a condition."""
    wanted = any(modal.name in ("must", "order") for modal in modals_of(line))
    return wanted or bool(patterns("markers", "limits.condition").search(line.low))


def _opened(variant: Reading, at: int) -> bool:
    """Tell whether what opens the list of which the sentence at `at` is an item asks: « Il faut : »."""
    opening = next((line for line in reversed(variant.lines[:at]) if not line.item), None)
    return opening is not None and _asks(opening)


def is_dated(group: Group) -> bool:
    """Tell whether the limit is the day from which something holds, and that day is told: « à partir du 4e jour »."""
    only = any(restrictions(line) and patterns("markers", "limits.dated").search(line.low) for line in group.standard)
    return only and any(patterns("markers", "limits.from_then").search(line.low) for line in group.variant)


def counts_only(group: Group) -> bool:
    """Tell whether a new « ne… que » bears on a quantity that the standard lowers: « ramené à deux jours »."""
    counted = any(
        restrictions(line) and patterns("markers", "limits.counted").search(line.low) for line in group.variant
    )
    return counted and any(patterns("markers", "limits.lowered").search(line.low) for line in group.standard)


def closes_the_others(lines: tuple[Line, ...]) -> bool:
    """Tell whether a sentence denies all the others, or the rest: « des tâches étrangères à la scolarité »."""
    return any(patterns("markers", "limits.others").search(line.low) for line in lines)


def supposes_little(group: Group) -> bool:
    """Tell whether « seulement » says what somebody has who has not enough: « Vous avez seulement la carte ? »."""
    even = any(patterns("markers", "limits.even_with").search(line.low) for line in group.standard)
    only = patterns("markers", "limits.only")
    return even and all(line.question for line in group.variant if only.search(line.low) or restrictions(line))


def turns_into_only(group: Group) -> bool:
    """Tell whether « ne peut… hors de », « ne peut… sauf » became « ne… que si »: the only case."""
    denied = any(patterns("markers", "limits.denied_but").search(line.low) for line in group.standard)
    only = any(restrictions(line) or patterns("markers", "limits.only_if").search(line.low) for line in group.variant)
    return denied and only
