"""What the texts that rules may be tuned with show, one by one, for whoever mends a rule; never the held-out half."""

from collections.abc import Iterable

from accessform.plain_language.evaluation.corpus import Half, Item, practice_items
from accessform.plain_language.evaluation.corruptions import Case, cases_of
from accessform.plain_language.evaluation.measures import REWRITTEN, drafts_of, faithful, judged
from accessform.plain_language.verification import Verdict, Verification, verify
from accessform.plain_language.wording import ReadingLevel


def misses() -> str:
    """Return the tuning half's wrong verdicts with their texts, for whoever mends a rule."""
    lines = []
    for case, found in sorted(judged(Half.TUNING), key=lambda pair: pair[0].kind):
        lines += _missed(case, found)
    for level in REWRITTEN:
        lines += _false_alarms(level, faithful(Half.TUNING, level))
    return "\n".join(lines)


def practice() -> str:
    """Return the wrong verdicts on the practice texts with their texts, then how many there are."""
    spoilt = [(case, verify(case.standard, case.corrupted)) for item in practice_items() for case in cases_of(item)]
    rewrites = {
        level: [(item, verify(item.standard, item.at(level))) for item in practice_items()] for level in REWRITTEN
    }
    lines = [line for case, found in sorted(spoilt, key=lambda pair: pair[0].kind) for line in _missed(case, found)]
    for level, judged_items in rewrites.items():
        lines += _false_alarms(level, judged_items)
    missed = sum(found.verdict is not Verdict.REFUSED for _, found in spoilt)
    alarms = sum(found.verdict is not Verdict.ACCEPTED for pairs in rewrites.values() for _, found in pairs)
    asked = sum(map(len, rewrites.values()))
    return "\n".join([*lines, f"missed {missed} of {len(spoilt)}, false alarms {alarms} of {asked}"])


def tuning_drafts() -> str:
    """Return the tuning half's drafts with their edits, for whoever mends a rule."""
    lines = []
    for one in drafts_of(Half.TUNING):
        lines += [f"{one.item.id} ({one.level.value}) {one.verdict.value}", f"    standard: {one.item.standard!r}"]
        lines += [f"    draft   : {one.draft.text!r}", f"    rules   : {[edit.rule for edit in one.draft.edits]}"]
    return "\n".join(lines)


def _missed(case: Case, found: Verification) -> list[str]:
    if found.verdict is Verdict.REFUSED:
        return []
    return [
        f"[{case.kind}] {case.item_id} ({case.level.value}) {found.verdict.value}",
        f"    standard : {case.standard!r}",
        f"    corrupted: {case.corrupted!r}",
    ]


def _false_alarms(level: ReadingLevel, judged_items: Iterable[tuple[Item, Verification]]) -> list[str]:
    lines = []
    for item, found in judged_items:
        if found.verdict is not Verdict.ACCEPTED:
            lines += [f"[faithful] {item.id} ({level.value}) {found.verdict.value}"]
            lines += [f"    standard : {item.standard!r}", f"    variant  : {item.at(level)!r}"]
            lines += [f"    lost {found.lost} added {found.added} changed {found.changed} notes {found.notes}"]
    return lines
