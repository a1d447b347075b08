"""What the tuning half shows, text by text, for whoever mends a rule. The held-out half is never printed."""

from accessform.plain_language.evaluation.corpus import Half
from accessform.plain_language.evaluation.measures import REWRITTEN, drafts_of, faithful, judged
from accessform.plain_language.verification import Verdict


def misses() -> str:
    """Return the tuning half's wrong verdicts with their texts, for whoever mends a rule."""
    lines = []
    for case, found in sorted(judged(Half.TUNING), key=lambda pair: pair[0].kind):
        if found.verdict is not Verdict.REFUSED:
            lines += [f"[{case.kind}] {case.item_id} ({case.level.value}) {found.verdict.value}"]
            lines += [f"    standard : {case.standard!r}", f"    corrupted: {case.corrupted!r}"]
    for level in REWRITTEN:
        for item, found in faithful(Half.TUNING, level):
            if found.verdict is not Verdict.ACCEPTED:
                lines += [f"[faithful] {item.id} ({level.value}) {found.verdict.value}"]
                lines += [f"    standard : {item.standard!r}", f"    variant  : {item.at(level)!r}"]
                lines += [f"    lost {found.lost} added {found.added} changed {found.changed} notes {found.notes}"]
    return "\n".join(lines)


def tuning_drafts() -> str:
    """Return the tuning half's drafts with their edits, for whoever mends a rule."""
    lines = []
    for one in drafts_of(Half.TUNING):
        lines += [f"{one.item.id} ({one.level.value}) {one.verdict.value}", f"    standard: {one.item.standard!r}"]
        lines += [f"    draft   : {one.draft.text!r}", f"    rules   : {[edit.rule for edit in one.draft.edits]}"]
    return "\n".join(lines)
