"""Negation compared: what is denied on one side may not be affirmed on the other."""

from dataclasses import dataclass, replace

from accessform.plain_language.facts.alignment import Group
from accessform.plain_language.facts.differences import Change, Differences, Fact
from accessform.plain_language.facts.negation import DETERMINERS, ENDS, denials, negated_tokens, restrictions
from accessform.plain_language.facts.reading import Line, Reading, Token, bare, carries_content, data, patterns

KIND = "negation"
TWICE = 2
BEGINNING = 4
"""Letters that two words of one root share, at least: « expulsion », « expulsé »."""
SCOPE = 5
"""Tokens, the verb denied and those behind it, that say what a denial is about."""
COMPARED_AS_BOUNDS = frozenset({"exceed", "infer", "egal"})
ADVERBIAL = {"pendant", "depuis", "avant", "après", "dans", "sous", "jusque", "durant"}
REACH_OF_A_BOUND = 9


@dataclass(frozen=True)
class Denial:
    """Something denied: the stem of its verb or noun, those of what follows, the words, and whether it is an act.

    `thing` is the stem of the definite thing that it does to: « ne versez pas la caution ». `firm` is a denial which is
    no act, and yet is one where it stands in the standard. `only_without`: « nul ne peut… sans », which obliges.
    """

    stem: str
    scope: frozenset[str]
    words: str
    act: bool
    thing: str = ""
    firm: bool = False
    only_without: bool = False


def compare_polarity(group: Group, standard: Reading, variant: Reading) -> Differences:
    """Compare what the two sides of a group deny, `standard` and `variant` being the whole texts."""
    found = Differences()
    before = _denials(_plainly_denying(group.standard, group.variant))
    after = _denials(_plainly_denying(group.variant, group.standard))
    for denial in after if not _count(standard) else (replace(one, thing="") for one in after):
        if "plus" in denial.words.split() and _ends_something(standard):
            continue
        affirmed = "" if _is_denied(standard, denial) else _affirmed(group.standard, denial)
        if affirmed and not _turned(group.standard):
            found.changed.append(Change(KIND, affirmed, denial.words))
    for denial in before:
        if denial.only_without:
            continue
        affirmed = (
            ""
            if _is_denied(variant, denial)
            else _affirmed(group.variant, replace(denial, scope=frozenset({denial.stem})), firm=denial.firm)
        )
        if affirmed and not _turned(group.variant):
            found.changed.append(Change(KIND, denial.words, affirmed))
    if found:
        return found
    told, retold = _count(standard), _count(variant)
    if before and not after and told > retold and not _softened(group.variant):
        found.lost.append(Fact(KIND, before[0].words))
    if after and not before and told < retold and not _softened(standard.lines):
        found.added.append(Fact(KIND, after[0].words))
    return found


def _plainly_denying(lines: tuple[Line, ...], others: tuple[Line, ...]) -> tuple[Line, ...]:
    """Leave out the sentences that deny twice, « ne peut… sans », where the others say it as a duty."""
    if not any(patterns("markers", "obligation.must").search(line.low) for line in others):
        return lines
    return tuple(
        line
        for line in lines
        if len(denials(line)) < TWICE or not patterns("markers", "obligation.unless").search(line.low)
    )


def _ends_something(reading: Reading) -> bool:
    """Tell whether a text speaks of what ends a right: « radié » may become « vous n'êtes plus inscrit »."""
    return any(patterns("markers", "denial.ending").search(line.low) for line in reading.lines)


def _count(reading: Reading) -> int:
    return sum(len(denials(line)) + len(_otherwise(line)) for line in reading.lines)


def _otherwise(line: Line) -> list[str]:
    return patterns("markers", "denial.otherwise").findall(line.low)


def _denials(lines: tuple[Line, ...]) -> list[Denial]:
    """Return what is denied, bounds of quantities left out."""
    found = []
    for line in lines:
        for first, last in denials(line):
            if first == last and line.tokens[first].opposed:
                stem = line.tokens[first].stem
                found.append(Denial(stem, frozenset({stem}), line.tokens[first].text, act=True))
                continue
            if bounds_follow(line, last):
                continue
            denied = denied_words(line, first, last)
            stems = [token.stem for at in denied for token in _clause(line, at) if carries_content(token.low)]
            for at in denied:
                if line.tokens[at].stem not in COMPARED_AS_BOUNDS:
                    thing = at == last + 2 and line.tokens[last + 1].low in DETERMINERS
                    ends = {line.tokens[first].low, line.tokens[last].low}
                    act = not thing and bool(ends & {"ne", "non"})
                    words = line.surface(min(first, at), max(last, at))
                    done_to = _definite_thing(line, last)
                    owned = thing and line.tokens[last + 1].low not in ("de", "des")
                    firm = owned or line.tokens[first].low in ("ni", "non")
                    found.append(
                        Denial(
                            line.tokens[at].stem, frozenset(stems), words, act, done_to, firm, _only_without(line, last)
                        )
                    )
    return found


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
    behind = " ".join(token.low for token in line.tokens[last + 1 : last + REACH_OF_A_BOUND])
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


def _is_denied(reading: Reading, denial: Denial) -> bool:
    """Tell whether what a denial is about is denied anywhere in `reading`."""
    begun = {stem[:BEGINNING] for stem in denial.scope}
    contrary = {word for stem in denial.scope for word in data("words")["contraries"].get(stem, "").split()}
    return bool(contrary & reading.stems) or any(
        (line.tokens[at].stem in denial.scope or bare(line.tokens[at].low)[:BEGINNING] in begun)
        and carries_content(line.tokens[at].low)
        for line in reading.lines
        for at in negated_tokens(line)
    )


def _affirmed(lines: tuple[Line, ...], denial: Denial, *, firm: bool = False) -> str:
    """Return the words that affirm what a denial is about, empty where none does."""
    if not (denial.act or firm):
        return ""
    for line in lines:
        around = len(denial.scope & line.stems) > 1 and not denials(line)
        if denial.stem in line.stems or around or denial.thing in line.stems:
            at = next(at for at, token in enumerate(line.tokens) if token.stem in denial.scope | {denial.thing})
            return line.surface(max(0, at - 2), at)
    return ""


def _turned(lines: tuple[Line, ...]) -> bool:
    """Tell whether words such as « sinon » or « seulement » turn what the other sentences say."""
    return any(restrictions(line) or patterns("markers", "denial.turning").search(line.low) for line in lines)


def _softened(lines: tuple[Line, ...]) -> bool:
    """Tell whether words deny without saying no."""
    return _turned(lines) or any(denials(line) or patterns("markers", "denial.soft").search(line.low) for line in lines)
