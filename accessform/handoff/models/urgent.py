"""A file opened without its person's consent: rare, reasoned, and read by the person and by the operator."""

import uuid

from django.db import models
from django.db.models import F, Q

from accessform.handoff.models.agendas import AgentProfile
from accessform.handoff.models.appointments import Appointment
from accessform.journeys.models import Journey
from accessform.trust.fields import EncryptedTextField


class UrgentOpening(models.Model):
    """One opening. The link to the journey is not held by the database, as an appointment's is not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(unique=True, help_text="Key of the POST that opened it: a replay opens nothing more.")
    journey = models.ForeignKey(
        Journey, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="urgent_openings"
    )
    appointment = models.ForeignKey(Appointment, on_delete=models.SET_NULL, null=True, related_name="+")
    agent = models.ForeignKey(AgentProfile, on_delete=models.SET_NULL, null=True, related_name="+")
    desk = models.CharField(max_length=80, help_text="Name of the desk then.")
    place_name = models.CharField(max_length=200)
    account = models.CharField(max_length=150, help_text="Name of the account that opened it.")
    reason = EncryptedTextField(help_text="Why, as the agent wrote it. Empty once the journey was erased.")
    at = models.DateTimeField(db_index=True)
    until = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        permissions = [("open_without_consent", "Peut ouvrir un dossier sans accord, en cas d'urgence")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="urgent_opening_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return str(self.id)
