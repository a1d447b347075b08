"""Conditions: what holds only in some case may not come to hold always; what follows a duty not done says so."""

from dataclasses import dataclass
from itertools import pairwise

from accessform.plain_language.facts.denied import denied
from accessform.plain_language.facts.differences import Change, Differences, Fact
from accessform.plain_language.facts.modals import modals_of
from accessform.plain_language.facts.negation import denials, firmly_negated, restrictions
from accessform.plain_language.facts.reading import Line, Reading, carries_content, data, patterns

KIND = "condition"
ENDS = {",", ".", ";", ":", "?", "!", "(", ")"}
BEGINNING = 4
"""Letters that two words of one root share, at least."""
TOLD = 0.5
"""Share of the words that only a condition has above which a text that holds them still speaks of it."""
SHORT = 12
"""Tokens of a sentence that only tells a case: « Vous ne payez pas tout de suite. »."""
FEWEST_OWN = 3
"""Words that only a condition has, at least, for their absence to tell that it was left out."""


@dataclass(frozen=True)
class Case:
    """A condition of a text: its sentence, its words, the stems that say what the case is, and those it alone has."""

    line: Line
    words: str
    stems: frozenset[str]
    own: frozenset[str]


def compare_conditions(standard: Reading, variant: Reading) -> Differences:
    """Compare the conditions of two texts, in number and in words."""
    found = Differences()
    before = _cases(standard, "conditions.hard")
    otherwise = [words for line in standard.lines for words in _otherwise(line)]
    forbids = any(_forbids(line) for line in standard.lines)
    told = _tells_otherwise(variant, forbids=forbids) or _contrary_told(standard, variant) or _sides_told(variant)
    if otherwise and not told and not _breach_told(before, variant):
        found.lost.append(Fact(KIND, otherwise[0]))
        return found
    for line in variant.lines:
        spared = patterns("markers", "conditions.spared").search(line.low)
        if spared and not any(
            patterns("markers", "conditions.spared_at_all").search(one.low) for one in standard.lines
        ):
            found.added.append(Fact("negation", line.text))
            return found
    bare = _without_condition(variant) or _met_instead(variant)
    if bare and otherwise:
        found.lost.append(Fact(KIND, bare))
        return found
    found.changed += _excepted_instead(standard, variant, before)
    found.lost += [Fact(KIND, case.words) for case in _left_out(variant, before)[:1]]
    return found


def _forbids(line: Line) -> bool:
    """Tell whether a sentence forbids something by itself, whatever it says of who does it nonetheless."""
    if patterns("markers", "conditions.forbids").search(line.low):
        return True
    return bool(firmly_negated(line)) and not _otherwise(line)


def _breach_told(before: list[Case], variant: Reading) -> bool:
    """Tell whether the words of a duty not done are still said as a question: « Vous l'avez perdu ? »."""
    breaches = [case for case in before if denials(case.line) and case.words.lower().startswith(("si ", "s'", "s’"))]
    return bool(breaches) and all(
        len(case.own) >= FEWEST_OWN and _kept(case, variant) and any(line.question for line in variant.lines)
        for case in breaches
    )


def _left_out(variant: Reading, before: list[Case]) -> list[Case]:
    """Return the conditions that the variant no longer tells."""
    conditional = sum(_number(line) for line in variant.lines)
    if conditional < len(before):
        lost = [case for case in before if case.stems and not _any_met(case.stems, variant)]
        lost += [case for case in before if len(case.own) >= FEWEST_OWN and not _any_met(case.own, variant)]
        told = sum(_is_otherwise(line, forbids=False) for line in variant.lines)
        enough = told >= sum(_says_otherwise(case.words) for case in before)
        lost = [case for case in lost if not (enough and _says_otherwise(case.words))]
        if lost:
            return lost
    if conditional or any(_softened(line) for line in variant.lines):
        return []
    if _sides_told(variant):
        before = [case for case in before if not _says_otherwise(case.words)]
    before = [case for case in before if _says_otherwise(case.words) or not _bounds_told(case, variant)]
    return [case for case in before if not _told(case.stems, variant) and not _kept(case, variant)]


def _bounds_told(case: Case, variant: Reading) -> bool:
    """Tell whether a condition is a bound of which the variant tells the amount: « s'il a plus de 16 ans »."""
    figures = frozenset(mark for mark in case.line.marks if mark[0].isdigit())
    words = {str(data("numbers")["cardinals"].get(word, word)) for word in case.words.lower().replace("’", " ").split()}
    return bool(figures & words) and figures & words <= variant.marks


def _any_met(stems: frozenset[str], other: Reading) -> bool:
    return any(_met(stem, other) for stem in stems)


def _kept(case: Case, variant: Reading) -> bool:
    """Tell whether what only the condition says is still said: « Pour des informations de plus de 5 ans, … »."""
    return bool(case.own) and sum(_met(stem, variant) for stem in case.own) > TOLD * len(case.own)


def _says_otherwise(words: str) -> bool:
    return bool(patterns("markers", "conditions.otherwise").search(words.lower()))


def _sides_told(variant: Reading) -> bool:
    """Tell whether two cases are told side by side: « Vous le respectez : elle reste. Sinon : », « Personne : »."""
    sided = [line.low.partition(" : ")[0] for line in variant.lines if _has_side(line)]
    if len(set(sided)) > 1:
        return True
    for before, line in pairwise(variant.lines):
        verbs = {denial.stem for denial in denied((line,)) if denial.act}
        if verbs & before.stems and not denials(before) and not line.question and len(line.tokens) < SHORT:
            return True
    return False


def _has_side(line: Line) -> bool:
    return bool(patterns("markers", "conditions.side").match(line.low))


def _contrary_told(standard: Reading, variant: Reading) -> bool:
    """Tell whether the variant names the contrary of what is denied: « s'il n'est pas majeur », « mineur »."""
    told = {token.low for line in standard.lines for at in firmly_negated(line) for token in (line.tokens[at],)}
    retold = {token.low for line in variant.lines for token in line.tokens}
    pairs = [[set(side.split()) for side in pair] for pair in data("opposites")["pairs"]]
    return any((told & one and retold & other) or (told & other and retold & one) for one, other in pairs)


def _tells_otherwise(variant: Reading, *, forbids: bool) -> bool:
    """Tell whether a sentence says what was not done, or denies something of which the next tells what follows."""
    if any(_is_otherwise(line, forbids=forbids) for line in variant.lines):
        return True
    return any(
        denials(before) and patterns("markers", "conditions.follows").search(line.low)
        for before, line in pairwise(variant.lines)
    )


def _met_instead(variant: Reading) -> str:
    """Return a sentence that begins « Dans ce cas » right behind a bare duty: it tells what follows a duty done."""
    for before, line in pairwise(variant.lines):
        duty = any(modal.name in ("must", "order") for modal in modals_of(before))
        cased = before.question or denials(before) or patterns("markers", "conditions.hard").search(before.low)
        if duty and not cased and patterns("markers", "conditions.in_that_case").match(line.low):
            return line.text
    return ""


def _excepted_instead(standard: Reading, variant: Reading, before: list[Case]) -> list[Change]:
    """Find what was the case in which something holds, and is now the case in which it does not: « sauf si »."""
    excepted = frozenset[str]().union(*(case.stems for case in _cases(standard, "limits.except")))
    found = []
    for case in _cases(variant, "conditions.excepted"):
        if not case.stems or any(_likened(stem, excepted) for stem in case.stems):
            continue
        held = [
            one for one in before if any(_likened(stem, one.own) for stem in case.stems) and not restrictions(one.line)
        ]
        found += [Change(KIND, one.words, case.words) for one in held[:1]]
    return found


def _likened(stem: str, stems: frozenset[str]) -> bool:
    return any(stem == other or stem[:BEGINNING] == other[:BEGINNING] for other in stems)


def _without_condition(variant: Reading) -> str:
    """Return a sentence that tells a sanction as sure, right after a duty: « vous risquez une amende »."""
    for before, line in pairwise(variant.lines):
        sure = patterns("markers", "conditions.sanction").search(line.low)
        told = (
            before.question
            or patterns("markers", "conditions.hard").search(before.low)
            or patterns("markers", "conditions.hard").search(line.low)
            or patterns("markers", "conditions.casual").search(line.low)
        )
        if sure and not told and any(modal.name in ("must", "order") for modal in modals_of(before)):
            return line.text
    return ""


def _cases(reading: Reading, name: str) -> list[Case]:
    """Return what the marks listed under `name` introduce, each up to the clause's end."""
    spans = []
    for line in reading.lines:
        for match in patterns("markers", name).finditer(line.low):
            first, last = line.token_at(match.start()), line.token_at(match.end() - 1)
            end = next(
                (at for at in range(last + 1, len(line.tokens)) if line.tokens[at].low in ENDS), len(line.tokens)
            )
            spans.append((line, first, last, end))
    return [
        Case(
            line,
            line.surface(first, max(last, end - 1)),
            _stems(line, last + 1, end),
            _stems(line, last + 1, end)
            - _stems(line, 0, first)
            - _stems(line, end, len(line.tokens))
            - frozenset[str]().union(*(other.stems for other in reading.lines if other is not line)),
        )
        for line, first, last, end in spans
    ]


def _stems(line: Line, first: int, end: int) -> frozenset[str]:
    return frozenset(token.stem for token in line.tokens[first:end] if carries_content(token.low))


def _number(line: Line) -> int:
    return len(patterns("markers", "conditions.hard").findall(line.low)) + line.question


def _met(stem: str, other: Reading) -> bool:
    return stem in other.marks or stem[:BEGINNING] in other.beginnings


def _told(stems: frozenset[str], variant: Reading) -> bool:
    """Tell whether a sentence of its own tells the case: « Le livret est perdu. » for « en cas de perte du livret »."""
    stated = [line for line in variant.lines if len(variant.lines) > 1 and not line.tokens[0].low.endswith("ez")]
    return bool(stems) and any(
        len(line.stems) <= 2 * len(stems) + 1 and all(_met(stem, Reading(line.text, (line,))) for stem in stems)
        for line in stated
    )


def _otherwise(line: Line) -> list[str]:
    """Return the words that speak of what was not done; « s'il vient avant que… n'ait » denies nothing."""
    found = []
    for match in patterns("markers", "conditions.otherwise").finditer(line.low):
        first, last = line.token_at(match.start()), line.token_at(match.end() - 1)
        denied = any(first <= at <= last for start, end in denials(line) for at in (start, end))
        if denied or not match.group().startswith("si "):
            found.append(line.surface(first, last))
    return found


def _is_otherwise(line: Line, *, forbids: bool) -> bool:
    """Tell whether a sentence speaks of what was not done, or of what comes too late or too much.

    Where the standard `forbids`, to do what it forbids is not to do one's duty: « si vous revendez le vélo ».
    """
    late = patterns("markers", "conditions.late").search(line.low)
    lacking = patterns("markers", "conditions.lacking").search(line.low)
    ends = patterns("markers", "conditions.ends").search(line.low)
    in_a_case = bool(_number(line)) and forbids and not patterns("markers", "conditions.obeys").search(line.low)
    denied = bool(denials(line)) and bool(_number(line) or line.item)
    return bool(_otherwise(line) or late or lacking or ends or in_a_case or denied)


def _softened(line: Line) -> bool:
    return bool(patterns("markers", "conditions.soft").search(line.low))
