"""Which places fit what a person asked for, best first, with the reasons in plain sight. Pure.

Needs are what the person said would help; nothing is inferred. What a place does not say is unknown, never "no".
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

FIRST_SHOWN = 3
OLD_EVIDENCE = dt.timedelta(days=730)


class Feature(StrEnum):
    """What may help a person in a place."""

    WHEELCHAIR = "wheelchair"
    SIGN_LANGUAGE = "sign_language"
    HEARING_LOOP = "hearing_loop"
    LARGE_PRINT = "large_print"
    WRITING_HELP = "writing_help"
    QUIET = "quiet"
    NEAR_TRANSPORT = "near_transport"


BLOCKING = frozenset({Feature.WHEELCHAIR, Feature.SIGN_LANGUAGE})


class Mode(StrEnum):
    """How one meets the person who helps."""

    OFFICE = "office"
    PHONE = "phone"


class Nearness(StrEnum):
    """How near a place is, as far as postal codes tell."""

    SAME_POSTAL_CODE = "same_postal_code"
    SAME_DEPARTMENT = "same_department"
    ELSEWHERE = "elsewhere"
    NOT_ASKED = "not_asked"


class ReasonKind(StrEnum):
    """Why a place stands where it stands."""

    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"
    ABSENT = "absent"
    SAME_POSTAL_CODE = "same_postal_code"
    SAME_DEPARTMENT = "same_department"
    EARLIEST = "earliest"
    NO_SLOT = "no_slot"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one feature of one place, and since when."""

    present: bool
    checked_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What the order of places is decided from. A feature that is absent from `features` is unknown."""

    id: int
    postal_code: str
    department: str
    modes: frozenset[Mode]
    features: Mapping[Feature, Evidence] = field(default_factory=dict)
    earliest: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person asked for; all of it optional."""

    needs: frozenset[Feature] = frozenset()
    mode: Mode | None = None
    postal_code: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One printed reason; `feature` or `at` where the kind needs it."""

    kind: ReasonKind
    feature: Feature | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A place that fits, and why it stands here."""

    place: PlaceFacts
    reasons: tuple[Reason, ...]

    @property
    def is_uncertain(self) -> bool:
        """Whether a need of the person is not confirmed, so that it is better to call before coming."""
        return any(reason.kind is ReasonKind.UNKNOWN for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Matches:
    """At most three places first, the others behind « Voir plus de lieux »."""

    first: tuple[Match, ...]
    more: tuple[Match, ...]


def _fits(place: PlaceFacts, wish: Wish) -> bool:
    """Drop a place only for what it says itself: another mode, or an explicit "no" on a blocking need."""
    if wish.mode is not None and wish.mode not in place.modes:
        return False
    refused = {feature for feature, evidence in place.features.items() if not evidence.present}
    return not (refused & wish.needs & BLOCKING)


def find_nearness(place: PlaceFacts, wish: Wish) -> Nearness:
    """Return how near a place is to the postal code that the person gave, if any."""
    if not wish.postal_code:
        return Nearness.NOT_ASKED
    if place.postal_code == wish.postal_code:
        return Nearness.SAME_POSTAL_CODE
    same = bool(wish.department) and place.department == wish.department
    return Nearness.SAME_DEPARTMENT if same else Nearness.ELSEWHERE


def _explain(place: PlaceFacts, wish: Wish) -> tuple[Reason, ...]:
    reasons = [_explain_need(place, need) for need in sorted(wish.needs)]
    nearness = find_nearness(place, wish)
    if nearness is Nearness.SAME_POSTAL_CODE:
        reasons.append(Reason(ReasonKind.SAME_POSTAL_CODE))
    elif nearness is Nearness.SAME_DEPARTMENT:
        reasons.append(Reason(ReasonKind.SAME_DEPARTMENT))
    slot = Reason(ReasonKind.EARLIEST, at=place.earliest) if place.earliest else Reason(ReasonKind.NO_SLOT)
    return (*reasons, slot)


def _explain_need(place: PlaceFacts, need: Feature) -> Reason:
    evidence = place.features.get(need)
    if evidence is None:
        return Reason(ReasonKind.UNKNOWN, need)
    return Reason(ReasonKind.CONFIRMED if evidence.present else ReasonKind.ABSENT, need)


def _rank(match: Match, wish: Wish, today: dt.date) -> tuple[int, int, int, float, int, int]:
    """Sort key: needs absent, needs confirmed, nearness, earliest slot, old evidence; the id breaks ties."""
    place = match.place
    kinds = [reason.kind for reason in match.reasons]
    checked = [place.features[need].checked_on for need in wish.needs if need in place.features]
    old = sum(1 for day in checked if day is None or today - day > OLD_EVIDENCE)
    earliest = place.earliest.timestamp() if place.earliest else float("inf")
    nearness = list(Nearness).index(find_nearness(place, wish))
    return (kinds.count(ReasonKind.ABSENT), -kinds.count(ReasonKind.CONFIRMED), nearness, earliest, old, place.id)


def match_places(places: Iterable[PlaceFacts], wish: Wish, *, today: dt.date) -> Matches:
    """Return the places that fit the wish, best first, each with its reasons."""
    fitting = [Match(place, _explain(place, wish)) for place in places if _fits(place, wish)]
    fitting.sort(key=lambda match: _rank(match, wish, today))
    return Matches(tuple(fitting[:FIRST_SHOWN]), tuple(fitting[FIRST_SHOWN:]))


def read_needs(values: Collection[str]) -> frozenset[Feature]:
    """Return the features named in a query; names that are not in the vocabulary are left out."""
    known = {feature.value for feature in Feature}
    return frozenset(Feature(value) for value in values if value in known)
