"""Who is far from help: for each need, the share of people beyond 20 km of a place that says that it meets it. Pure.

People are counted in their commune, at its point (population of the official list of communes, see geography/data):
this measures distances between communes and places, as the crow flies, not anybody's journey.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from accessform.handoff.geography import Point
from accessform.handoff.geography.distances import Neighbourhood
from accessform.handoff.geography.origins import CommunePoint
from accessform.handoff.matching import NEAR_KM
from accessform.handoff.place_facts import Feature


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """Where a place is, and what it says that it has or has not."""

    point: Point
    features: Mapping[Feature, bool]


@dataclass(frozen=True, slots=True)
class Distance:
    """One line of the table. `feature` None: any place. Shares of people, from 0 to 1.

    `beyond`: farther than 20 km from a place that confirms; `at_best`: if every place that does not say had it too.
    """

    feature: Feature | None
    confirming: int
    beyond: float
    communes_beyond: float
    at_best: float


def measure_equity(places: Collection[KnownPlace], communes: Collection[CommunePoint]) -> list[Distance]:
    """Return the table, any place first, then need by need. Raises ValueError without communes or people."""
    people = sum(commune.population for commune in communes)
    if not people:
        raise ValueError("nobody to measure for")
    anywhere, anywhere_communes = _share_beyond([place.point for place in places], communes)
    table = [Distance(None, len(places), anywhere, anywhere_communes, anywhere)]
    for feature in Feature:
        confirming = [place.point for place in places if place.features.get(feature)]
        not_refusing = [place.point for place in places if place.features.get(feature, True)]
        beyond, communes_beyond = _share_beyond(confirming, communes)
        at_best = anywhere if len(not_refusing) == len(places) else _share_beyond(not_refusing, communes)[0]
        table.append(Distance(feature, len(confirming), beyond, communes_beyond, at_best))
    return table


def _share_beyond(points: Iterable[Point], communes: Collection[CommunePoint]) -> tuple[float, float]:
    """Return the share of people, and of communes, farther than 20 km from every point."""
    near = Neighbourhood(points)
    far = [commune.population for commune in communes if not near.has_one_within(NEAR_KM, commune.point)]
    return sum(far) / sum(commune.population for commune in communes), len(far) / len(communes)
