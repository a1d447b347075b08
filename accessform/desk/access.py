"""Whose desk it is: an account sits at one desk or several, and sees what they receive, nothing else."""

import uuid
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from accessform.handoff.models import AgentProfile, Appointment, AppointmentStatus
from accessform.trust.staff.sessions import staff_required

NOBODY_S = Q(status__in=(AppointmentStatus.HELD, AppointmentStatus.EXPIRED)) | Q(
    status=AppointmentStatus.CANCELLED_BY_USER, held_until__isnull=False
)
"""A time kept for somebody who has not booked is nobody's appointment; nor is one that was given back."""


def desks_of(user: Any) -> "QuerySet[AgentProfile]":
    """Return the desks where an account sits, with their places."""
    return (
        AgentProfile.objects.filter(user=user, is_active=True).select_related("place").order_by("place__name", "name")
    )


def is_agent(user: Any) -> bool:
    """Tell whether an account sits at a desk."""
    return desks_of(user).exists()


def get_appointment_or_404(user: Any, appointment_id: uuid.UUID) -> Appointment:
    """Return an appointment of the account's own desks; raises Http404 for another, whether it exists or not."""
    own = Appointment.objects.filter(agent__in=desks_of(user)).exclude(NOBODY_S)
    found = own.select_related("place", "motif", "contact", "agent__place").filter(pk=appointment_id).first()
    if found is None:
        raise Http404("no such appointment at this desk")
    return found


agent_required = staff_required(is_agent)
