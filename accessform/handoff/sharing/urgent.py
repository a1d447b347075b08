"""Opening a file without consent, in an emergency: only where the operator lets it, for a reason, for half an hour.

It shows what « Tout sauf les réponses sensibles » shows, and writes nothing. The person reads it with the other
openings; the operator reads it in the log and in `manage.py urgent_openings`.
"""

import datetime as dt
import logging
import uuid
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from accessform.handoff.models import AgentProfile, Appointment, AppointmentStatus, Scope
from accessform.handoff.models.urgent import UrgentOpening
from accessform.handoff.sharing.reading import show_content
from accessform.handoff.sharing.shown import SharedContent
from accessform.handoff.sharing.windows import window_of_appointment
from accessform.journeys.models import Journey
from accessform.plain_language.wording import ReadingLevel

PERMISSION = "handoff.open_without_consent"
LASTS = dt.timedelta(minutes=30)
SHORTEST, LONGEST = 20, 500
"""How many characters a reason has."""

logger = logging.getLogger(__name__)


class NotUrgent(ValueError):
    """The reason is missing or too short, or there is no file to open now; said in French for the agent."""


def is_allowed(user: Any) -> bool:
    """Tell whether an account may open files without consent: the operator's setting, and a permission of its own."""
    return bool(settings.URGENT_OPENING and user.has_perm(PERMISSION))


def read_reason(typed: str) -> str:
    """Return a reason on one line; raises NotUrgent where it is too short or too long."""
    words = " ".join(typed.replace("\0", "").split())
    if not SHORTEST <= len(words) <= LONGEST:
        raise NotUrgent(f"Dites pourquoi, en {SHORTEST} à {LONGEST} lettres : la personne le lira.")
    return words


def open_urgently(
    *, agent: AgentProfile, account: str, appointment: Appointment, reason: str, key: uuid.UUID, now: dt.datetime
) -> UrgentOpening:
    """Write down that the file of an appointment is opened without consent, and why; the same key twice is once.

    Raises NotUrgent for a reason of fewer than 20 characters or more than 500, outside the appointment's window, or
    where it has no file.
    """
    words = read_reason(reason)
    if appointment.status != AppointmentStatus.BOOKED or appointment.journey_id is None:
        raise NotUrgent("Ce rendez-vous n'a pas de dossier à ouvrir.")
    if not window_of_appointment(appointment.starts_at, appointment.ends_at).holds(now):
        raise NotUrgent("Un dossier s'ouvre de 30 minutes avant le rendez-vous à 2 heures après.")
    opening = UrgentOpening(key=key, journey_id=appointment.journey_id, appointment=appointment, agent=agent)
    opening.desk, opening.place_name, opening.account = agent.name, agent.place.name, account
    opening.reason, opening.at, opening.until = words, now, now + LASTS
    try:
        with transaction.atomic():
            opening.save(force_insert=True)
    except IntegrityError:
        if held := UrgentOpening.objects.filter(key=key, account=account).first():
            return held
        opening.key = uuid.uuid4()  # forged: another account's
        opening.save(force_insert=True)
    logger.warning("a file was opened without consent; `manage.py urgent_openings` says by whom and why")
    return opening


def read_urgently(*, opening: UrgentOpening, now: dt.datetime) -> SharedContent | None:
    """Return what the opening shows, None once its half hour is over or the journey is erased."""
    journey = Journey.objects.select_related("version__form").filter(pk=opening.journey_id).first()
    if journey is None or not opening.at <= now < opening.until:
        return None
    return show_content(journey, scope=Scope.ALL_BUT_SENSITIVE, chosen=(), level=ReadingLevel.PLAIN)


def erase_urgent(journey_id: uuid.UUID) -> None:
    """Take the person out of the openings of an erased journey; that a file was opened stays with the operator."""
    UrgentOpening.objects.filter(journey_id=journey_id).update(journey=None, appointment=None, reason="")


def export_urgent(journey_id: uuid.UUID) -> list[dict[str, str]] | None:
    """Return the openings without consent of a journey, None where there is none."""
    rows = UrgentOpening.objects.filter(journey_id=journey_id)
    told = [{"at": row.at.isoformat(), "desk": row.desk, "place": row.place_name, "reason": row.reason} for row in rows]
    return told or None


def purge_urgent(now: dt.datetime, keep: dt.timedelta) -> int:
    """Delete the openings older than `keep`; return how many."""
    return UrgentOpening.objects.filter(at__lt=now - keep).delete()[0]
