"""What the hand-off stores: places, agendas, appointments and requests to be called back."""

from accessform.handoff.models.agendas import Absence, AgentProfile, Motif, Opening
from accessform.handoff.models.appointments import ACTIVE, Appointment, AppointmentStatus, OccupancyCell
from accessform.handoff.models.contacts import CallbackMoment, CallbackRequest, CallbackStatus, Contact
from accessform.handoff.models.places import Place, PlaceFeature

__all__ = [
    "ACTIVE",
    "Absence",
    "AgentProfile",
    "Appointment",
    "AppointmentStatus",
    "CallbackMoment",
    "CallbackRequest",
    "CallbackStatus",
    "Contact",
    "Motif",
    "OccupancyCell",
    "Opening",
    "Place",
    "PlaceFeature",
]
