"""Figures by group of people, by habit and by signal."""

from accessform.adaptation.evaluation import arms
from accessform.adaptation.evaluation.estimates import Figure, Measured, share
from accessform.adaptation.evaluation.measures import GROUPS, USUAL, group_ratio
from accessform.adaptation.evaluation.people.cohorts import TRAITS
from accessform.adaptation.evaluation.tables import fairness_verdict, table, written
from accessform.adaptation.policy_file import load_policy

NAMES = {
    "under_35": "under 35",
    "35_59": "35 to 59",
    "over_59": "60 and over",
    "french": "first language French",
    "other": "another first language",
}


def fairness_lines(measured: Measured) -> list[tuple[str, Figure]]:
    """Return each group with how much oftener it is disturbed than all others of its axis."""
    return [
        (NAMES.get(group, group), measured.figure(group_ratio(axis, group)))
        for axis, groups in GROUPS.items()
        for group in groups
    ]


def fairness(measured: Measured) -> str:
    """Return the fairness table with its verdicts."""
    rows = []
    for axis, groups in GROUPS.items():
        for group in groups:
            disturbed = measured.figure(share(f"calm.offered.{axis}={group}", f"calm.{axis}={group}", 100))
            ratio = measured.figure(group_ratio(axis, group))
            journeys = str(measured.totals[f"calm.{axis}={group}"])
            rows.append(
                [
                    axis,
                    NAMES.get(group, group),
                    journeys,
                    written(disturbed, 1),
                    written(ratio),
                    fairness_verdict(ratio),
                ]
            )
    head = ["", "group", "untroubled journeys", "disturbed / 100", "beside all others", "verdict (limit 1.25)"]
    return (
        table(head, rows)
        + "\nA group fails where its ratio passes 1.25 and the interval leaves 1 out. People on phones and of other "
        "first languages slip more often in `parameters.toml` (guesses: 1 to 1.4 times), so that a ratio above 1 is "
        "partly what was put in.\n"
    )


def habits(server: Measured, counters: Measured) -> str:
    """Return how often people with habits that are no difficulty are disturbed: the negative controls."""
    rows = []
    for habit in ("none", *TRAITS):
        part = share(f"calm.offered.habit={habit}", f"calm.habit={habit}", 100)
        journeys = str(server.totals[f"calm.habit={habit}"])
        rows.append(
            [habit.replace("_", " "), journeys, written(server.figure(part), 1), written(counters.figure(part), 1)]
        )
    return table(
        ["habit", "untroubled journeys", "disturbed / 100, server alone", "disturbed / 100, with counters"], rows
    )


def signals(measured: Measured) -> str:
    """Return how often each signal fires, and whether a form would mute it."""
    totals, limit = measured.totals, load_policy().file.muting.over_percent / 100
    rows = []
    for name, rule in load_policy().rules.items():
        calm = measured.figure(share(f"calm.fired.{name}", "calm"))
        troubled = measured.figure(share(f"troubled.fired.{name}", "troubled"))
        muted = "yes" if arms.fired(totals, name) > limit else "no"
        rows.append([name, rule.family, written(calm), written(troubled), muted])
    head = ["signal", "family", "untroubled", "in difficulty", f"muted, {100 * USUAL:.0f} % in difficulty"]
    return (
        "Share of journeys in which a signal reaches its count once at least, everybody having switched the counters "
        "on. A9 belongs to answers given aloud, which these people do not give. A form mutes a signal by its share of "
        "the journeys in which it could fire: for counters, those that had them switched on.\n\n" + table(head, rows)
    )
