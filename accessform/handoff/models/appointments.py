"""Appointments, and the cells that make two of them at one time impossible."""

import uuid

from django.db import models
from django.db.models import F, Q

from accessform.handoff.models.agendas import AgentProfile, Motif
from accessform.handoff.models.contacts import Contact
from accessform.handoff.models.places import Place
from accessform.journeys.models import Journey
from accessform.trust.fields import EncryptedTextField


class AppointmentStatus(models.TextChoices):
    """Where an appointment stands.

    HELD: kept for somebody until `held_until`; EXPIRED: it was kept, and its time came. ELAPSED: its time has gone by
    and nobody said what happened.
    """

    HELD = "held", "Gardé"
    BOOKED = "booked", "Réservé"
    SEEN = "seen", "Reçu"
    NO_SHOW = "no_show", "Pas venu"
    ELAPSED = "elapsed", "Passé"
    EXPIRED = "expired", "N'est plus gardé"
    CANCELLED_BY_USER = "cancelled_by_user", "Annulé par la personne"
    CANCELLED_BY_SERVICE = "cancelled_by_service", "Annulé par le service"


ACTIVE = (AppointmentStatus.BOOKED,)
"""What stands: the person is expected."""
OCCUPYING = (AppointmentStatus.BOOKED, AppointmentStatus.HELD)
"""What has cells. Every change that leaves these two deletes them in the same transaction."""


class Appointment(models.Model):
    """One meeting, booked or held. `version` grows with every change: a move compares it before it writes.

    The database does not hold the link to the journey: erasing a journey runs room by room, and this room's handler
    (services/erasing.py) must still find its rows when the journey's own row has gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agent = models.ForeignKey(AgentProfile, on_delete=models.PROTECT, related_name="appointments")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="appointments")
    motif = models.ForeignKey(Motif, on_delete=models.PROTECT, related_name="appointments")
    journey = models.ForeignKey(
        Journey, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="appointments"
    )
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="appointments")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=AppointmentStatus, default=AppointmentStatus.BOOKED)
    held_until = models.DateTimeField(null=True, blank=True, help_text="Of a hold: from then on, its cells are free.")
    travel_minutes = models.PositiveSmallIntegerField(
        default=0, help_text="The motif's when it was booked: cells reach so far before the start and after the end."
    )
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(unique=True, help_text="Key of the POST that booked it: a replay books nothing.")
    code = EncryptedTextField(help_text="Finds the appointment again, without an account.")
    code_digest = models.CharField(max_length=64, unique=True, help_text="Keyed hash of the code, to look it up.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointment_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(status=AppointmentStatus.HELD) | Q(held_until__isnull=False), name="a_hold_has_an_end"
            ),
            models.UniqueConstraint(
                fields=["journey", "motif"],
                condition=Q(status__in=ACTIVE, journey__isnull=False),
                name="one_active_appointment_a_journey_and_motif",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class OccupancyCell(models.Model):
    """Five minutes of one agent, taken. The unique constraint is the guarantee, on every database."""

    agent = models.ForeignKey(AgentProfile, on_delete=models.CASCADE, related_name="cells")
    at = models.DateTimeField(help_text="Start of the cell, UTC, a multiple of five minutes.")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="cells")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "at"], name="one_appointment_a_cell")]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.at:%Y-%m-%d %H:%M}"
