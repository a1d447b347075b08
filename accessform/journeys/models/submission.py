"""What was sent, and its way to the service."""

import uuid

from django.db import models

from accessform.journeys.models.files import UploadedFile
from accessform.journeys.models.journey import Journey
from accessform.trust.fields import EncryptedJSONField


class Submission(models.Model):
    """What the service receives: official wording and answers, frozen. One a journey, whatever happens."""

    journey = models.OneToOneField(Journey, on_delete=models.PROTECT, related_name="submission")
    key = models.UUIDField(unique=True, help_text="Key of the POST that sent it: a replay sends nothing.")
    reference = models.CharField(max_length=20, unique=True)
    form_slug = models.CharField(max_length=60)
    form_version = models.PositiveIntegerField()
    document = EncryptedJSONField(help_text="Questions in official wording with canonical and printed answers.")
    submitted_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.reference


class DeliveryState(models.TextChoices):
    """Where one delivery stands."""

    DUE = "due", "À livrer"
    DELIVERED = "delivered", "Livrée"
    FAILED = "failed", "Abandonnée"


class Delivery(models.Model):
    """One promise to tell the service's system of a submission: written with it, retried until kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="deliveries")
    target = models.CharField(max_length=60, help_text="Name of the webhook in the operator's settings.")
    document = models.ForeignKey(
        UploadedFile,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="deliveries",
        help_text="The document that came later; empty where the delivery tells of the submission.",
    )
    correction = models.ForeignKey(
        "journeys.Correction",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="deliveries",
        help_text="The correction that it tells of; empty where it tells of something else.",
    )
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(db_index=True)
    last_error = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "target"],
                condition=models.Q(document=None, correction=None),
                name="one_delivery_a_target",
            ),
            models.UniqueConstraint(fields=["document", "target"], name="one_delivery_a_late_document"),
            models.UniqueConstraint(fields=["correction", "target"], name="one_delivery_a_correction"),
        ]

    def __str__(self) -> str:
        return str(self.id)
