"""Appointments that stand although nobody would receive them: listed with the way to tell the person, never deleted."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils import timezone

from accessform.handoff.dates_in_words import say_moment
from accessform.handoff.models import ACTIVE, Appointment, Motif, Place
from accessform.handoff.services.conflicts import list_conflicts
from accessform.journeys.contact import dialled

NOT_RECEIVING = "Le guichet ne reçoit pas à cette heure."
NOT_FOR_THIS = "Le guichet ne reçoit pas pour ce motif."


@dataclass(frozen=True, slots=True)
class Outside:
    """One appointment to be told about: when, where, why, with whom and how to reach them."""

    appointment: uuid.UUID
    starts_at: dt.datetime
    when: str
    agent: str
    motif: str
    why: str
    name: str
    phone: str
    dialled: str
    email: str


def list_outside(place: Place) -> list[Outside]:
    """Return the booked appointments to come that no opening holds, or whose motif their agent receives no more.

    A time held for somebody who has not booked yet is nobody's appointment: it is not listed.
    """
    now = timezone.now()
    agents = list(place.agents.values_list("pk", flat=True))
    closed = {conflict.appointment for conflict in list_conflicts(agents=agents, now=now)}
    received = set(Motif.agents.through.objects.filter(agentprofile__in=agents).values_list("agentprofile", "motif"))
    coming = Appointment.objects.filter(place=place, status__in=ACTIVE, starts_at__gt=now)
    rows = coming.select_related("place", "agent", "motif", "contact").order_by("starts_at", "pk")
    return [
        _describe(row, NOT_RECEIVING if row.pk in closed else NOT_FOR_THIS, now)
        for row in rows
        if row.pk in closed or (row.agent_id, row.motif_id) not in received
    ]


def _describe(row: Appointment, why: str, now: dt.datetime) -> Outside:
    contact, zone = row.contact, row.place.zone
    phone = contact.phone_in_figures if contact else ""
    return Outside(
        appointment=row.pk,
        starts_at=row.starts_at,
        when=say_moment(row.starts_at, zone, today=now.astimezone(zone).date()),
        agent=row.agent.name,
        motif=row.motif.label["standard"],
        why=why,
        name=contact.name if contact else "Nom effacé",
        phone=phone,
        dialled=dialled(phone) if phone else "",
        email=(contact.email or "") if contact else "",
    )
