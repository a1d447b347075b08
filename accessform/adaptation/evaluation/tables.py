"""Figures as text: intervals, Markdown tables, verdicts on goals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accessform.adaptation.evaluation.estimates import Estimate, Figure, Measured, share
from accessform.adaptation.evaluation.measures import USUAL, precision

NONE = "–"

OFFERS = share("calm.offers", "calm", 100)
DISTURBED = share("calm.offered", "calm", 100)
RECALL = share("gone.reached", "gone")
ACTED = share("gone.acted", "gone")
REACHED = share("troubled.reached", "troubled")
HANDED = share("repeated.handed", "repeated")
FITS = share("troubled.fits", "troubled.reached")
ROC = share("areas.roc", "areas")
PRECISION_AREA = share("areas.precision", "areas")
AGE = share("age.roc", "age")
LATE = share("late.reached", "late")


@dataclass(frozen=True)
class Goal:
    """A goal of the design: what is estimated, the bound, and whether more or less is better.

    `published` is its name on /algorithmes, empty where it is not told there.
    """

    name: str
    estimate: Estimate
    bound: float
    at_least: bool
    digits: int = 2
    published: str = ""

    def verdict(self, figure: Figure) -> str:
        """Say whether the goal is met, and whether its interval leaves a doubt."""
        if figure.value is None:
            return "not measured"
        met = self._holds(figure.value)
        worst = figure.low if self.at_least else figure.high
        best = figure.high if self.at_least else figure.low
        if met:
            return "met" if worst is None or self._holds(worst) else "met, but the interval crosses the goal"
        return (
            "**not met**, but the interval reaches the goal"
            if best is not None and self._holds(best)
            else "**not met**"
        )

    def told(self) -> str:
        """Return the bound as written."""
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}"

    def _holds(self, value: float) -> bool:
        return value >= self.bound if self.at_least else value <= self.bound


GOALS = (
    Goal("false offers per 100 untroubled journeys", OFFERS, 5, at_least=False, digits=1, published="false_offers"),
    Goal(
        "precision of the first offer, one in five in difficulty",
        precision(USUAL),
        0.5,
        at_least=True,
        published="precision",
    ),
    Goal("recall before giving up", RECALL, 0.8, at_least=True, published="recall"),
    Goal("a person offered to those who fail repeatedly", HANDED, 0.95, at_least=True, published="handed"),
    Goal("the score tells 60 and over from under 35 (ROC area)", AGE, 0.60, at_least=False),
)
LATE_GOAL = Goal(
    "what counters bring: from the server alone, two failures of the step later", LATE, 0.95, at_least=True
)
FAIR = 1.25


def fairness_verdict(figure: Figure) -> str:
    """Say whether a group is disturbed oftener: fails above 1.25 with the lower bound above 1 (design)."""
    if figure.value is None or figure.low is None or figure.high is None:
        return "not measured"
    if figure.value > FAIR:
        return "**fails**" if figure.low > 1 else "above 1.25, may be chance"
    return "holds" if figure.high <= FAIR else "holds, but the interval passes 1.25"


def written(figure: Figure, digits: int = 2) -> str:
    """Return a figure with its interval."""
    if figure.value is None:
        return NONE
    if figure.low is None or figure.high is None:
        return f"{figure.value:.{digits}f}"
    return f"{figure.value:.{digits}f} ({figure.low:.{digits}f}–{figure.high:.{digits}f})"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


COLUMNS: tuple[tuple[str, Estimate, int], ...] = (
    ("false offers / 100", OFFERS, 1),
    ("disturbed / 100", DISTURBED, 1),
    ("precision at 20 %", precision(USUAL), 2),
    ("recall before giving up", RECALL, 2),
    ("all in difficulty", REACHED, 2),
)


def comparison(arms: Iterable[tuple[str, Measured]], head: str, columns: int = len(COLUMNS)) -> str:
    """Return one row a detector with the usual columns."""
    chosen = COLUMNS[:columns]
    rows = [[name, *(written(one.figure(e), digits) for _, e, digits in chosen)] for name, one in arms]
    return table([head, *(name for name, _, _ in chosen)], rows)
