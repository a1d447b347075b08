"""What every edit must pass: atoms kept, French well formed, no new error of wording, no fact changed."""

import functools
from collections import Counter

from accessform.plain_language.drafting.edits import Intended
from accessform.plain_language.drafting.masking import counted
from accessform.plain_language.drafting.surface import worse
from accessform.plain_language.linting import Role, lint
from accessform.plain_language.readability import score
from accessform.plain_language.verification import Verdict, verify
from accessform.plain_language.wording import ReadingLevel

TOLERANCE = 0.005
"""Of a CEFR level: below the two decimals that scores are given with."""


@functools.lru_cache(maxsize=4_000)
def passes(before: str, after: str, level: ReadingLevel, intends: tuple[Intended, ...] = ()) -> bool:
    """Tell whether `after` may stand in for `before`; the changes intended are not counted against it."""
    return (
        before != after
        and atoms_kept(before, after, intends)
        and not worse(before, after)
        and not new_errors(before, after, level)
        and verdict(before, after, intends) is Verdict.ACCEPTED
    )


def atoms_kept(before: str, after: str, intends: tuple[Intended, ...] = ()) -> bool:
    """Tell whether the protected atoms are the same; what an edit says that it adds may hold some."""
    added = sum((counted(change.after) for change in intends if change.after), Counter())
    old, new = counted(before), counted(after)
    return not old - new and not (new - old) - added


def new_errors(before: str, after: str, level: ReadingLevel) -> bool:
    """Tell whether the linter finds more errors of one rule after than before."""
    return bool(_errors(after, level) - _errors(before, level))


def _errors(text: str, level: ReadingLevel) -> Counter[str]:
    found = lint(text, role=Role.HELP, level=level, parser=False)
    return Counter(finding.rule for finding in found if finding.severity == "error")


@functools.lru_cache(maxsize=4_000)
def verdict(before: str, after: str, intends: tuple[Intended, ...] = ()) -> Verdict:
    """Return what the checks of meaning say, the changes intended set aside."""
    checked = verify(before, after)
    if checked.verdict is not Verdict.REFUSED or not intends:
        return checked.verdict
    lost = [fact for fact in checked.lost if Intended(fact.kind, before=fact.text) not in intends]
    added = [fact for fact in checked.added if not any(_adds(change, fact.kind, fact.text) for change in intends)]
    return Verdict.REFUSED if lost or added or checked.changed else Verdict.ACCEPTED


def _adds(change: Intended, kind: str, text: str) -> bool:
    return bool(change.after) and change.kind == kind and text.casefold() in change.after.casefold()


def harder(before: str, after: str) -> bool:
    """Tell whether `after` is estimated to be harder than `before`, where both can be estimated."""
    gained = gain(before, after)
    return gained is not None and gained < -TOLERANCE


@functools.lru_cache(maxsize=4_000)
def gain(before: str, after: str) -> float | None:
    """Return by how much of a CEFR level `after` is easier than `before`; None where one cannot be estimated."""
    old, new = score(before).level, score(after).level
    return None if old is None or new is None else old - new
