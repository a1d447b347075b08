"""Which places fit what a person asked for, best first, with the reasons in plain sight. Pure.

Needs are what the person said would help; nothing is inferred. What a place does not say is unknown, never "no".
"""

import bisect
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from accessform.handoff.geography import measure_km
from accessform.handoff.place_facts import BLOCKING, Evidence, Feature, Mode, PlaceFacts, Wish

FIRST_SHOWN = 3
MORE_SHOWN = 12
OLD_EVIDENCE = dt.timedelta(days=730)

NEAR_KM = 20.0
"""A place farther than this is far: about half an hour by car, and no bus in most of the country (our own choice; the
national programme aims at half an hour)."""
BANDS_KM = (5.0, 10.0, NEAR_KM, 50.0)
"""Within one band distance does not decide: on foot or by bus, by bus or car, by car, a journey; beyond, too far."""
FAR = len(BANDS_KM)
ROUNDS_KM = 60.0
"""How far from its base a travelling team may come: the width of a small department."""


class ReasonKind(StrEnum):
    """Why a place stands where it stands."""

    CONFIRMED = "confirmed"
    CONFIRMED_LONG_AGO = "confirmed_long_ago"
    UNKNOWN = "unknown"
    ABSENT = "absent"
    DISTANCE = "distance"
    ABOUT_DISTANCE = "about_distance"
    SAME_POSTAL_CODE = "same_postal_code"
    SAME_DEPARTMENT = "same_department"
    EARLIEST = "earliest"
    NO_SLOT = "no_slot"
    BY_PHONE = "by_phone"
    BY_VIDEO = "by_video"
    AT_HOME = "at_home"
    ITINERANT = "itinerant"


@dataclass(frozen=True, slots=True)
class Reason:
    """One printed reason; `feature`, `at`, `since` or `km` where the kind needs it."""

    kind: ReasonKind
    feature: Feature | None = None
    at: dt.datetime | None = None
    since: dt.date | None = None
    km: float = 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """A place that fits, and why it stands here. `km`: the distance asked for, None where it is not known."""

    place: PlaceFacts
    reasons: tuple[Reason, ...]
    km: float | None = None

    @property
    def is_uncertain(self) -> bool:
        """Whether a need of the person is not surely met, so that it is better to call before coming."""
        return any(reason.kind in (ReasonKind.UNKNOWN, ReasonKind.CONFIRMED_LONG_AGO) for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Matches:
    """At most three places first, the others behind « Voir d'autres lieux », at most twelve.

    `otherwise`: where few places are near, those that help without coming, or that come.
    """

    first: tuple[Match, ...]
    more: tuple[Match, ...]
    otherwise: tuple[Match, ...] = ()


def match_places(places: Iterable[PlaceFacts], wish: Wish, *, today: dt.date) -> Matches:
    """Return the places that fit the wish, best first, each with its reasons.

    With a point to look from, places beyond 50 km are left out unless fewer than three remain.
    """
    fitting = [_measure(place, wish) for place in places if _fits(place, wish)]
    within = [pair for pair in fitting if not _is_too_far(*pair, wish)]
    if len(within) < FIRST_SHOWN:
        far = (pair for pair in fitting if _is_too_far(*pair, wish))
        within += sorted(far, key=lambda pair: (_or_far(pair[1]), pair[0].id))[: FIRST_SHOWN - len(within)]
    ranked = sorted(within, key=lambda pair: _rank(pair, wish, today))[: FIRST_SHOWN + MORE_SHOWN]
    shown = [Match(place, _explain(place, km, wish, today), km) for place, km in ranked]
    first, more = tuple(shown[:FIRST_SHOWN]), tuple(shown[FIRST_SHOWN:])
    near = sum(1 for _, km in fitting if km is not None and km <= NEAR_KM)
    few = wish.point is not None and near < FIRST_SHOWN
    return Matches(first, more, tuple(_list_other_ways(fitting, wish, today)) if few else ())


def _fits(place: PlaceFacts, wish: Wish) -> bool:
    """Drop a place only for what it says itself: another mode, or an explicit "no" on a blocking need."""
    if wish.mode is not None and wish.mode not in place.modes:
        return False
    return not any(
        need in BLOCKING and not place.features[need].present for need in wish.needs if need in place.features
    )


Measured = tuple[PlaceFacts, float | None]


def _measure(place: PlaceFacts, wish: Wish) -> Measured:
    return place, measure_km(wish.point, place.point) if wish.point and place.point else None


def _or_far(km: float | None) -> float:
    return float("inf") if km is None else km


def _find_band(place: PlaceFacts, km: float | None, wish: Wish) -> int:
    """Return the distance band; without a point, what postal codes and departments tell stands for it."""
    if km is not None:
        return bisect.bisect_left(BANDS_KM, km)
    if wish.postal_code and place.postal_code == wish.postal_code:
        return 0
    if wish.department and place.department == wish.department:
        return FAR - 1
    return FAR if wish.postal_code or wish.department else 0


def _is_too_far(place: PlaceFacts, km: float | None, wish: Wish) -> bool:
    return wish.point is not None and _find_band(place, km, wish) == FAR


def _rank(measured: Measured, wish: Wish, today: dt.date) -> tuple[float, ...]:
    """Sort key: too far, needs absent, confirmed, help with forms, distance, earliest slot, old evidence.

    What was declared long ago must be asked again by phone, as what is unknown: it sends nobody beyond 20 km.
    """
    place, km = measured
    known = [place.features[need] for need in wish.needs if need in place.features]
    refused = sum(not evidence.present for evidence in known)
    is_near = km is None or km <= NEAR_KM
    confirmed = sum(evidence.present and (is_near or not _is_old(evidence, today)) for evidence in known)
    helps = Feature.FORM_HELP in place.features and place.features[Feature.FORM_HELP].present
    earliest = place.earliest.timestamp() if place.earliest else float("inf")
    old = sum(_is_old(evidence, today) for evidence in known)
    band = _find_band(place, km, wish)
    fit = (refused, -confirmed, not helps)
    return (_is_too_far(place, km, wish), *fit, band, earliest, old, _or_far(km), place.id)


def _is_old(evidence: Evidence, today: dt.date) -> bool:
    return evidence.checked_on is None or today - evidence.checked_on > OLD_EVIDENCE


def _explain(place: PlaceFacts, km: float | None, wish: Wish, today: dt.date) -> tuple[Reason, ...]:
    reasons = [_explain_need(place, need, today) for need in sorted(wish.needs)]
    if Feature.FORM_HELP not in place.features:
        reasons.append(Reason(ReasonKind.UNKNOWN, Feature.FORM_HELP))
    reasons += _explain_distance(place, km, wish)
    slot = Reason(ReasonKind.EARLIEST, at=place.earliest) if place.earliest else Reason(ReasonKind.NO_SLOT)
    return (*reasons, slot)


def _explain_need(place: PlaceFacts, need: Feature, today: dt.date) -> Reason:
    evidence = place.features.get(need)
    if evidence is None:
        return Reason(ReasonKind.UNKNOWN, need)
    if not evidence.present:
        return Reason(ReasonKind.ABSENT, need)
    if evidence.checked_on and _is_old(evidence, today):
        return Reason(ReasonKind.CONFIRMED_LONG_AGO, need, since=evidence.checked_on)
    return Reason(ReasonKind.CONFIRMED, need)


def _explain_distance(place: PlaceFacts, km: float | None, wish: Wish) -> Iterator[Reason]:
    if km is not None and wish.point and place.point:
        rough = wish.point.is_approximate or place.point.is_approximate
        yield Reason(ReasonKind.ABOUT_DISTANCE if rough else ReasonKind.DISTANCE, km=km)
    elif wish.postal_code and place.postal_code == wish.postal_code:
        yield Reason(ReasonKind.SAME_POSTAL_CODE)
    elif wish.department and place.department == wish.department:
        yield Reason(ReasonKind.SAME_DEPARTMENT)


def _list_other_ways(fitting: Iterable[Measured], wish: Wish, today: dt.date) -> Iterator[Match]:
    """Yield the best place for each other way to be helped: by phone, by video, at home, by a team that travels."""
    ranked = sorted(fitting, key=lambda pair: (_or_far(pair[1]), _rank(pair, wish, today)))
    for kind in (ReasonKind.BY_PHONE, ReasonKind.BY_VIDEO, ReasonKind.AT_HOME, ReasonKind.ITINERANT):
        best = next(((place, km) for place, km in ranked if _offers(kind, place, km, wish)), None)
        if best:
            yield Match(best[0], (Reason(kind), *_explain(*best, wish, today)), best[1])


def _offers(kind: ReasonKind, place: PlaceFacts, km: float | None, wish: Wish) -> bool:
    if kind is ReasonKind.BY_PHONE:
        return Mode.PHONE in place.modes
    if kind is ReasonKind.BY_VIDEO:
        return Mode.VIDEO in place.modes
    travels = place.is_itinerant if kind is ReasonKind.ITINERANT else Mode.HOME in place.modes
    return travels and _comes(place, km, wish)


def _comes(place: PlaceFacts, km: float | None, wish: Wish) -> bool:
    """Tell whether a team may come: its own department, or near enough."""
    return (bool(wish.department) and place.department == wish.department) or _or_far(km) <= ROUNDS_KM
