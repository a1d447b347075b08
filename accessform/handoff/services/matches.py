"""The places to propose to one person, best first, with the reasons that are printed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from accessform.handoff.geography import Point
from accessform.handoff.matching import Matches, match_places
from accessform.handoff.models import AgentProfile, Motif, Place, PlaceFeature, ProviderName
from accessform.handoff.place_facts import Evidence, Feature, Mode, PlaceFacts, Wish
from accessform.handoff.services.agendas import list_first_slots

_COLUMNS = ("pk", "postal_code", "department", "latitude", "longitude", "is_approximate", "is_itinerant")


def match_open_places(*, wish: Wish, now: dt.datetime) -> tuple[Matches, dict[int, Place]]:
    """Return the places that fit the wish, and those to show by id (11 queries, however many places and motifs)."""
    matches = match_places(gather_facts(now=now), wish, today=now.date())
    shown = [match.place.id for match in (*matches.first, *matches.more, *matches.otherwise)]
    return matches, Place.objects.in_bulk(shown)


def gather_facts(*, now: dt.datetime) -> list[PlaceFacts]:
    """Return what is known of every open place, its earliest free slot included (10 queries).

    A place where one may book is there to help with forms, whether or not a source says so.
    """
    modes, motifs = _load_modes()
    bookable = Place.objects.open().filter(pk__in=modes, provider=ProviderName.LOCAL)
    earliest = list_first_slots(places=list(bookable), motifs=motifs, now=now)
    features = _load_features()
    rows = Place.objects.open().values_list(*_COLUMNS)
    return [
        PlaceFacts(
            id=pk,
            postal_code=postal_code,
            department=department,
            modes=modes.get(pk, _OFFICE),
            features={Feature.FORM_HELP: _BY_BOOKING, **features.get(pk, {})} if pk in modes else features.get(pk, {}),
            earliest=earliest[pk].slot.start if pk in earliest else None,
            point=None if latitude is None or longitude is None else Point(latitude, longitude, approximate),
            is_itinerant=itinerant,
        )
        for pk, postal_code, department, latitude, longitude, approximate, itinerant in rows
    ]


_OFFICE = frozenset({Mode.OFFICE})
_BY_BOOKING = Evidence(present=True)


def _load_modes() -> tuple[dict[int, frozenset[Mode]], Collection[Motif]]:
    """Return how one meets in each place that has an agenda, and the motifs of those agendas (2 queries)."""
    agents = AgentProfile.objects.filter(is_active=True, place__in=Place.objects.open(), motifs__isnull=False)
    found: dict[int, set[Mode]] = defaultdict(set)
    for place, mode in agents.values_list("place_id", "motifs__mode").distinct():
        found[place].add(Mode(mode))
    motifs = list(Motif.objects.filter(agents__is_active=True, agents__place__in=Place.objects.open()).distinct())
    return {place: frozenset(modes) for place, modes in found.items()}, motifs


def _load_features() -> Mapping[int, Mapping[Feature, Evidence]]:
    known = {feature.value for feature in Feature}
    rows: Iterable[tuple[int, str, bool, dt.date | None]] = PlaceFeature.objects.filter(
        place__is_active=True, place__gone_since=None
    ).values_list("place_id", "feature", "present", "checked_on")
    found: dict[int, dict[Feature, Evidence]] = defaultdict(dict)
    for place, feature, present, checked_on in rows:
        if feature in known:
            found[place][Feature(feature)] = Evidence(present, checked_on)
    return found


def list_motifs_of(place: Place) -> Collection[Motif]:
    """Return what one may come to a place for."""
    return Motif.objects.filter(agents__place=place, agents__is_active=True).distinct()
