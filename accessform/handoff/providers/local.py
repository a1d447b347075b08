"""Our own agendas: the provider of every place that names no other."""

import uuid

from django.core.exceptions import ValidationError

from accessform.handoff.models import AgentProfile, Appointment, Motif, Place, ProviderName
from accessform.handoff.providers.protocol import (
    Capability,
    OfferedPlace,
    OffersNothing,
    Refused,
    Situation,
    SlotGone,
    Started,
    Status,
    Wish,
)
from accessform.handoff.services import agendas
from accessform.handoff.services.booking import Outcome, book_appointment, cancel_appointment
from accessform.handoff.slots import Slot


class Local(OffersNothing):
    """Slots, bookings and cancellations of the agendas kept here; the occupancy cells decide."""

    capabilities = frozenset(
        {Capability.LIST_PLACES, Capability.LIST_SLOTS, Capability.START}
        | {
            Capability.POLL,
            Capability.CANCEL,
        }
    )

    def list_places(self, *, territory: str) -> list[OfferedPlace]:
        """Return the open places of a department that have an agenda here."""
        receiving = AgentProfile.objects.filter(is_active=True, motifs__isnull=False).values("place")
        found = Place.objects.open().filter(provider=ProviderName.LOCAL, department=territory, pk__in=receiving)
        return [OfferedPlace(str(place.pk), place.name) for place in found.order_by("pk")]

    def list_slots(self, *, place: Place, motif: Motif) -> list[Slot]:
        """Return the free slots of the agenda."""
        return agendas.list_slots(place=place, motif=motif)

    def start(self, wish: Wish) -> Started:
        """Book the slot; the journey that has an appointment for this motif keeps that one."""
        if wish.motif is None or wish.at is None or wish.contact is None:
            raise Refused("a motif, a start and a contact are needed")
        booking = book_appointment(
            place=wish.place,
            motif=wish.motif,
            start=wish.at,
            contact=wish.contact,
            key=wish.key,
            journey=wish.journey,
        )
        if booking.appointment is None:
            raise SlotGone(booking.nearest)
        return Started(reference=str(booking.appointment.pk))

    def poll(self, reference: str) -> Situation:
        """Return where the appointment stands."""
        return _situation(_find(reference))

    def cancel(self, reference: str) -> Situation:
        """Cancel as the person would."""
        appointment = _find(reference)
        outcome = cancel_appointment(appointment=appointment)
        if outcome is not Outcome.DONE:
            raise Refused(f"the appointment cannot be cancelled: {outcome}")
        return _situation(_find(reference))


def _find(reference: str) -> Appointment:
    try:
        found = Appointment.objects.select_related("motif").filter(pk=uuid.UUID(reference)).first()
    except (ValueError, ValidationError):
        found = None
    if found is None:
        raise Refused("no such appointment")
    return found


def _situation(appointment: Appointment) -> Situation:
    return Situation(Status(appointment.status), appointment.starts_at, appointment.motif.mode)
