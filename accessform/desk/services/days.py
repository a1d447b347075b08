"""The appointments of one day at one desk, by the clocks of its place, as the page says them."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from accessform.desk.access import NOBODY_S
from accessform.handoff.dates_in_words import say_day, say_time_of
from accessform.handoff.models import AgentProfile, Appointment, AppointmentStatus
from accessform.handoff.place_facts import Mode
from accessform.journeys.contact import dialled

AHEAD = 5
"""How many later days with appointments are named."""


class Moment(StrEnum):
    """Where an appointment stands now."""

    AHEAD = "ahead"
    RUNNING = "running"
    PAST = "past"
    ENDED = "ended"


SAID = {Moment.AHEAD: "À venir", Moment.RUNNING: "En cours", Moment.PAST: "Passé, à terminer"}


@dataclass(frozen=True, slots=True)
class Line:
    """One appointment: when, what for, how one meets, with whom, and how to call them."""

    appointment: Appointment
    time: str
    until: str
    moment: Moment
    state: str
    motif: str
    mode: str
    name: str
    phone: str
    dialled: str

    @property
    def is_called(self) -> bool:
        """Whether the agent calls: everywhere but in the office, somebody rings first."""
        return self.appointment.motif.mode != Mode.OFFICE.value and bool(self.dialled)


@dataclass(frozen=True, slots=True)
class DeskDay:
    """One desk's day."""

    desk: AgentProfile
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class LaterDay:
    """A later day that has appointments."""

    day: dt.date
    words: str
    count: int


def moment_of(appointment: Appointment, now: dt.datetime) -> Moment:
    """Return where an appointment stands at `now`."""
    if appointment.status not in {AppointmentStatus.BOOKED, AppointmentStatus.ELAPSED}:
        return Moment.ENDED
    if now < appointment.starts_at:
        return Moment.AHEAD
    return Moment.RUNNING if now < appointment.ends_at else Moment.PAST


def describe(appointment: Appointment, now: dt.datetime) -> Line:
    """Return an appointment as the page says it."""
    moment, contact, zone = moment_of(appointment, now), appointment.contact, appointment.place.zone
    phone = contact.phone_in_figures if contact else ""
    return Line(
        appointment=appointment,
        time=say_time_of(appointment.starts_at, zone),
        until=say_time_of(appointment.ends_at, zone),
        moment=moment,
        state=SAID.get(moment) or appointment.get_status_display(),
        motif=appointment.motif.label["standard"],
        mode=appointment.motif.get_mode_display(),
        name=contact.name if contact else "Nom effacé",
        phone=phone,
        dialled=dialled(phone) if phone else "",
    )


def list_day(desk: AgentProfile, day: dt.date, now: dt.datetime) -> DeskDay:
    """Return the appointments of a desk on a day of its place's calendar, in order of time (1 query)."""
    rows = _of(desk, *_bounds(desk, day)).select_related("place", "motif", "contact").order_by("starts_at")
    return DeskDay(desk, [describe(row, now) for row in rows])


def list_later_days(desks: list[AgentProfile], day: dt.date) -> list[LaterDay]:
    """Return the next days after `day` that have appointments."""
    counts: dict[dt.date, int] = {}
    for desk in desks:
        after = _bounds(desk, day)[1]
        starts = _of(desk, after, after + dt.timedelta(days=366)).filter(status=AppointmentStatus.BOOKED)
        for start in starts.values_list("starts_at", flat=True):
            local = start.astimezone(desk.place.zone).date()
            counts[local] = counts.get(local, 0) + 1
    return [LaterDay(each, say_day(each, today=day), counts[each]) for each in sorted(counts)[:AHEAD]]


def _of(desk: AgentProfile, first: dt.datetime, last: dt.datetime):  # type: ignore[no-untyped-def]
    rows = Appointment.objects.filter(agent=desk, starts_at__gte=first, starts_at__lt=last)
    return rows.exclude(NOBODY_S)


def _bounds(desk: AgentProfile, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return when a day begins and ends by the clocks of the place: 23 or 25 hours where they change."""
    zone = desk.place.zone
    first = dt.datetime.combine(day, dt.time(), tzinfo=zone)
    return first, dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=zone)
