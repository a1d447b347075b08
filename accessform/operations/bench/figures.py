"""A figure, its bound, and how a table of them is printed."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured number with the bound it must keep; a bound of None is printed and not judged."""

    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the value keeps its bound."""
        return not (
            (self.at_most is not None and self.value > self.at_most)
            or (self.at_least is not None and self.value < self.at_least)
        )

    def line(self) -> str:
        """Return the figure as one line of the printed table."""
        bound = f"≤ {self.at_most:g}" if self.at_most is not None else ""
        bound = f"≥ {self.at_least:g}" if self.at_least is not None else bound
        verdict = "" if not bound else "holds" if self.holds else "DOES NOT HOLD"
        return f"{self.name:<66} {self.value:>9.2f} {self.unit:<10} {bound:<9} {verdict}"


def median(values: Iterable[float]) -> float:
    """Return the middle value, the mean of the two middle ones for an even number of them."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
