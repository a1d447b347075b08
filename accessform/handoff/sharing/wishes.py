"""What a person wishes to show, carried in the addresses of the pages that lead to the preview; nothing is stored yet.

Addresses hold names of questions, never an answer. What does not belong to the journey is left out.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from accessform.handoff.geography import Origin, Point, measure_km
from accessform.handoff.models import Appointment, Handover, Place, Scope
from accessform.handoff.sharing.gate import TAKES_PLACE
from accessform.handoff.sharing.windows import window_of_appointment
from accessform.journeys.models import Journey

APPOINTMENT, WHAT, BY, PLACE, QUESTION = "rendez-vous", "quoi", "par", "lieu", "q"
WHATS = {"tout": Scope.ALL_BUT_SENSITIVE, "choisir": Scope.CHOSEN}
CODE = "code"
PLACES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Wish:
    """To whom and what. `appointment` is the visit, or the one that the code is asked from."""

    journey: Journey
    appointment: Appointment | None = None
    place: Place | None = None
    by_code: bool = False
    what: str = ""
    chosen: tuple[str, ...] = ()

    @property
    def scope(self) -> Scope | None:
        """What is shown, None where that is not said yet."""
        return WHATS.get(self.what)

    @property
    def is_whole(self) -> bool:
        """Whether everything is said that a preview needs."""
        return self.place is not None and self.scope is not None and (self.scope != Scope.CHOSEN or bool(self.chosen))

    def but(self, **changes: object) -> "Wish":
        """Return the wish with something else."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def address(self, page: str) -> str:
        """Return the address of a sharing page that carries this wish."""
        said = [
            (APPOINTMENT, str(self.appointment.pk) if self.appointment else ""),
            (BY, CODE if self.by_code else ""),
            (PLACE, str(self.place.pk) if self.by_code and self.place and not self.appointment else ""),
            (WHAT, self.what),
            *((QUESTION, question) for question in self.chosen),
        ]
        query = urlencode([(name, value) for name, value in said if value])
        return reverse(page, args=[self.journey.pk]) + (f"?{query}" if query else "")


def read_wish(journey: Journey, said: QueryDict, now: dt.datetime) -> Wish:
    """Return what an address says; where it names no appointment, the journey's next one is meant."""
    by_code, what = said.get(BY) == CODE, said.get(WHAT, "")
    coming = list_showable_appointments(journey, now)
    named = [row for row in coming if str(row.pk) == said.get(APPOINTMENT)]
    place_id = said.get(PLACE, "")
    place = find_place(place_id) if by_code and place_id else None
    appointment = None if place else next(iter(named or coming), None)
    return Wish(
        journey=journey,
        appointment=appointment,
        place=appointment.place if appointment else place,
        by_code=by_code or appointment is None,
        what=what if what in WHATS else "",
        chosen=tuple(dict.fromkeys(said.getlist(QUESTION)))[:500],
    )


def list_showable_appointments(journey: Journey, now: dt.datetime) -> list[Appointment]:
    """Return the journey's appointments to which a file may be shown: those that come, and that of now."""
    held = Appointment.objects.filter(journey=journey, status__in=TAKES_PLACE)
    rows = held.select_related("place", "agent__user").order_by("starts_at")
    return [row for row in rows if window_of_appointment(row.starts_at, row.ends_at).closes > now]


def can_be_opened(appointment: Appointment) -> bool:
    """Tell whether somebody signs in at the desk of an appointment: to a desk without a screen nothing is shown."""
    user = appointment.agent.user
    return appointment.agent.is_active and user is not None and user.is_active


def places_with_a_desk() -> QuerySet[Place]:
    """Return the places where somebody signs in, and so may open a file with its code."""
    return Place.objects.open().filter(agents__is_active=True, agents__user__is_active=True).distinct()


def find_place(place_id: str) -> Place | None:
    """Return a place where a code may be said, None for anything else."""
    known = place_id.isascii() and place_id.isdigit() and len(place_id) < 10  # noqa: PLR2004
    return places_with_a_desk().filter(pk=int(place_id)).first() if known else None


def list_places_near(origin: Origin | None) -> tuple[list[Place], bool]:
    """Return the first places where a code may be said, the nearest first, and whether there are more."""
    places = list(places_with_a_desk().order_by("name"))
    if origin is not None:
        point = origin.point
        places.sort(key=lambda place: _distance(place, point))
    return places[:PLACES_SHOWN], len(places) > PLACES_SHOWN


def list_files_of(wish: Wish, open_files: list[Handover]) -> list[Handover]:
    """Return the files that are shown for the wish's visit already: at its appointment, and by a code."""
    visit = wish.appointment
    return [row for row in open_files if row.by_code or (visit is not None and row.appointment_id == visit.pk)]


def new_key(typed: str) -> uuid.UUID:
    """Return the key that a form carries, a new one where it carries none."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return uuid.uuid4()


def _distance(place: Place, point: Point) -> float:
    if place.latitude is None or place.longitude is None:
        return float("inf")
    return measure_km(Point(place.latitude, place.longitude), point)
