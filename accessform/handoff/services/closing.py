"""Say how an appointment ended: the person was received, did not come, or the service called it off."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accessform.handoff.calling_off import tell_called_off
from accessform.handoff.models import Appointment, AppointmentStatus
from accessform.handoff.services.booking import Outcome
from accessform.handoff.services.occupying import leave

EARLIEST = {AppointmentStatus.SEEN: dt.timedelta(hours=1), AppointmentStatus.NO_SHOW: dt.timedelta(0)}
"""How long before its time each may be said: people come early, and nobody is late before the hour."""

SINCE = {
    AppointmentStatus.SEEN: (AppointmentStatus.BOOKED, AppointmentStatus.ELAPSED, AppointmentStatus.NO_SHOW),
    AppointmentStatus.NO_SHOW: (AppointmentStatus.BOOKED, AppointmentStatus.ELAPSED, AppointmentStatus.SEEN),
    AppointmentStatus.CANCELLED_BY_SERVICE: (AppointmentStatus.BOOKED,),
}
"""Each end, and what it may be said after: seen and not come correct each other."""


def close_appointment(*, appointment: Appointment, outcome: AppointmentStatus, version: int) -> Outcome:
    """Close an appointment that is still at `version`; what is left of its time is free again.

    `outcome` is SEEN (from one hour before the start), NO_SHOW (from the start on) or CANCELLED_BY_SERVICE; raises
    ValueError for another. Whoever is called off and can be written to is told by one message, in the same transaction.
    Answers DONE (also when it was closed so already), TOO_EARLY, or CHANGED_ELSEWHERE. The
    `appointment` passed in is read again, so that it says what the database says.
    """
    if outcome not in SINCE:
        raise ValueError(f"an appointment does not end as {outcome}")
    appointment.refresh_from_db()
    if appointment.status == outcome:
        return Outcome.DONE
    if outcome in EARLIEST and timezone.now() < appointment.starts_at - EARLIEST[outcome]:
        return Outcome.TOO_EARLY
    with transaction.atomic():
        closed = leave(appointment, outcome, since=SINCE[outcome], version=version)
        if closed and outcome == AppointmentStatus.CANCELLED_BY_SERVICE:
            tell_called_off(appointment)
    appointment.refresh_from_db()
    return Outcome.DONE if closed else Outcome.CHANGED_ELSEWHERE
