"""What the pages show: slots, places and doors, in words, by the clocks of the place."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from accessform.handoff.dates_in_words import say_day, say_moment, say_month, say_near_day, say_time, say_time_of
from accessform.handoff.matching import Match, Reason, ReasonKind
from accessform.handoff.models import Place, PlaceClosure, ProviderName
from accessform.handoff.service_hours import DoorState
from accessform.handoff.slots import Slot, group_by_day
from accessform.journeys.contact import dialled

STAMP = "%Y%m%dT%H%MZ"
DAYS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class SlotChoice:
    """One start to choose: how its time is said, its whole moment, and its name in addresses."""

    time: str
    moment: str
    stamp: str


@dataclass(frozen=True, slots=True)
class DayChoices:
    """The starts of one day."""

    id: str
    words: str
    slots: list[SlotChoice]


@dataclass(frozen=True, slots=True)
class SlotPage:
    """A few days of slots, and the day from which the next page goes on, if any."""

    days: list[DayChoices] = field(default_factory=list)
    next_day: dt.date | None = None


def make_stamp(start: dt.datetime) -> str:
    """Return a start as it stands in an address: 20261123T0800Z."""
    return start.astimezone(dt.UTC).strftime(STAMP)


def read_stamp(stamp: str) -> dt.datetime | None:
    """Return the start that a stamp names, or None where it names none."""
    try:
        return dt.datetime.strptime(stamp, STAMP).replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        return None


def present_slot(slot: Slot, zone: ZoneInfo, today: dt.date) -> SlotChoice:
    """Return one slot in words."""
    return SlotChoice(say_time_of(slot.start, zone), say_moment(slot.start, zone, today=today), make_stamp(slot.start))


def page_slots(slots: Iterable[Slot], zone: ZoneInfo, *, today: dt.date) -> SlotPage:
    """Return the first days that have slots."""
    days = list(group_by_day(slots, zone).items())
    shown = [
        DayChoices(f"jour-{day}", say_day(day, today=today), [present_slot(slot, zone, today) for slot in of_day])
        for day, of_day in days[:DAYS_SHOWN]
    ]
    return SlotPage(shown, days[DAYS_SHOWN][0] if len(days) > DAYS_SHOWN else None)


def local_today(place: Place, now: dt.datetime) -> dt.date:
    """Return the day that it is at the place."""
    return now.astimezone(place.zone).date()


@dataclass(frozen=True, slots=True)
class Door:
    """Open or not, in words: the name of the text and what fills it."""

    text: str
    when: str = ""


def present_door(state: DoorState, *, now: dt.datetime) -> Door:
    """Return how « ouvert maintenant ou non » is said."""
    if state.is_open is None:
        return Door("handoff.hours_unknown")
    if state.changes_at is None:
        return Door("handoff.open_always" if state.is_open else "handoff.closed_long")
    today = now.astimezone(state.changes_at.tzinfo).date()
    day, time = say_near_day(state.changes_at.date(), today=today), say_time(state.changes_at)
    if not state.is_open:
        return Door("handoff.closed_until", f"{day} à {time}")
    same_day = state.changes_at.date() == today
    return Door("handoff.open_until", time if same_day else f"{day} à {time}")


def present_closures(closures: Iterable[PlaceClosure], *, today: dt.date) -> list[dict[str, str]]:
    """Return the days on which a place is closed: the name of the text and what fills it."""
    return [
        {
            "text": "handoff.closed_on" if row.first_day == row.last_day else "handoff.closed_from",
            "first": say_day(row.first_day, today=today),
            "last": say_day(row.last_day, today=today),
            "reason": row.reason,
        }
        for row in closures
    ]


def present_match(match: Match, place: Place, now: dt.datetime) -> dict[str, Any]:
    """Return a place's card: its reasons in words, its number where it is better to call first."""
    return {
        "key": str(place.pk),
        "place": place,
        "reasons": [present_reason(reason, place, now) for reason in match.reasons],
        "bookable": all(reason.kind is not ReasonKind.NO_SLOT for reason in match.reasons),
        "uncertain": match.is_uncertain,
        "dialled": dialled(place.phone),
    }


def present_reason(reason: Reason, place: Place, now: dt.datetime) -> dict[str, str]:
    """Return a reason: the name of its text, and what fills it (a feature's text, a moment, a month, a distance)."""
    return {
        "text": _reason_text(reason, place),
        "need": f"handoff.feature_{reason.feature}" if reason.feature else "",
        "when": say_moment(reason.at, place.zone, today=local_today(place, now)) if reason.at else "",
        "since": say_month(reason.since) if reason.since else "",
        "distance": say_distance(reason.km) if reason.kind in DISTANCES else "",
    }


def _reason_text(reason: Reason, place: Place) -> str:
    """Return the name of a reason's text: a place without free slots of ours may take appointments another way."""
    if reason.kind is ReasonKind.NO_SLOT and place.provider != ProviderName.LOCAL:
        return f"providers.reason_{place.provider}"
    return f"handoff.reason_{reason.kind}"


DISTANCES = (ReasonKind.DISTANCE, ReasonKind.ABOUT_DISTANCE)


def say_distance(km: float) -> str:
    """Return a distance as people say it: « moins de 1 km », « 4 km », « 120 km »."""
    return "moins de 1 km" if km < 1 else f"{km:.0f} km"
