"""Estimates over worlds, with bootstrap intervals, areas under curves. Pure, and the same each time."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accessform.adaptation.evaluation.people.worlds import Dice

RESAMPLES = 1000
INTERVAL = 0.95

Totals = Counter[str]
Estimate = Callable[[Totals], float | None]


@dataclass(frozen=True)
class Figure:
    """A figure with its interval; None where nothing was there to measure."""

    value: float | None
    low: float | None = None
    high: float | None = None


class Measured:
    """The totals of each world, summed, and summed again over resampled worlds.

    Whole worlds are drawn again, not journeys: the intervals (95 %, percentile bootstrap) hold what the unsourced
    parameters may be as well as chance.
    """

    def __init__(self, worlds: Sequence[Totals]) -> None:
        dice = Dice("bootstrap")
        self.totals = summed(worlds)
        self._again = [_Drawn([dice.pick(worlds) for _ in worlds]) for _ in range(RESAMPLES)]

    def figure(self, estimate: Estimate) -> Figure:
        """Return an estimate over all worlds, with its interval."""
        value = estimate(self.totals)
        found = sorted(item for item in map(estimate, self._again) if item is not None)
        if value is None or not found:
            return Figure(value)
        tail = (1 - INTERVAL) / 2
        return Figure(value, quantile(found, tail), quantile(found, 1 - tail))


class _Drawn(Counter[str]):
    """The totals of worlds drawn again, summed name by name when asked: most names never are."""

    def __init__(self, worlds: Sequence[Totals]) -> None:
        super().__init__()
        self._worlds = worlds

    def __missing__(self, name: str) -> int:
        self[name] = sum(one[name] for one in self._worlds)
        return self[name]


def summed(worlds: Sequence[Totals]) -> Totals:
    """Return the totals of several worlds together."""
    total: Totals = Counter()
    for one in worlds:
        for name, count in one.items():
            total[name] += count
    return total


def share(part: str, whole: str, times: float = 1.0) -> Estimate:
    """Return the estimate « part out of whole », times a figure."""
    return lambda totals: times * totals[part] / totals[whole] if totals[whole] else None


def quantile(ordered: Sequence[float], share_below: float) -> float:
    """Return a quantile of ordered figures, the nearest one; raises IndexError where there is none."""
    return ordered[min(int(share_below * len(ordered)), len(ordered) - 1)]


def roc_area(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return the chance that a positive scores above a negative, ties for a half; None without both."""
    if not positive or not negative:
        return None
    counts: dict[float, list[int]] = {}
    for place, scores in enumerate((positive, negative)):
        for score in scores:
            counts.setdefault(score, [0, 0])[place] += 1
    below, area = 0, 0.0
    for score in sorted(counts):
        up, down = counts[score]
        area += up * (below + down / 2)
        below += down
    return area / (len(positive) * len(negative))


def precision_area(positive: Sequence[float], negative: Sequence[float], prevalence: float) -> float | None:
    """Return the area under precision by recall (average precision) at a prevalence; None without both."""
    if not positive or not negative:
        return None
    area, recall_before = 0.0, 0.0
    for score in sorted(set(positive) | set(negative), reverse=True):
        recall = sum(item >= score for item in positive) / len(positive)
        alarms = sum(item >= score for item in negative) / len(negative)
        found = prevalence * recall
        if found:
            area += (recall - recall_before) * found / (found + (1 - prevalence) * alarms)
        recall_before = recall
    return area
