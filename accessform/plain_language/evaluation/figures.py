"""The figures as Markdown. Of the held-out half only sums are printed, never a text or an id."""

from collections import Counter

from accessform.plain_language.evaluation.corpus import Half, items
from accessform.plain_language.evaluation.corruptions import SWAP, cases
from accessform.plain_language.evaluation.measures import (
    REWRITTEN,
    Levels,
    Tally,
    by_kind,
    drafts_of,
    faithful,
    findings,
    judged,
    levels_of,
    lint_cost,
    lowering,
)
from accessform.plain_language.verification import Verdict, Verification
from accessform.plain_language.wording import ReadingLevel

COMMAND = "python -m accessform.plain_language.evaluation"
HALVES = {Half.TUNING: "tuning half", Half.HELD_OUT: "held-out half"}
GOALS = {"recall": 0.97, "swaps": 0.90, "false alarms": 0.08, "lowering": 0.3}


def page() -> str:
    """Return the whole page; raises ToolsMissing where the parser is not installed."""
    sections = (_opening, _levels, _drafts, _goals, _corruptions, _false_alarms, _findings, _tool)
    return "\n".join(section() for section in sections)


def _opening() -> str:
    counts = ", ".join(f"{len(items(half))} in the {name}" for half, name in HALVES.items())
    return f"""# Figures of the wording tools

Written by `{COMMAND}` (`make wording-figures`); do not edit.
The corpus is form text written for this project at three levels ({counts}), in
`accessform/plain_language/evaluation/corpus/`.
An item belongs to the half that its id says; rules are tuned with the tuning half, and the held-out half only measures.
Of the held-out half only sums are shown.
"""


def _levels() -> str:
    rows = []
    for half, name in HALVES.items():
        written = {f"{level.value}, by a person": [item.at(level) for item in items(half)] for level in ReadingLevel}
        drafted = {
            f"{level.value}, drafts offered": [one.draft.text for one in drafts_of(half) if one.level is level]
            for level in REWRITTEN
        }
        rows += [[name, what, *_cells(levels_of(texts))] for what, texts in {**written, **drafted}.items()]
    head = ["half", "texts", "scored", "level", "Flesch"]
    return _section(
        "Level and Flesch",
        "Medians. Level: 1 = A1 … 6 = C2, lower is easier. Flesch: higher is easier. Under 12 words there is no score.",
        _table(head, rows),
    )


def _cells(levels: Levels) -> list[str]:
    return [str(levels.scored), _number(levels.level), _number(levels.flesch, 0)]


def _drafts() -> str:
    rows = []
    for half, name in HALVES.items():
        for level in REWRITTEN:
            found = lowering(half, level)
            rows.append(
                [
                    name,
                    level.value,
                    str(found.texts),
                    f"{found.offered} ({_percent(found.offered / found.texts)})",
                    f"{found.accepted} ({_percent(found.accepted / found.offered if found.offered else None)})",
                    str(found.scored),
                    _number(found.lowered),
                    _number(found.flesch_gained, 0),
                ]
            )
    head = ["half", "level", "texts", "offered", "accepted by verify", "scored", "level lowered", "Flesch gained"]
    return _section(
        "Drafts by rule",
        "Offered: the rules found something safe and the gates let it through; elsewhere the text stays as it is. "
        "Lowered and gained: means over the offered drafts that are long enough to be scored.",
        _table(head, rows),
    )


def _goals() -> str:
    rows = []
    for half, name in HALVES.items():
        kinds = by_kind(half)
        everything = Tally.of(found.verdict for _, found in judged(half))
        alarms = Tally.of(found.verdict for level in REWRITTEN for _, found in faithful(half, level))
        drops = [found for level in REWRITTEN if (found := lowering(half, level)).lowered is not None]
        scored = sum(found.scored for found in drops)
        lowered = sum((found.lowered or 0) * found.scored for found in drops) / scored if scored else None
        rows += [
            [name, "recall, all corruptions", f"≥ {GOALS['recall']}", _number(everything.refused_share, 3)],
            [name, "recall, roles exchanged", f"≥ {GOALS['swaps']:.2f}", _number(kinds[SWAP].refused_share, 3)],
            [name, "false alarms on faithful rewrites", f"≤ {GOALS['false alarms']}", _number(alarms.refused_share, 3)],
            [name, "level lowered where drafts apply", f"≥ {GOALS['lowering']}", _number(lowered)],
        ]
    head = ["half", "figure", "goal", "measured"]
    return _section(
        "Against the goals",
        "The goals are for the held-out half. "
        "How far the halves are apart is how closely the rules fit texts they have seen.",
        _table(head, rows),
    )


def _corruptions() -> str:
    sections = []
    for half, name in HALVES.items():
        rows = [[kind, *_tally(tally)] for kind, tally in by_kind(half).items()]
        rows.append(["**all**", *_tally(Tally.of(found.verdict for _, found in judged(half)))])
        head = ["kind", "cases", "REFUSED", "INCONCLUSIVE", "ACCEPTED", "recall"]
        sections.append(f"### {name[0].upper()}{name[1:]}: {len(cases(half))} cases\n\n{_table(head, rows)}\n")
    return _section(
        "Verify: corrupted texts",
        "Recall is REFUSED ÷ cases: INCONCLUSIVE is shown apart and never counts as caught.",
        "\n".join(sections),
    )


def _false_alarms() -> str:
    rows = []
    for half, name in HALVES.items():
        for level in REWRITTEN:
            found = [verification for _, verification in faithful(half, level)]
            blamed = Counter(kind for one in found if one.verdict is Verdict.REFUSED for kind in _kinds_blamed(one))
            often = ", ".join(f"{kind} {count}" for kind, count in blamed.most_common()) or "none"
            rows.append([name, level.value, *_tally(Tally.of(one.verdict for one in found)), often])
    head = ["half", "level", "pairs", "REFUSED", "INCONCLUSIVE", "ACCEPTED", "false alarms", "facts blamed"]
    return _section(
        "Verify: faithful rewrites",
        "A person's rewrite beside its standard. False alarms are REFUSED ÷ pairs; INCONCLUSIVE is shown apart.",
        _table(head, rows),
    )


def _kinds_blamed(found: Verification) -> set[str]:
    return {fact.kind for fact in (*found.lost, *found.added)} | {change.kind for change in found.changed}


def _findings() -> str:
    judgements = [(ReadingLevel.STANDARD, level) for level in REWRITTEN] + [(level, level) for level in REWRITTEN]
    rows = []
    for half, name in HALVES.items():
        for written, asked in judgements:
            found = findings(half, written, asked)
            errors = sum(any(one.severity == "error" for one in of_text) for of_text in found)
            warned = sum(bool(of_text) for of_text in found)
            often = Counter(one.rule for of_text in found for one in of_text).most_common(4)
            most = ", ".join(f"{rule} {count}" for rule, count in often) or "none"
            rows.append([name, written.value, asked.value, str(len(found)), str(errors), str(warned), most])
    head = ["half", "written as", "judged as", "texts", "with an error", "with a finding", "most frequent"]
    return _section(
        "Linter on the corpus",
        "The official text judged as if it were offered as plain or easy, and the rewrites judged at their own level.",
        _table(head, rows),
    )


def _tool() -> str:
    cost = lint_cost()
    lint = f"linting the largest shipped form ({cost.texts} texts), parser loaded"
    rows = [
        [lint, "≤ 3 s", f"{cost.seconds:.1f} s"],
        ["memory of the whole process at the end of these figures", "≤ 900 MB", f"{cost.megabytes:.0f} MB"],
    ]
    return _section(
        "What the tool costs",
        "No sentence was parsed before; on a busy machine the seconds grow.",
        _table(["what", "goal", "measured"], rows),
    )


def _tally(tally: Tally) -> list[str]:
    counts = (tally.total, tally.refused, tally.inconclusive, tally.accepted)
    return [*map(str, counts), _number(tally.refused_share, 3)]


def _section(title: str, sentence: str, body: str) -> str:
    return f"## {title}\n\n{sentence}\n\n{body}\n"


def _table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])


def _number(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.0f} %"
