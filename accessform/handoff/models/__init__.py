"""What the hand-off stores: places, agendas, appointments, requests to be called back and files shown by consent."""

from accessform.handoff.models.agendas import Absence, AgentProfile, Motif, Opening, PlaceClosure
from accessform.handoff.models.appointments import ACTIVE, OCCUPYING, Appointment, AppointmentStatus, OccupancyCell
from accessform.handoff.models.contacts import CallbackMoment, CallbackRequest, CallbackStatus, Contact
from accessform.handoff.models.places import Place, PlaceFeature, PlaceImport, ProviderName
from accessform.handoff.models.providers import (
    AgentConnection,
    ConnectionAttempt,
    ContactChannel,
    ExternalPlan,
    PlanStatus,
    ProviderConsent,
    ReceivedEvent,
)
from accessform.handoff.models.sharing import AccessKind, Handover, HandoverAccess, HandoverCode, Mandate, Scope
from accessform.handoff.models.urgent import UrgentOpening
from accessform.handoff.models.waiting import EarlierOffer, OfferStatus, WaitingEntry

__all__ = [
    "ACTIVE",
    "OCCUPYING",
    "Absence",
    "AccessKind",
    "AgentConnection",
    "AgentProfile",
    "Appointment",
    "AppointmentStatus",
    "CallbackMoment",
    "CallbackRequest",
    "CallbackStatus",
    "ConnectionAttempt",
    "Contact",
    "ContactChannel",
    "EarlierOffer",
    "ExternalPlan",
    "Handover",
    "HandoverAccess",
    "HandoverCode",
    "Mandate",
    "Motif",
    "OccupancyCell",
    "OfferStatus",
    "Opening",
    "Place",
    "PlaceClosure",
    "PlaceFeature",
    "PlaceImport",
    "PlanStatus",
    "ProviderConsent",
    "ProviderName",
    "ReceivedEvent",
    "Scope",
    "UrgentOpening",
    "WaitingEntry",
]
