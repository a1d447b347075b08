"""Distances on the globe, and points kept in squares so that the near ones are found without looking at all. Pure."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

EARTH_KM = 6371.0
"""Mean radius of the Earth (IUGG, R1)."""
KM_A_DEGREE = 111.2
"""Length of one degree of latitude, in km."""
SQUARE = 0.25
"""Side of a square, in degrees: about 28 km from south to north."""


@dataclass(frozen=True, slots=True)
class Point:
    """A position in WGS 84 degrees. `is_approximate`: the middle of an area rather than the place itself."""

    latitude: float
    longitude: float
    is_approximate: bool = False


def measure_km(one: Point, other: Point) -> float:
    """Return the distance as the crow flies, in km (haversine; within 0.5 % of the ellipsoid)."""
    first, second = math.radians(one.latitude), math.radians(other.latitude)
    half_north = math.sin((second - first) / 2)
    half_east = math.sin(math.radians(other.longitude - one.longitude) / 2)
    chord = half_north * half_north + math.cos(first) * math.cos(second) * half_east * half_east
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, chord)))


def find_middle(points: Iterable[Point]) -> Point:
    """Return the mean of points that lie near each other, as an approximate point; ValueError where there is none."""
    known = list(points)
    if not known:
        raise ValueError("the mean of no point")
    latitude = sum(point.latitude for point in known) / len(known)
    return Point(latitude, sum(point.longitude for point in known) / len(known), is_approximate=True)


class Neighbourhood:
    """Points in squares of a quarter of a degree: is one of them within so many km?"""

    def __init__(self, points: Iterable[Point]) -> None:
        self._squares: dict[tuple[int, int], list[Point]] = defaultdict(list)
        for point in points:
            self._squares[_square(point)].append(point)

    def has_one_within(self, km: float, point: Point) -> bool:
        """Tell whether one of the points lies at most `km` from `point`."""
        return any(measure_km(point, other) <= km for other in self._around(point, km))

    def _around(self, point: Point, km: float) -> Iterator[Point]:
        north = math.ceil(km / KM_A_DEGREE / SQUARE)
        shrunk = max(0.05, math.cos(math.radians(min(89.0, abs(point.latitude) + km / KM_A_DEGREE))))
        east = math.ceil(km / KM_A_DEGREE / shrunk / SQUARE)
        row, column = _square(point)
        for down in range(row - north, row + north + 1):
            for across in range(column - east, column + east + 1):
                yield from self._squares.get((down, across), ())


def _square(point: Point) -> tuple[int, int]:
    return math.floor(point.latitude / SQUARE), math.floor(point.longitude / SQUARE)
