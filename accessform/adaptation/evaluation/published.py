"""The error rates that /algorithmes publishes, written beside the policy by the command that measures them."""

import datetime as dt
from typing import Any

from accessform.adaptation.evaluation import arms
from accessform.adaptation.evaluation.estimates import Figure
from accessform.adaptation.evaluation.frozen import policy_fingerprint
from accessform.adaptation.evaluation.measures import GROUPS, IN_NEED, UNTROUBLED, WORLDS, group_ratio
from accessform.adaptation.evaluation.people.worlds import fingerprint
from accessform.adaptation.evaluation.tables import FAIR, GOALS, Goal, fairness_verdict
from accessform.adaptation.policy_file import load_policy

VERDICTS = {
    "holds": "holds",
    "holds, but the interval passes 1.25": "holds_in_doubt",
    "above 1.25, may be chance": "above_in_doubt",
    "**fails**": "fails",
    "not measured": "not_measured",
}


def error_rates(on: dt.date) -> dict[str, Any]:
    """Return what is published: figures of the product as it comes, goals, groups, and with what it was measured."""
    measured, policy = arms.server(), load_policy()
    return {
        "measured_on": on.isoformat(),
        "people_measured": 0,
        "invented_journeys": WORLDS * (UNTROUBLED + IN_NEED),
        "policy_version": policy.version,
        "policy_sha256": policy_fingerprint(policy),
        "people_sha256": fingerprint(),
        "rates": [_rate(goal, measured.figure(goal.estimate)) for goal in GOALS if goal.published],
        "fairness_limit": FAIR,
        "fairness": [
            _group(axis, group, measured.figure(group_ratio(axis, group)))
            for axis, groups in GROUPS.items()
            for group in groups
        ],
    }


def _rate(goal: Goal, figure: Figure) -> dict[str, Any]:
    """Return one figure with its goal."""
    met = goal.verdict(figure).startswith("met")
    return {
        "name": goal.published,
        **_numbers(figure),
        "goal": float(goal.bound),
        "at_least": goal.at_least,
        "met": met,
    }


def _group(axis: str, group: str, figure: Figure) -> dict[str, Any]:
    """Return how much oftener a group is disturbed than all others of its axis."""
    return {"axis": axis, "group": group, **_numbers(figure), "verdict": VERDICTS[fairness_verdict(figure)]}


def _numbers(figure: Figure) -> dict[str, float | None]:
    """Return a figure and its interval, to three places."""
    rounded = {"value": figure.value, "low": figure.low, "high": figure.high}
    return {name: None if number is None else round(number, 3) for name, number in rounded.items()}
