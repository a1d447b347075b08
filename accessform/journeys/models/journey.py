"""One person's passage through one version of one form, saved step by step."""

import uuid

from django.db import models

from accessform.trust.fields import EncryptedJSONField
from forms_catalog.models import FormVersion


class JourneyStatus(models.TextChoices):
    """A journey is a draft until it is sent."""

    DRAFT = "draft", "Brouillon"
    SUBMITTED = "submitted", "Envoyée"


class Journey(models.Model):
    """A passage through a form. Its id grants nothing: the session lists the journeys that a person may open."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="journeys")
    status = models.CharField(max_length=10, choices=JourneyStatus, default=JourneyStatus.DRAFT)
    filled_for = EncryptedJSONField(default=dict, help_text="For whom: self, or other with name, link and capacity.")
    start_key = models.UUIDField(unique=True, help_text="Key of the POST that started it: a replay starts nothing.")
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now_add=True, db_index=True, help_text="Last use, to the hour.")

    was_started_now = False
    """Whether this very request started it (never stored)."""

    def __str__(self) -> str:
        return str(self.id)


class StepAnswers(models.Model):
    """What was answered on one step: as typed, and as understood where it was valid."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="step_answers")
    step_id = models.CharField(max_length=60)
    typed = EncryptedJSONField(default=dict, help_text="Field name → list of strings, as the person wrote them.")
    answers = EncryptedJSONField(default=dict, help_text="Question id → canonical value; only what was accepted.")
    complete = models.BooleanField(default=False, help_text="The step was left with « Continuer » and no error.")
    revision = models.PositiveIntegerField(default=1)
    last_key = models.UUIDField(null=True, help_text="Key of the last POST that wrote here: a replay writes nothing.")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["journey", "step_id"], name="one_row_a_step")]

    def __str__(self) -> str:
        return f"{self.journey_id}/{self.step_id}"
