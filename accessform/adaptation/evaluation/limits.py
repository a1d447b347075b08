"""The part of the page of figures that says what no table of points could reach."""

from accessform.adaptation.evaluation.bound import bound
from accessform.adaptation.evaluation.groups import NAMES
from accessform.adaptation.evaluation.tables import GOALS, RECALL, table


def section() -> str:
    """Return what a score fitted with hindsight reaches on the same evidence."""
    goal = next(goal for goal in GOALS if goal.estimate is RECALL)
    found, counted = bound(goal.bound), bound(goal.bound, counters=True)
    rows = [
        [str(percent), f"{recall:.2f}", f"{counted.recall[percent]:.2f}"] for percent, recall in found.recall.items()
    ]
    return (
        "## What the same evidence allows\n\n"
        "A logistic score of everything that the server sees (refusals by kind, refused sends, help, returns, "
        "interruptions, requests, pages), fitted on the tuning half to tell people in difficulty from untroubled ones; "
        "one offer a journey, thresholds picked on the held-out half itself, which only hindsight can. It follows none "
        "of the rules of the design and could not be explained: a measure for tables of points, no policy.\n\n"
        + table(
            ["untroubled people disturbed, of 100", "recall before giving up", "with the counters of everybody"], rows
        )
        + f"\nTo reach the goal of {goal.bound:g}, it disturbs {found.disturbed_for_goal:.0f} of 100, with counters "
        f"{counted.disturbed_for_goal:.0f}. "
        f"{100 * found.unseen:.0f} of 100 who gave up had shown the server nothing at all since difficulty began: no "
        "rule without counters finds them before they go. Where it disturbs five of 100, one group "
        f"({NAMES.get(found.unfairest, found.unfairest)}) is disturbed {found.unfairness:.2f} times as often as the "
        "others of its axis (goal: 1.25).\n"
    )
