"""What each sentence denies: its verb or noun, what it is about, and whether in a case or for all."""

from dataclasses import dataclass

from accessform.plain_language.facts.negation import DETERMINERS, ENDS, denials, negated_tokens
from accessform.plain_language.facts.reading import Line, Token, carries_content, data, patterns

SCOPE = 5
"""Tokens, the verb denied and those behind it, that say what a denial is about."""
COMPARED_AS_BOUNDS = frozenset({"exceed", "infer", "egal"})
ADVERBIAL = {"pendant", "depuis", "avant", "après", "dans", "sous", "jusque", "durant"}
REACH_OF_A_BOUND = 9
ANOTHER_CLAUSE = {"lorsque", "si", "quand", ";", ".", "?"}
SUPPOSES = frozenset("si lorsque quand qui dont faute cas tant où sans".split())  # noqa: SIM905
"""Words that make what follows a case, up to the end of the clause."""


@dataclass(frozen=True)
class Denial:
    """Something denied: the stem of its verb or noun, those of what follows, the words, and whether it is an act.

    `thing` is the stem of the definite thing that it does to: « ne versez pas la caution ». `firm` is a denial which is
    no act, and yet is one where it stands in the standard. `only_without`: « nul ne peut… sans », which obliges.
    `case`: it says when, not what. `twice`: what is denied denies by itself, « ne peut refuser ». `lacking`: « faute
    de », which makes a case of what is not there. `line`: the stems of its sentence. `word`: what is denied, as it
    stands. `by`: the stem of what denies, where that is no grammar (« refuse de »).
    """

    stem: str
    scope: frozenset[str]
    words: str
    act: bool
    thing: str = ""
    firm: bool = False
    only_without: bool = False
    case: bool = False
    twice: bool = False
    lacking: bool = False
    word: str = ""
    line: frozenset[str] = frozenset()
    by: str = ""


def denied(lines: tuple[Line, ...]) -> list[Denial]:
    """Return what is denied, bounds of quantities left out."""
    found = []
    for line in lines:
        for first, last in denials(line):
            if first == last and line.tokens[first].opposed:
                stem = line.tokens[first].stem
                found.append(Denial(stem, frozenset({stem}), line.tokens[first].text, act=True))
            elif not bounds_follow(line, last):
                words = denied_words(line, first, last)
                stems = frozenset(
                    token.stem for at in words for token in _clause(line, at) if carries_content(token.low)
                )
                found += [
                    _denial(line, first, last, at, stems)
                    for at in words
                    if line.tokens[at].stem not in COMPARED_AS_BOUNDS
                ]
    return found


def _denial(line: Line, first: int, last: int, at: int, scope: frozenset[str]) -> Denial:
    """Return what the words from `first` to `last` deny at the token `at`."""
    opening, stem = line.tokens[first], line.tokens[at].stem
    thing = at == last + 2 and line.tokens[last + 1].low in DETERMINERS
    owned = thing and line.tokens[last + 1].low not in ("de", "des")
    neither = line.tokens[last].low == "ni" and at == last + 1
    denying = " ".join(token.low for token in line.tokens[first : last + 1])
    return Denial(
        stem,
        scope,
        line.surface(min(first, at), max(last, at)),
        act=not thing and bool({opening.low, line.tokens[last].low} & {"ne", "non"}),
        thing=_definite_thing(line, last),
        firm=owned or neither or opening.low == "non",
        only_without=_only_without(line, last),
        case=stands_in_a_case(line, first) or _names_a_case(line, first),
        twice=stem in data("words")["denying"]["stems"].split(),
        lacking=bool(patterns("markers", "denial.lacking").fullmatch(denying)),
        word=line.tokens[at].low,
        line=line.stems,
        by=opening.stem if carries_content(opening.low) else "",
    )


def _names_a_case(line: Line, first: int) -> bool:
    """Tell whether « non » tells which things are meant: « les objets non réclamés »."""
    return line.tokens[first].low == "non" and first > 0 and carries_content(line.tokens[first - 1].low)


def _only_without(line: Line, last: int) -> bool:
    return any(token.low == "sans" for token in line.tokens[last + 1 :])


def _clause(line: Line, at: int) -> tuple[Token, ...]:
    """Return the word at `at` and those behind it that say what is denied, not beyond a sign or a linking word."""
    end = at + 1
    while end < min(at + SCOPE, len(line.tokens)) and line.tokens[end].low not in ENDS:
        end += 1
    return line.tokens[at:end]


def _definite_thing(line: Line, last: int) -> str:
    """Return the stem of the noun behind « ne… pas » and le, la, les, votre, vos; empty where there is none."""
    behind = line.tokens[last + 1 : last + 3]
    definite = len(behind) > 1 and behind[0].low in ("le", "la", "les", "votre", "vos")
    return behind[1].stem if definite and carries_content(behind[1].low) else ""


def bounds_follow(line: Line, last: int) -> bool:
    """Tell whether what is denied bounds a quantity, and is compared with it: « ne dépasse pas », « pas plus de »."""
    near = [token.low for token in line.tokens[last + 1 : last + REACH_OF_A_BOUND]]
    end = next((at for at, low in enumerate(near) if low in ANOTHER_CLAUSE), len(near))
    behind = " ".join(near[:end])
    here = line.tokens[last].stem
    return bool(patterns("markers", "denial.bounds").search(behind)) or here in COMPARED_AS_BOUNDS


def denied_words(line: Line, first: int, last: int) -> list[int]:
    """Return the tokens that a denial bears on: its verb, else the first word of content behind it."""
    inside = [at for at in range(first + 1, last) if carries_content(line.tokens[at].low)]
    if line.tokens[last].low == "ne":
        inside = []
    if inside:
        return inside
    negated = negated_tokens(line)
    for at in range(last + 1, len(line.tokens)):
        if at not in negated or line.tokens[at].low in ADVERBIAL:
            break
        if carries_content(line.tokens[at].low):
            return [*inside, at]
    return inside


def stands_in_a_case(line: Line, at: int) -> bool:
    """Tell whether the word at `at` says in which case, not what holds: in a question, behind « si », « qui »."""
    if line.question:
        return True
    for place in range(at, -1, -1):
        low = line.tokens[place].low
        if low in SUPPOSES and not (low in ("qui", "dont") and place and line.tokens[place - 1].low == ","):
            return True
        if low in ENDS and place < at:
            return False
    return False


def excepted(line: Line) -> frozenset[str]:
    """Return the stems of what a sentence excepts, behind « sauf » to the end of the clause."""
    found: set[str] = set()
    for match in patterns("markers", "limits.except").finditer(line.low):
        behind = line.tokens[line.token_at(match.end() - 1) + 1 :]
        end = next((at for at, token in enumerate(behind) if token.low in (",", ".", ";", ":")), len(behind))
        found |= {token.stem for token in behind[:end] if carries_content(token.low)}
    return frozenset(found)
