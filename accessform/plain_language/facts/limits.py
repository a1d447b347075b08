"""Exceptions, restrictions and « even if »: lost when nothing on the other side plays their part, added likewise."""

import re
from collections import Counter
from itertools import zip_longest

from accessform.plain_language.facts.alignment import Group
from accessform.plain_language.facts.differences import Differences, Fact
from accessform.plain_language.facts.negation import denials, restrictions
from accessform.plain_language.facts.reading import Line, Reading, Token, carries_content, data, patterns
from accessform.plain_language.facts.restricted import (
    asks_instead,
    closes_the_others,
    counts_only,
    is_dated,
    supposes_little,
    turns_into_only,
)

ALONE_AFTER = {
    "être",
    "un",
    "une",
    "personne",
    "vivez",
    "vis",
    "vit",
    "êtes",
    "parent",
    "tout",
    "tous",
    "toute",
    "toutes",
}
OUT = ("exclu", "à l'exclu", "ne compt", "dérog")
CLAUSE_ENDS = {",", ".", ";", ":"}
REACH = 9
"""Tokens behind a word of limit that say what it limits."""
BEGINNING = 4
"""Letters that two words of one root share, at least."""
KINDS = {"except": "exception", "only": "restriction", "even": "condition"}


def compare_limits(group: Group, standard: Reading, variant: Reading) -> Differences:
    """Compare the limits that the two sides of a group set, `standard` and `variant` being the whole texts."""
    found = Differences()
    for name, kind in KINDS.items():
        before, after = _marks(name, group.standard), _marks(name, group.variant)
        moved = bool(_marks(name, standard.lines)) and bool(_marks(name, variant.lines))
        if moved and (before or after) and len(_marks(name, standard.lines)) == len(_marks(name, variant.lines)):
            continue
        if before and not after and not _kept(name, before, group, standard, variant):
            found.lost.append(Fact(kind, before[0]))
        if after and not before and not _founded(name, group, standard):
            found.added.append(Fact(kind, after[0]))
    return found


def _kept(name: str, before: list[str], group: Group, standard: Reading, variant: Reading) -> bool:
    """Tell whether the variant says in other turns the limit that it has no word for."""
    if _softened(name, group.variant if name == "even" else variant.lines):
        return True
    if name == "except":
        put_out = before[0].lower().startswith(OUT) and bool(_denied(Reading("", group.variant)))
        if put_out or turns_into_only(group):
            return True
        return _denied(variant) > _denied(standard) or _told_as_case(group, standard, variant)
    if name == "only":
        on_the_thing = before[0].lower().startswith(("n", "seul", "réserv"))
        demanded = on_the_thing and _demands(group.variant) > _demands(group.standard)
        first = _ordered_last(group.standard) and _comes_first(group.variant)
        asked = (first or asks_instead(group.standard, variant)) and not _otherwise_allowed(variant)
        return demanded or asked or is_dated(group) or _denied_in_a_case(group)
    return False


def _founded(name: str, group: Group, standard: Reading) -> bool:
    """Tell whether the standard says in other turns the limit that only the variant has a word for."""
    if _softened(f"{name}_added", group.standard):
        return True
    if name == "only" and _only_told(group, standard):
        return True
    if (
        name == "except"
        and _announced(group.variant)
        and any(patterns("markers", "limits.aside").search(line.low) for line in standard.lines)
    ):
        return True
    limited = frozenset().union(*(_limited(name, line) for line in group.variant))
    return name in ("only", "except") and any(limited & _left_open(line) for line in group.standard)


def _only_told(group: Group, standard: Reading) -> bool:
    """Tell whether the standard says in other turns what the variant says by « seulement »."""
    ordered = _orders(group.variant) and _orders(standard.lines)
    supposed = _only_if(group.variant) and _conditional(group.standard)
    personal = any(patterns("markers", "limits.personal").search(line.low) for line in group.standard)
    told = counts_only(group) or closes_the_others(group.standard) or supposes_little(group)
    return bool(ordered or supposed or personal or told)


def _left_open(line: Line) -> set[str]:
    """Return the stems of the one case that a denial leaves open: « ne peut… sans l'accord »."""
    if not any(line.tokens[end].low != "sans" for _, end in denials(line)):
        return set()
    return {stem for match in patterns("markers", "limits.unless").finditer(line.low) for stem in _behind(line, match)}


def _limited(name: str, line: Line) -> set[str]:
    """Return the stems around and behind the words of a limit."""
    ats = [line.token_at(match.start()) for match in patterns("markers", f"limits.{name}").finditer(line.low)]
    return {token.stem for at in ats for token in line.tokens[at : at + REACH] if carries_content(token.low)}


def _behind(line: Line, match: re.Match[str]) -> list[str]:
    """Return the stems behind the words found, to the end of the clause."""
    behind = line.tokens[line.token_at(match.end() - 1) + 1 :]
    end = next((at for at, token in enumerate(behind) if token.low in CLAUSE_ENDS), len(behind))
    return [token.stem for token in behind[:end] if carries_content(token.low)]


def _excepted(line: Line, match: re.Match[str]) -> list[str]:
    """Return the stems of what is excepted, a list of several included: « sauf vétusté, malfaçon ou force majeure »."""
    behind = line.tokens[line.token_at(match.end() - 1) + 1 :]
    if behind and behind[0].low == ",":
        behind = behind[1:]
    ends = CLAUSE_ENDS if not match.start() or _goes_on(behind) else CLAUSE_ENDS - {","}
    end = next((at for at, token in enumerate(behind) if token.low in ends), len(behind))
    return [token.stem for token in behind[:end] if carries_content(token.low)]


def _goes_on(behind: tuple[Token, ...]) -> bool:
    """Tell whether the sentence goes on behind an aside: « ne peut, sauf accord, refuser », « sauf X, qui »."""
    comma = next((at for at, token in enumerate(behind) if token.low == ","), None)
    return comma is not None and not {"ou", "et"} & {token.low for token in behind[comma + 1 : comma + REACH]}


def _denied_in_a_case(group: Group) -> bool:
    """Tell whether the variant denies more, in some case: who is not in « ne… que dans ce cas » gets nothing."""
    cased = [
        line
        for before, line in zip((None, *group.variant), group.variant, strict=False)
        if line.item
        or line.question
        or (before and before.question)
        or patterns("markers", "limits.case").search(line.low)
    ]
    return sum(len(denials(line)) for line in cased) > sum(len(denials(line)) for line in group.standard)


def _only_if(lines: tuple[Line, ...]) -> bool:
    """Tell whether the limit of these sentences is a case: « seulement si »."""
    return any(patterns("markers", "limits.only_if").search(line.low) for line in lines)


def _conditional(lines: tuple[Line, ...]) -> bool:
    """Tell whether these sentences grant something in some case, and nothing therefore in the others."""
    return any(patterns("markers", "conditions.hard").search(line.low) for line in lines)


def _announced(lines: tuple[Line, ...]) -> bool:
    """Tell whether an exception is only announced: « Il y a une exception. »."""
    return any(patterns("markers", "limits.announced").search(line.low) for line in lines)


def _comes_first(lines: tuple[Line, ...]) -> bool:
    """Tell whether something is asked for before all else: « Payez d'abord. »."""
    first, supposed = patterns("markers", "limits.first"), patterns("markers", "limits.supposed")
    return any(first.search(line.low) and not supposed.search(line.low) for line in lines)


def _ordered_last(lines: tuple[Line, ...]) -> bool:
    """Tell whether « ne… que » makes one thing come first: « n'est rendu qu'après paiement »."""
    return any(patterns("markers", "limits.ordering").search(line.low) and restrictions(line) for line in lines)


def _otherwise_allowed(variant: Reading) -> bool:
    """Tell whether a sentence grants what it should withhold: « Sinon, la caisse verse l'aide. »."""
    return any(
        patterns("markers", "limits.otherwise").search(line.low)
        and not denials(line)
        and not patterns("markers", "denial.soft").search(line.low.replace("sinon", ""))
        for line in variant.lines
    )


def _told_as_case(group: Group, standard: Reading, variant: Reading) -> bool:
    """Tell whether what is excepted has a sentence of its own: « Vous avez perdu la carte ? Payez. »."""
    matches = [
        (line, match) for line in group.standard for match in patterns("markers", "limits.except").finditer(line.low)
    ]
    excepted = {stem for line, match in matches for stem in _excepted(line, match)}
    if not excepted:
        return False
    told = Counter(token.stem for line in standard.lines for token in line.tokens)
    own = {stem for stem in excepted if told[stem] == 1}
    return any(
        (line.question and excepted <= line.stems and not _counts_in(line, after))
        or (_meets(own, line) and _tells_a_case(line, after))
        for line, after in zip_longest(variant.lines, variant.lines[1:])
    )


def _meets(stems: set[str], line: Line) -> bool:
    """Tell whether a sentence holds one of the words that `stems` are of, or one that begins alike: motif, motivé."""
    begun = Reading("", (line,)).beginnings
    return any(stem in line.stems or stem[:BEGINNING] in begun for stem in stems)


def _tells_a_case(line: Line, after: Line | None) -> bool:
    """Tell whether a sentence, a question with its answer, sets its words apart: it denies, allows or exempts."""
    told = f"{line.low} {after.low}" if line.question and after else line.low
    if _counts_in(line, after):
        return False
    denied = bool(denials(line)) or bool(line.question and after and denials(after))
    return denied or bool(patterns("markers", "limits.apart").search(told))


def _counts_in(line: Line, after: Line | None) -> bool:
    """Tell whether a sentence, a question with its answer, counts its words in: « même », « aussi »."""
    told = f"{line.low} {after.low}" if line.question and after else line.low
    return bool(patterns("markers", "limits.included").search(told))


def _demands(lines: tuple[Line, ...]) -> int:
    """Count what is told as a condition to meet: « ne peut… que par » becomes « pour…, il faut »."""
    return sum(len(patterns("markers", "limits.demands").findall(line.low)) for line in lines)


def _orders(lines: tuple[Line, ...]) -> bool:
    """Tell whether what comes first is told: « ensuite seulement », « avant de », « préalable »."""
    return any(patterns("markers", "limits.ordered").search(line.low) for line in lines)


def _denied(reading: Reading) -> int:
    return sum(len(denials(line)) for line in reading.lines)


def _marks(name: str, lines: tuple[Line, ...]) -> list[str]:
    found = []
    for line in lines:
        found += [
            line.surface(line.token_at(match.start()), line.token_at(match.end() - 1))
            for match in patterns("markers", f"limits.{name}").finditer(line.low)
            if not _is_of_number(line, line.token_at(match.start()))
        ]
        if name == "only":
            found += [line.surface(at, min(at + 1, len(line.tokens) - 1)) for at in restrictions(line)]
    return found


def _is_of_number(line: Line, at: int) -> bool:
    """Tell whether « seul » only counts, or tells how: « une seule fois », « une personne seule », « signer seul »."""
    return (
        line.tokens[at].low.startswith("seul")
        and line.tokens[at].low != "seulement"
        and at > 0
        and (
            line.tokens[at - 1].low in ALONE_AFTER
            or line.tokens[at - 1].low.endswith(("er", "ir", "dre"))
            or line.low[: line.offsets[at]].endswith("à vous ")
        )
    )


def _softened(name: str, lines: tuple[Line, ...]) -> bool:
    key = f"{name.removesuffix('_added')}_soft"
    key = f"{key}_added" if name.endswith("_added") and f"{key}_added" in data("markers")["limits"] else key
    return any(patterns("markers", f"limits.{key}").search(line.low) for line in lines)
