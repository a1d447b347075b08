"""Whether an agent may open a shared file now. Asked again at each reading: a consent may have ended meanwhile."""

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

from accessform.handoff.models import AgentProfile, AppointmentStatus, Handover
from accessform.handoff.sharing.windows import OpenWindow, window_of_appointment

TAKES_PLACE = frozenset({AppointmentStatus.BOOKED, AppointmentStatus.SEEN, AppointmentStatus.ELAPSED})


class RefusalKind(StrEnum):
    """Why a file does not open. NOTHING_SHARED and UNKNOWN_CODE leave no line in a log: there is no file to name."""

    UNKNOWN_CODE = "unknown_code"
    CODE_ENDED = "code_ended"
    TOO_MANY = "too_many"
    NOTHING_SHARED = "nothing_shared"
    OTHER_DESK = "other_desk"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    CLOSED = "closed"
    READ_ONLY = "read_only"


SAID = {
    RefusalKind.UNKNOWN_CODE: "Ce code n'ouvre aucun dossier ici. Vérifiez les six chiffres avec la personne.",
    RefusalKind.CODE_ENDED: "Ce code a déjà servi ou a expiré. La personne peut en faire un autre sur sa page.",
    RefusalKind.TOO_MANY: "Trop de codes faux ont été essayés. Réessayez plus tard, ou remplissez avec la personne.",
    RefusalKind.NOTHING_SHARED: "La personne n'a pas choisi de montrer son dossier. Elle peut le faire sur sa page.",
    RefusalKind.OTHER_DESK: "Ce dossier est montré à un autre guichet ou à un autre lieu.",
    RefusalKind.TOO_EARLY: "Ce dossier s'ouvre 30 minutes avant le rendez-vous.",
    RefusalKind.TOO_LATE: "Le temps donné pour voir ce dossier est passé.",
    RefusalKind.CANCELLED: "Le rendez-vous n'a pas lieu : le dossier ne s'ouvre pas.",
    RefusalKind.REVOKED: "La personne a arrêté de montrer son dossier.",
    RefusalKind.CLOSED: "Ce dossier a été rendu à la personne.",
    RefusalKind.READ_ONLY: "La personne montre son dossier sans laisser écrire dedans.",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not, and the moment from which it would open, where there is one."""

    kind: RefusalKind
    again_at: dt.datetime | None = None

    @property
    def said(self) -> str:
        """The reason, as the agent reads it."""
        return SAID[self.kind]


def window_of(handover: Handover) -> OpenWindow:
    """Return when a file may be opened: as its appointment stands now, else as it was agreed."""
    appointment = handover.appointment
    if appointment is not None and not handover.by_code:
        return window_of_appointment(appointment.starts_at, appointment.ends_at)
    return OpenWindow(handover.created_at, handover.expires_at)


def is_over(handover: Handover, now: dt.datetime) -> bool:
    """Tell whether nobody will open this file any more, whatever comes."""
    return _name_end(handover) is not None or now >= window_of(handover).closes


def refuse(handover: Handover, agent: AgentProfile, now: dt.datetime) -> Refusal | None:
    """Return why `agent` may not open a file at `now`, None where they may. Reads rows that the caller has locked."""
    if not _is_receiving(handover, agent):
        return Refusal(RefusalKind.OTHER_DESK)
    if ended := _name_end(handover):
        return Refusal(ended)
    window = window_of(handover)
    if window.holds(now):
        return None
    if now < window.opens:
        return Refusal(RefusalKind.TOO_EARLY, window.opens)
    return Refusal(RefusalKind.TOO_LATE)


def refuse_inside(handover: Handover, agent: AgentProfile, now: dt.datetime) -> Refusal | None:
    """Return why `agent` may not read a file at `now`; what waits for its code is read by nobody yet."""
    waits = handover.by_code and handover.agent_id is None
    return refuse(handover, agent, now) or (Refusal(RefusalKind.OTHER_DESK) if waits else None)


def lock_handover(handover_id: uuid.UUID) -> Handover | None:
    """Return a file's row as it stands now, None once it was erased. Whoever changes or reads it waits for the other.

    Call it inside a transaction: SQLite's (IMMEDIATE) has one writer at a time, PostgreSQL locks the row.
    """
    rows = Handover.objects.select_for_update(of=("self",)).select_related("appointment")
    return rows.filter(pk=handover_id).first()


def _is_receiving(handover: Handover, agent: AgentProfile) -> bool:
    """Tell whether this desk is the appointment's, or the one that was told the code."""
    if not agent.is_active or agent.place_id != handover.place_id:
        return False
    if handover.by_code:
        return handover.agent_id in (None, agent.pk)
    return handover.appointment is not None and handover.appointment.agent_id == agent.pk


def _name_end(handover: Handover) -> RefusalKind | None:
    """Return what ended a file before its time, if anything did."""
    if handover.revoked_at is not None:
        return RefusalKind.REVOKED
    if handover.closed_at is not None:
        return RefusalKind.CLOSED
    cancelled = handover.appointment is not None and handover.appointment.status not in TAKES_PLACE
    return RefusalKind.CANCELLED if cancelled else None
