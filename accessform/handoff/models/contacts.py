"""How to reach a person: a name, a phone number or an e-mail address, where to come for a visit. Nothing else."""

import uuid

from django.db import models
from django.db.models import Q

from accessform.answers.printed_values import phone_in_figures
from accessform.journeys.models import Journey
from accessform.trust.fields import EncryptedTextField


class Contact(models.Model):
    """A name with a phone number or an e-mail address, and where to come for a visit, encrypted.

    Given first; erased with what it was given for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = EncryptedTextField()
    phone = EncryptedTextField(null=True, help_text="E.164.")
    email = EncryptedTextField(null=True)
    address = EncryptedTextField(null=True, help_text="Where to come, for a visit at home.")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(phone__isnull=False) | Q(email__isnull=False), name="contact_can_be_reached"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def phone_in_figures(self) -> str:
        """The phone number as people write it, "" where there is none."""
        return phone_in_figures(self.phone) if self.phone else ""


class CallbackMoment(models.TextChoices):
    """When a person prefers to be called."""

    MORNING = "morning", "Le matin"
    AFTERNOON = "afternoon", "L'après-midi"
    ANY = "any", "N'importe quand"


class CallbackStatus(models.TextChoices):
    """Where a request stands."""

    WAITING = "waiting", "À rappeler"
    DONE = "done", "Rappelé"
    CANCELLED = "cancelled", "Annulé"


class CallbackRequest(models.Model):
    """« Rappelez-moi » : asked of the form's own service. At most one waits for a journey."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    journey = models.ForeignKey(
        Journey, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="callback_requests"
    )
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="callback_requests")
    form_slug = models.CharField(max_length=60)
    service = models.CharField(max_length=200, help_text="Name of the service that is asked.")
    moment = models.CharField(max_length=10, choices=CallbackMoment, default=CallbackMoment.ANY)
    status = models.CharField(max_length=10, choices=CallbackStatus, default=CallbackStatus.WAITING)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journey"],
                condition=Q(status=CallbackStatus.WAITING, journey__isnull=False),
                name="one_waiting_callback_a_journey",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
