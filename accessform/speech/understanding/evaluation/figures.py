"""The page of figures, docs/voice-figures.md: per type and half, counts only."""

from collections.abc import Sequence
from pathlib import Path

from accessform.speech.understanding.evaluation.corpus import Half
from accessform.speech.understanding.evaluation.scoring import Result, Tally, Verdict, results, tally
from forms_catalog.definition import QuestionType

RIGHT_AT_LEAST = 0.92
SILENTLY_WRONG_AT_MOST = 0.01
"""Goals on the held-out half before any confirmation (issue 4, Evidence)."""

UNCONFIRMED = frozenset({QuestionType.YES_NO})
"""What is taken without being read back, until recordings of people are measured (issue 4, Evidence)."""

TEMPLATE = Path(__file__).with_name("figures.md")
COLUMNS = "| type | sayable | right | asked | missed | other | of which right | silently wrong |"


def page() -> str:
    """Return the whole page, measured afresh."""
    held_out, tuning = results(Half.HELD_OUT), results(Half.TUNING)
    unconfirmed = tally(result for result in held_out if result.item.type in UNCONFIRMED)
    return TEMPLATE.read_text(encoding="utf-8").format(
        count=f"{len(held_out) + len(tuning):,}",
        goals=_goals(tally(held_out)),
        wrong_after=unconfirmed.silently_wrong,
        utterances=len(held_out),
        held_out=_table(held_out),
        tuning=_table(tuning),
    )


def misses() -> str:
    """Return what went wrong in the tuning half, one utterance a line, the worst first; never the held-out half."""
    order = (Verdict.SILENTLY_WRONG, Verdict.MISSED, Verdict.ASKED)
    wrong = [result for kind in order for result in results(Half.TUNING) if result.verdict is kind]
    return "\n".join(_miss(result) for result in wrong)


def _miss(result: Result) -> str:
    item = result.item
    expected = item.expect.model_dump(exclude_none=True)
    before = f" after {item.pending!r}" if item.pending else ""
    found = result.understood.as_json()
    return f"{result.verdict}: {item.id}{before} {item.transcript!r} expected {expected} found {found}"


def _goals(total: Tally) -> str:
    rows = (
        ("right where a value is sayable", total.right, total.sayable, total.right_rate, f"≥ {RIGHT_AT_LEAST}"),
        (
            "silently wrong, before confirmation",
            total.silently_wrong,
            total.utterances,
            total.silently_wrong_rate,
            f"≤ {SILENTLY_WRONG_AT_MOST}",
        ),
    )
    lines = ["| figure | count | share | goal |", "|---|---|---|---|"]
    lines += [f"| {name} | {count} of {of} | {share:.3f} | {goal} |" for name, count, of, share, goal in rows]
    return "\n".join(lines)


def _table(of: Sequence[Result]) -> str:
    rows = [
        _row(question_type.value, tally(result for result in of if result.item.type is question_type))
        for question_type in QuestionType
    ]
    return "\n".join([COLUMNS, "|" + "---|" * (COLUMNS.count("|") - 1), *rows, _row("**all**", tally(of))])


def _row(name: str, counted: Tally) -> str:
    cells = (
        counted.sayable,
        counted.right,
        counted.asked,
        counted.missed,
        counted.other,
        counted.other_right,
        counted.silently_wrong,
    )
    return f"| {name} | " + " | ".join(str(cell) for cell in cells) + " |"
