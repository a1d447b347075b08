"""What the same evidence could give at best: a combination fitted with hindsight, beside which the policy stands.

A logistic score of everything that the server sees by itself, or of the counters too, fitted on the tuning half to tell
people in difficulty from untroubled ones. It offers once a journey, when the score passes a threshold; it follows no
rule of the design, names no fact, and could not be explained. It says what is lost to rules that can be, and what
nobody could win.
"""

import functools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from accessform.adaptation.evaluation.arms import told
from accessform.adaptation.evaluation.measures import AXES
from accessform.adaptation.evaluation.people.journeys import Journey
from accessform.adaptation.evaluation.people.worlds import Half
from accessform.adaptation.policy_file import load_policy
from accessform.observation.events import COUNTERS, EventKind, InteractionEvent

Vector = tuple[float, ...]

ROUNDS = 12
RIDGE = 1e-3
STEPS_MOST = 20

_TOLD = frozenset(
    {
        EventKind.SUBMIT_FAILED,
        EventKind.HELP_OPENED,
        EventKind.RETURNED,
        EventKind.RESUMED,
        EventKind.EXPIRED,
        EventKind.ASKED_FOR_HELP,
    }
)
KINDS = ("format", "choice", "missing")


@dataclass
class _Seen:
    """Everything that the server saw of one journey so far, and the browser's counters where `counters`."""

    counters: bool = False
    refused: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    opened: Counter[str] = field(default_factory=Counter)
    returned: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    other: Counter[EventKind] = field(default_factory=Counter)
    counted: dict[str, float] = field(default_factory=lambda: dict.fromkeys(sorted(COUNTERS), 0.0))
    pages: int = 0
    at_once: int = 0

    def take(self, instant: Sequence[InteractionEvent], kinds: dict[str, str]) -> bool:
        """Count one instant; tell whether it said something."""
        rejected = [event for event in instant if event.kind is EventKind.REJECTED]
        for event in rejected:
            self.refused[event.question or ""] += 1
            if self.refused[event.question or ""] == 1:
                self.first[kinds.get(event.code or "", "")] += 1
        self.at_once = max(self.at_once, len(rejected) - 1)
        for event in instant:
            self.pages += event.kind is EventKind.STEP_SHOWN
            by_step = {
                EventKind.SUBMIT_FAILED: self.sent,
                EventKind.HELP_OPENED: self.opened,
                EventKind.RETURNED: self.returned,
            }.get(event.kind)
            if by_step is not None:
                by_step[event.step or ""] += 1
            self.other[event.kind] += 1
            if event.kind is EventKind.COUNTER:
                self.counted[event.name or ""] += math.log(1 + float(event.value or 0))
        return any(self._says(event.kind) for event in instant)

    def _says(self, kind: EventKind) -> bool:
        return kind in _TOLD or (self.counters and kind is EventKind.COUNTER)

    def vector(self) -> Vector:
        """Return the features, the constant first."""
        counts = (self.sent, self.opened, self.returned)
        broken = self.other[EventKind.RESUMED] + self.other[EventKind.EXPIRED]
        asked = self.other[EventKind.ASKED_FOR_HELP]
        families = sum(map(bool, (*counts, broken, asked)))
        numbers = [
            1,
            *(self.first[kind] for kind in KINDS),
            sum(count - 1 for count in self.refused.values()),
            sum(count > 2 for count in self.refused.values()),  # noqa: PLR2004 – the third
            *(sum(one.values()) for one in counts),
            *(len(one) for one in counts),
            *(sum(count > 1 for count in one.values()) for one in counts),
            broken,
            asked,
            max(families - 1, 0),
            self.at_once,
            min(self.pages, STEPS_MOST),
            math.log(1 + self.pages),
            *(self.counted.values() if self.counters else ()),
        ]
        return tuple(map(float, numbers))


def vectors(journey: Journey, *, counters: bool = False) -> Iterator[tuple[float, Vector]]:
    """Yield what was seen at each instant that says something: when, and the features."""
    kinds = {code: kind for kind, codes in load_policy().file.kinds.items() for code in codes}
    seen = _Seen(counters)
    for instant in journey.instants:
        if seen.take(instant, kinds):
            yield instant[0].at, seen.vector()


def scored(journey: Journey, weights: Vector, *, counters: bool = False) -> float | None:
    """Return the highest score of a journey; once it began, of somebody in difficulty; None where nothing was seen."""
    since = journey.onset if journey.onset is not None else 0.0
    shown = vectors(journey, counters=counters)
    return max((_dot(weights, vector) for at, vector in shown if at >= since), default=None)


@functools.cache
def fitted(*, counters: bool = False) -> Vector:
    """Return the weights fitted on the tuning half (Newton's method, exact in twelve rounds)."""
    rows: Counter[tuple[Vector, bool]] = Counter()
    for journey in (one for of_world in told(Half.TUNING) for one in of_world):
        if journey.onset is not None or not journey.person.needs:
            *_, last = [(0.0, _Seen(counters, pages=1).vector()), *vectors(journey, counters=counters)]
            rows[last[1], journey.onset is not None] += 1
    return fit(rows)


def fit(rows: Counter[tuple[Vector, bool]]) -> Vector:
    """Return the weights of a logistic regression over counted rows."""
    size = len(next(iter(rows))[0])
    weights = [0.0] * size
    for _ in range(ROUNDS):
        slope = [-RIDGE * weight for weight in weights]
        bend = [[RIDGE * (row == column) for column in range(size)] for row in range(size)]
        for (vector, positive), count in rows.items():
            chance = 1 / (1 + math.exp(-max(min(_dot(weights, vector), 30), -30)))
            spread = count * chance * (1 - chance)
            used = [place for place, number in enumerate(vector) if number]
            for row in used:
                slope[row] += count * (positive - chance) * vector[row]
                for column in used:
                    bend[row][column] += spread * vector[row] * vector[column]
        weights = [weight + change for weight, change in zip(weights, _solved(bend, slope), strict=True)]
    return tuple(weights)


@dataclass(frozen=True)
class Bound:
    """What the fitted score gives on the held-out half: recall at so many disturbed, by hundred untroubled.

    `unfairest` is the group that five in a hundred disturbed fall on most, `unfairness` how much oftener than on all
    others of its axis.
    """

    recall: dict[int, float]
    unseen: float
    disturbed_for_goal: float
    unfairest: str
    unfairness: float


DISTURBED = (5, 10, 20)


@functools.cache
def bound(goal: float, *, counters: bool = False) -> Bound:
    """Return the bound; the thresholds are picked on the held-out half itself, which only hindsight can.

    `goal` is a recall; `disturbed_for_goal` how many of a hundred untroubled people are disturbed to reach it; `unseen`
    the share of those who gave up who had shown nothing at all once difficulty had begun.
    """
    weights = fitted(counters=counters)
    scores = [(one, _score(one, weights, counters=counters)) for of_world in told() for one in of_world]
    untroubled = [(one, score) for one, score in scores if not one.person.needs]
    calm = sorted((score for _, score in untroubled), reverse=True)
    gone = sorted((score for one, score in scores if one.gave_up), reverse=True)
    recall = {percent: _above(gone, calm[len(calm) * percent // 100]) for percent in DISTURBED}
    wanted = gone[math.ceil(goal * len(gone)) - 1]
    unseen = sum(score == -math.inf for score in gone) / len(gone)
    unfairness, unfairest = max(_ratios(untroubled, calm[len(calm) * DISTURBED[0] // 100]))
    disturbed_for_goal = 100 * sum(score >= wanted for score in calm) / len(calm)
    return Bound(recall, unseen, disturbed_for_goal, unfairest, unfairness)


def _ratios(scores: Sequence[tuple[Journey, float]], threshold: float) -> Iterator[tuple[float, str]]:
    """Yield for each group how much oftener its scores pass the threshold than those of all others of its axis."""
    for group_of in AXES.values():
        groups = {group_of(journey.person) for journey, _ in scores}
        for group in groups:
            here = [score for journey, score in scores if group_of(journey.person) == group]
            others = [score for journey, score in scores if group_of(journey.person) != group]
            yield _above(here, threshold) / _above(others, threshold), group


def _score(journey: Journey, weights: Vector, *, counters: bool) -> float:
    """Return a journey's score, below every other where nothing was seen."""
    found = scored(journey, weights, counters=counters)
    return -math.inf if found is None else found


def _above(scores: Sequence[float], threshold: float) -> float:
    """Return the share of scores above a threshold."""
    return sum(score > threshold for score in scores) / len(scores)


def _dot(weights: Sequence[float], vector: Sequence[float]) -> float:
    return sum(weight * number for weight, number in zip(weights, vector, strict=True))


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a small linear system (Gauss, largest pivot first)."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for place in range(size):
        pivot = max(range(place, size), key=lambda row: abs(rows[row][place]))
        rows[place], rows[pivot] = rows[pivot], rows[place]
        for below in range(place + 1, size):
            factor = rows[below][place] / rows[place][place]
            rows[below] = [low - factor * top for low, top in zip(rows[below], rows[place], strict=True)]
    solution = [0.0] * size
    for place in reversed(range(size)):
        known = sum(rows[place][column] * solution[column] for column in range(place + 1, size))
        solution[place] = (rows[place][size] - known) / rows[place][place]
    return solution
