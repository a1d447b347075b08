"""The places to propose to one person, best first, with the reasons that are printed."""

import datetime as dt
from collections.abc import Collection

from accessform.handoff.matching import Evidence, Feature, Matches, Mode, PlaceFacts, Wish, match_places
from accessform.handoff.models import Motif, Place
from accessform.handoff.services.agendas import FirstSlot, list_first_slots


def match_open_places(*, wish: Wish, now: dt.datetime) -> tuple[Matches, dict[int, Place]]:
    """Return the places that fit the wish, and the places themselves by id."""
    places = list(Place.objects.filter(is_active=True).prefetch_related("features"))
    motifs = list(Motif.objects.filter(agents__is_active=True, agents__place__in=places).distinct())
    first_slots = list_first_slots(places=places, motifs=motifs, now=now)
    facts = [_gather_facts(place, first_slots.get(place.pk)) for place in places]
    return match_places(facts, wish, today=now.date()), {place.pk: place for place in places}


def _gather_facts(place: Place, first: FirstSlot | None) -> PlaceFacts:
    return PlaceFacts(
        id=place.pk,
        postal_code=place.postal_code,
        department=place.department,
        modes=frozenset(Mode),
        features={Feature(row.feature): Evidence(row.present, row.checked_on) for row in place.features.all()},
        earliest=first.slot.start if first else None,
    )


def list_motifs_of(place: Place) -> Collection[Motif]:
    """Return what one may come to a place for."""
    return Motif.objects.filter(agents__place=place, agents__is_active=True).distinct()
