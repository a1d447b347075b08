"""The page of figures, docs/struggle-figures.md."""

from accessform.adaptation.evaluation import arms, charts, limits
from accessform.adaptation.evaluation.estimates import Figure, Measured, quantile, share
from accessform.adaptation.evaluation.frozen import policy_fingerprint, record
from accessform.adaptation.evaluation.groups import fairness, fairness_lines, habits, signals
from accessform.adaptation.evaluation.measures import IN_NEED, PREVALENCES, UNTROUBLED, WORLDS, delays, precision
from accessform.adaptation.evaluation.people.worlds import fingerprint
from accessform.adaptation.evaluation.tables import (
    ACTED,
    FITS,
    GOALS,
    LATE_GOAL,
    OFFERS,
    PRECISION_AREA,
    REACHED,
    RECALL,
    ROC,
    comparison,
    fairness_verdict,
    table,
    written,
)
from accessform.adaptation.evaluation.variants import tried
from accessform.adaptation.policy_file import load_policy

GAIN = share("areas.gain", "areas")
HARMLESS = 8
"""False offers per 100 untroubled journeys that counters may bring to who switched them on."""

INTRODUCTION = """# Figures of noticing difficulty: invented people

Written by `python -m accessform.adaptation.evaluation` (`make struggle-figures`, some minutes); do not edit.

**No person was measured.** Every journey here is invented: people whom we wrote, with needs, habits and devices
whose figures come from literature where there are some and are guesses with wide ranges where there are none
([`parameters.toml`](../accessform/adaptation/evaluation/people/parameters.toml), each with its source or none). The
page tells how the policy behaves on such people, which rule is better than which, and what breaks it. It does not
tell how many real people are disturbed or missed ([why, and what would](adr/invented-people-compare-rules.md)).

{worlds} worlds, each with one draw of every unsourced figure; in each, {calm} journeys of people without any need
and {needy} of people with one or two. People were frozen by their hash before the policy was first run on them;
seeds and forms are of two halves: the tuning half (three forms), and the held-out half (two other, longer forms),
which alone is measured here unless told otherwise. Intervals are 95 %, whole worlds drawn again 1,000 times: they
hold what the guesses may be as well as chance.

| word | meaning |
|---|---|
| in difficulty | a need met a question that asked too much of it: person and question settle it, not what shows |
| untroubled | has no need; slips, looks at the help, goes back, is interrupted all the same |
| offer | a help offered, or a person; everybody says « non merci », so that a second and a third offer count too |
| false offer | an offer to somebody untroubled, be it somebody who mistyped one answer twice |
| precision | among first offers, those to somebody in difficulty, after it began |
| recall before giving up | among those in difficulty who leave, who had an offer before, if only on the page left |

Nobody reacts to help: what happens is what would have happened without it. The plainer error at a second refusal is
no offer.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([_introduction(), goals(), *_sections()])


def _introduction() -> str:
    """Return what the page is, and with what it was measured."""
    hashes = [
        f"People: `{fingerprint()}`.",
        f"Policy, the part that decides: `{policy_fingerprint(load_policy())}`.",
        "",
        table(["people frozen on", "SHA-256", "why"], [[str(i["on"]), i["sha256"][:12], i["why"]] for i in record()]),
    ]
    told = INTRODUCTION.format(worlds=WORLDS, calm=UNTROUBLED, needy=IN_NEED)
    return told + "\n" + "\n".join(hashes)


def goals() -> str:
    """Return the goals on what the server sees by itself, which is the product as it comes."""
    measured, late = arms.server(), arms.late().figure(LATE_GOAL.estimate)
    told = [(goal, measured.figure(goal.estimate)) for goal in GOALS]
    told.append((LATE_GOAL, late))
    rows = [[goal.name, written(figure, goal.digits), goal.told(), goal.verdict(figure)] for goal, figure in told]
    group, worst = max(fairness_lines(measured), key=_unfairness)
    rows.append([f"fairness, the worst of all groups ({group})", written(worst), "≤ 1.25", fairness_verdict(worst)])
    head = ["figure", "measured", "goal", "verdict"]
    return "## Goals: the product as it comes, without counters\n\n" + table(head, rows)


def _unfairness(line: tuple[str, Figure]) -> tuple[bool, float]:
    """Order groups: those that fail last, then by their ratio."""
    return "fails" in fairness_verdict(line[1]), line[1].value or 0.0


def _sections() -> list[str]:
    return [
        _more_of_the_server(),
        _given_up(),
        limits.section(),
        _counters(),
        _compared(),
        _without_families(),
        "## Fairness\n\n" + fairness(arms.server()),
        "![Ratio of each group; the same figures stand in the table](images/struggle-fairness.svg)\n",
        "## Habits that are no difficulty\n\n" + habits(arms.server(), arms.with_counters()),
        "## Signals\n\n" + signals(arms.with_counters()),
        _variants(),
    ]


def _more_of_the_server() -> str:
    """Return precision by prevalence, areas, and how long help takes."""
    measured = arms.server()
    rows = [
        [
            f"precision of the first offer, {100 * share_of:.0f} % in difficulty",
            written(measured.figure(precision(share_of))),
        ]
        for share_of in PREVALENCES
    ]
    rows += [
        ["recall before giving up, the person having done something after the offer", written(measured.figure(ACTED))],
        ["everybody in difficulty: offered something", written(measured.figure(REACHED))],
        ["of these, the first offer answers a need that the person has", written(measured.figure(FITS))],
        ["ROC area of the score", written(measured.figure(ROC))],
        ["precision-recall area, 20 % in difficulty", written(measured.figure(PRECISION_AREA))],
        *_delays(),
    ]
    return "## More of the same\n\n" + table(["figure", "measured"], rows)


def _delays() -> list[list[str]]:
    """Return how long the first true offer takes: quartiles."""
    seconds, pages = delays(arms.server_runs())
    parts = (0.25, 0.5, 0.75)
    return [
        ["seconds from the onset to the offer: quartiles", ", ".join(f"{quantile(seconds, p):.0f}" for p in parts)],
        ["pages from the onset to the offer: quartiles", ", ".join(str(quantile(pages, p)) for p in parts)],
    ]


def _given_up() -> str:
    """Return recall by what could be seen of those who gave up."""
    measured = arms.server()
    rows = []
    for count, name in ((0, "none"), (1, "one"), (2, "two or more")):
        share_of = measured.figure(share(f"gone.failed={count}", "gone"))
        rows.append(
            [
                name,
                written(share_of),
                written(measured.figure(share(f"gone.reached.failed={count}", f"gone.failed={count}"))),
            ]
        )
    return (
        "## Who gave up, by what could be seen\n\n"
        "Who leaves without one refused send has shown the server next to nothing. How many do is a guess here, and "
        "recall hangs on it.\n\n"
        + table(["refused sends before leaving", "share of those who gave up", "recall"], rows)
    )


def _counters() -> str:
    """Return what counters add, and whether they beat the server's outcomes."""
    silent = ", ".join(arms.muted_signals()) or "none"
    rows = comparison(
        [
            ("server outcomes alone", arms.server()),
            ("counters too, everybody switched them on", arms.with_counters()),
            (f"counters too, without those that a form would mute ({silent})", arms.with_counters_muted()),
        ],
        "what is told",
    )
    areas = arms.gain().figure(GAIN)
    return (
        f"## Counters of the browser\n\n{rows}\n"
        f"ROC area with counters less the area without: {written(areas)}.\n"
        f"{counters_verdict(areas, arms.with_counters())}\n{harm_verdict(arms.with_counters(), arms.server())}\n"
    )


def counters_verdict(areas: Figure, measured: Measured) -> str:
    """Say whether counters beat the server's outcomes: tell people apart better, within the goal on false offers."""
    bound = GOALS[0].bound
    better = areas.low is not None and areas.low > 0
    false = measured.figure(OFFERS).value
    if better and false is not None and false <= bound:
        return "**Counters beat the server's outcomes** on these people."
    why = (
        "they tell people apart better, but disturb more than the goal allows"
        if better
        else "the score with them tells people in difficulty from untroubled ones no better than without"
    )
    return f"**Counters do not beat the server's outcomes**: {why}. They stay off by default."


def harm_verdict(counters: Measured, server: Measured) -> str:
    """Say whether counters, for who switches them on, do harm: more than eight false offers, or fewer people found."""
    false = counters.figure(OFFERS).value or 0.0
    less = (counters.figure(RECALL).value or 0.0) < (server.figure(RECALL).value or 0.0)
    if false <= HARMLESS and not less:
        return (
            f"Who switches them on is not harmed: {HARMLESS} false offers in a hundred at most, no fewer people found."
        )
    return f"**Who switches them on is harmed**: over {HARMLESS} false offers in a hundred, or fewer people found."


def _compared() -> str:
    """Return the policy beside simple rules."""
    rows = comparison([("the policy", arms.server()), *arms.simple_rules().items()], "rule")
    return (
        f"## Beside simple rules\n\n{rows}\n"
        "« As often »: a chance a page that gives as many false offers. The seconds of the open page are chosen on the "
        "tuning half, where one untroubled journey in twenty has such a page.\n\n"
        "![Recall before giving up; the same figures stand in the table](images/struggle-recall.svg)\n\n"
        "![False offers; the same figures stand in the table](images/struggle-false-offers.svg)\n"
    )


def _without_families() -> str:
    """Return the policy without each family of evidence."""
    tables = [
        comparison(
            [("every family" if name == "all" else f"without {name}", one) for name, one in measured.items()], head, 4
        )
        for head, measured in (
            ("server outcomes alone", arms.ablations(counters=False)),
            ("with counters", arms.ablations(counters=True)),
        )
    ]
    return (
        f"## Without each family of evidence\n\nOne journey in {arms.SAMPLED}. A person after a third refusal needs no "
        "points, and stays.\n\n" + "\n".join(tables)
    )


def _variants() -> str:
    """Return what was tried on the tuning half."""
    wanted = [goal for goal in GOALS if goal.estimate in (OFFERS, RECALL)]
    whole = [
        name
        for name, one in tried().items()
        if all(goal.verdict(one.figure(goal.estimate)).startswith("met") for goal in wanted)
    ]
    reached = (
        f"Both goals, on false offers and on recall, are reached by: {', '.join(whole)}."
        if whole
        else (
            "No change reaches both goals, on false offers and on recall: what finds more people in difficulty "
            "disturbs more of the untroubled."
        )
    )
    return f"## Tried on the tuning half\n\n{comparison(tried().items(), 'change of the policy', 4)}\n{reached}\n"


def drawings() -> dict[str, str]:
    """Return the charts by file name."""
    named = [("the policy", arms.server()), *arms.simple_rules().items()]
    told = [*named, ("the policy, with counters", arms.with_counters())]
    return {
        "struggle-recall.svg": charts.intervals(
            "recall",
            "Recall before giving up, by rule",
            "Share of invented people in difficulty who leave and had an offer before, with 95 % intervals; the goal "
            "is 0.8. The figures stand in the table « Beside simple rules ».",
            [charts.Line(name, one.figure(RECALL)) for name, one in told],
            bound=GOALS[2].bound,
            most=1,
        ),
        "struggle-false-offers.svg": charts.intervals(
            "false",
            "False offers per 100 untroubled journeys, by rule",
            "Offers to invented people without difficulty, with 95 % intervals; the goal is 5. The axis ends at 60: "
            "a proposal on every page goes far beyond. The figures stand in the table « Beside simple rules ».",
            [charts.Line(name, one.figure(OFFERS)) for name, one in told],
            bound=GOALS[0].bound,
            most=60,
        ),
        "struggle-fairness.svg": charts.intervals(
            "fairness",
            "How much oftener each group is disturbed",
            "Share of untroubled journeys with an offer in each group, divided by the share of all others, with 95 % "
            "intervals; the limit is 1.25. The figures stand in the table « Fairness ».",
            [charts.Line(name, figure) for name, figure in fairness_lines(arms.server())],
            bound=1.25,
            most=3,
        ),
    }
