"""Negation compared: what is denied on one side may not be affirmed on the other."""

from dataclasses import replace

from accessform.plain_language.facts.alignment import Group
from accessform.plain_language.facts.denied import Denial, denied, excepted, stands_in_a_case
from accessform.plain_language.facts.differences import Change, Differences, Fact
from accessform.plain_language.facts.modals import modals_of
from accessform.plain_language.facts.negation import denials, negated_in, negated_tokens, passive_subjects, restrictions
from accessform.plain_language.facts.reading import Line, Reading, bare, carries_content, data, patterns

KIND = "negation"
TWICE = 2
WIDE = frozenset({"communicate", "give", "receive", "employ", "make"})
"""Families of words too wide to tell that one of them is another denied."""
BEGINNING = 4
"""Letters that two words of one root share, at least: « expulsion », « expulsé »."""
ROOT = 5
"""Letters that a verb and its adjective in « -able » share, at least."""
AROUND = 6
"""Tokens on each side of a word that say what it is about."""


def compare_polarity(group: Group, standard: Reading, variant: Reading) -> Differences:
    """Compare what the two sides of a group deny, `standard` and `variant` being the whole texts."""
    found = Differences()
    before = denied(_plainly_denying(group.standard, group.variant))
    after = denied(_plainly_denying(group.variant, group.standard))
    for denial in after if not _count(standard) else (replace(one, thing="") for one in after):
        if "plus" in denial.words.split() and _ends_something(standard):
            continue
        told = _is_denied(standard, denial) or _is_excepted(group.standard, denial)
        affirmed = "" if told else _affirmed(group.standard, denial, new=True)
        if affirmed and not _turned(group.standard):
            found.changed.append(Change(KIND, affirmed, denial.words))
    for denial in before:
        if denial.only_without or (denial.twice and _obliges(group.variant)):
            continue
        failing = denial.case and _count(variant) >= _count(standard)
        affirmed = "" if _is_denied(variant, denial) else _affirmed(group.variant, denial, failing=failing)
        if affirmed and not _turned(group.variant):
            found.changed.append(Change(KIND, denial.words, affirmed))
    if not found:
        _take_counted(found, group, before, after, standard, variant)
    return found


def _obliges(lines: tuple[Line, ...]) -> bool:
    return any(patterns("markers", "obligation.must").search(line.low) for line in lines)


def _is_excepted(lines: tuple[Line, ...], denial: Denial) -> bool:
    """Tell whether a denial is of a case that the standard excepts: « sauf force majeure », « vous ne payez pas »."""
    return any(patterns("markers", "limits.except").search(line.low) and denial.line & excepted(line) for line in lines)


def _take_counted(
    found: Differences, group: Group, before: list[Denial], after: list[Denial], standard: Reading, variant: Reading
) -> None:
    """Find a denial that no word of the other side answers to, where a whole side denies and the other does not."""
    told, retold = _count(standard), _count(variant)
    lost = [one for one in before if one.word and not one.twice and not _is_contrary(variant, one)]
    if len(lost) == 1 and _is_listed(variant, lost[0]):
        return
    doubled = _doubled(standard, variant) if _asks(variant.lines) else 0
    if lost and not after and told - doubled > retold and not _softened(group.variant):
        found.lost.append(Fact(KIND, lost[0].words))
    added = [one for one in after if not one.case and not one.twice and _speaks_of(group.standard, one)]
    if added and not before and told < retold and not _softened(standard.lines):
        found.added.append(Fact(KIND, added[0].words))


def _asks(lines: tuple[Line, ...]) -> bool:
    """Tell whether a sentence tells a duty: « gardez sur vous », « doit », « il faut »."""
    return any(modal.name in ("must", "order") for line in lines for modal in modals_of(line))


def _doubled(standard: Reading, variant: Reading) -> int:
    """Count the denials that only make a duty of what « sans » needs: « ne peut pratiquer sans être porteur »."""
    return sum(len(denials(line)) for line in standard.lines if _needs_told(line, variant.lines))


def _is_listed(reading: Reading, denial: Denial) -> bool:
    """Tell whether what is denied stands in a list of which the opening denies: « Vous n'avez pas le droit : »."""
    return any(
        line.item and line.tokens[at].stem in denial.scope and carries_content(line.tokens[at].low)
        for line, ats in negated_in(reading)
        for at in ats
    )


def _speaks_of(lines: tuple[Line, ...], denial: Denial) -> bool:
    """Tell whether a sentence is about what is denied, all but its verb."""
    about = denial.scope - {denial.stem}
    return bool(about) and any(about <= line.stems for line in lines)


def _plainly_denying(lines: tuple[Line, ...], others: tuple[Line, ...]) -> tuple[Line, ...]:
    """Leave out the sentences that deny twice, « ne peut… sans », where the others say it as a duty."""
    needed = ("obligation.must", "denial.needing")
    asked = _asks(others)
    if not any(patterns("markers", name).search(line.low) for line in others for name in needed):
        return tuple(line for line in lines if not (asked and _needs_told(line, others)))
    return tuple(line for line in lines if not _denies_twice(line))


def _denies_twice(line: Line) -> bool:
    """Tell whether a sentence says a duty by two denials: « interdit aux enfants non accompagnés »."""
    if not patterns("markers", "obligation.unless").search(line.low):
        return False
    number = len(denials(line)) + bool(patterns("markers", "denial.whole").search(line.low))
    return number >= TWICE or bool(patterns("markers", "denial.until").search(line.low))


def _needs_told(line: Line, others: tuple[Line, ...]) -> bool:
    """Tell whether what a sentence needs, « ne peut… sans gilet », is named by the others."""
    at = next((at for at, token in enumerate(line.tokens) if token.low == "sans"), len(line.tokens))
    needed = {token.stem for token in line.tokens[at + 1 : at + AROUND] if carries_content(token.low)}
    only = any(denial.only_without for denial in denied((line,)))
    return only and bool(needed & frozenset[str]().union(*(other.stems for other in others)))


def _ends_something(reading: Reading) -> bool:
    """Tell whether a text speaks of what ends a right: « radié » may become « vous n'êtes plus inscrit »."""
    return any(patterns("markers", "denial.ending").search(line.low) for line in reading.lines)


def _count(reading: Reading) -> int:
    return sum(len(denials(line)) + len(_otherwise(line)) for line in reading.lines)


def _otherwise(line: Line) -> list[str]:
    return patterns("markers", "denial.otherwise").findall(line.low)


def _is_denied(reading: Reading, denial: Denial) -> bool:
    """Tell whether what a denial is about is denied anywhere in `reading`."""
    begun = {stem[:BEGINNING] for stem in denial.scope}
    return _is_contrary(reading, denial) or any(
        (line.tokens[at].stem in denial.scope or bare(line.tokens[at].low)[:BEGINNING] in begun)
        and carries_content(line.tokens[at].low)
        for line, ats in negated_in(reading)
        for at in ats | passive_subjects(line)
    )


def _is_contrary(reading: Reading, denial: Denial) -> bool:
    """Tell whether `reading` says the contrary word: « gratuit » for « ne payez pas »."""
    contrary = {word for stem in denial.scope for word in data("words")["contraries"].get(stem, "").split()}
    return bool(contrary & reading.stems) or denial.by in reading.stems


def _affirmed(lines: tuple[Line, ...], denial: Denial, *, new: bool = False, failing: bool = False) -> str:
    """Return the words that affirm what a denial is about, empty where none does.

    A denial that is `new`, only in the variant, may be of a thing that the standard names, or share all but its verb.
    Where the lines tell the `failing` of duties, what they affirm as a duty contradicts no denial of a case.
    """
    for line in lines:
        for at, token in enumerate(line.tokens):
            if (
                (token.stem == denial.stem or (not new and _rooted(token.low, denial)))
                and not (at and line.tokens[at - 1].low == "sans")
                and at not in negated_tokens(line)
                and _contradicts(line, at, denial, new=new, failing=failing)
            ):
                return line.surface(max(0, at - 2), at)
        if new and denial.act and not denial.case:
            around = len(denial.scope & line.stems) > 1 and not denials(line)
            told = denial.scope | {denial.thing}
            if around or denial.thing in line.stems:
                at = next(at for at, token in enumerate(line.tokens) if token.stem in told)
                return line.surface(max(0, at - 2), at)
    return ""


def _rooted(low: str, denial: Denial) -> bool:
    """Tell whether a word is the verb of an adjective denied: « saisir », « ni saisissable »."""
    return denial.word.endswith(("able", "ables", "ible", "ibles")) and bare(low)[:ROOT] == bare(denial.word)[:ROOT]


def _contradicts(line: Line, at: int, denial: Denial, *, new: bool, failing: bool) -> bool:
    """Tell whether a word affirms what is denied, and is not the duty of which the denial tells the failing.

    Behind « si vous ne payez pas », « payez » is the duty; « si vous payez », or what is about the same thing, is not.
    """
    case = stands_in_a_case(line, at)
    if denial.lacking:
        return case and not new
    alike = bare(line.tokens[at].low)[:BEGINNING] == bare(denial.word)[:BEGINNING]
    if not (denial.act or (denial.firm and not new and alike)) or (denial.stem in WIDE and not alike):
        return False
    if case or not denial.case:
        return True
    if failing:
        return False
    near = {token.stem for token in line.tokens[max(0, at - AROUND) : at + AROUND + 1] if carries_content(token.low)}
    return bool(near & (denial.scope - {denial.stem}))


def _turned(lines: tuple[Line, ...]) -> bool:
    """Tell whether words such as « sinon » or « seulement » turn what the other sentences say."""
    return any(restrictions(line) or patterns("markers", "denial.turning").search(line.low) for line in lines)


def _softened(lines: tuple[Line, ...]) -> bool:
    """Tell whether words deny without saying no."""
    return _turned(lines) or any(denials(line) or patterns("markers", "denial.soft").search(line.low) for line in lines)
