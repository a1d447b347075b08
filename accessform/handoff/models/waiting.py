"""Those who would come earlier, and what they were offered."""

import uuid

from django.db import models
from django.db.models import Q

from accessform.handoff.models.appointments import Appointment
from accessform.handoff.waiting.rules import MOST_NOTICES, DayPart, EarlierWish
from accessform.trust.fields import EncryptedTextField

PARTS = [(DayPart.ANY.value, "Peu importe"), (DayPart.MORNING.value, "Matin"), (DayPart.AFTERNOON.value, "Après-midi")]


class WaitingEntry(models.Model):
    """« Me prévenir si un rendez-vous se libère plus tôt » : asked for one appointment, which stays meanwhile."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appointment = models.OneToOneField(Appointment, on_delete=models.CASCADE, related_name="waiting")
    days = models.JSONField(default=list, blank=True, help_text="Days of the week, 0 is Monday. Empty: any.")
    part = models.CharField(max_length=10, choices=PARTS, default=DayPart.ANY.value)
    is_waiting = models.BooleanField(default=True)
    passed_over = models.JSONField(
        default=list, help_text="Starts that were free already when this was asked: free all along, not freed."
    )
    created_at = models.DateTimeField(auto_now_add=True, db_index=True, help_text="Who asked first is told first.")

    def __str__(self) -> str:
        return str(self.id)

    @property
    def wish(self) -> EarlierWish:
        """What would suit."""
        return EarlierWish(frozenset(self.days), DayPart(self.part))


class OfferStatus(models.TextChoices):
    """Where an offer stands. LAPSED: not answered in time, or the appointment itself changed."""

    OPEN = "open", "En attente"
    ACCEPTED = "accepted", "Accepté"
    REFUSED = "refused", "Refusé"
    LAPSED = "lapsed", "Sans réponse"


class EarlierOffer(models.Model):
    """One earlier slot, held for one entry, told once. At most three for an entry, and one open at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(WaitingEntry, on_delete=models.CASCADE, related_name="offers")
    number = models.PositiveSmallIntegerField(help_text="1 to 3: which notice of its entry.")
    hold = models.OneToOneField(Appointment, on_delete=models.SET_NULL, null=True, related_name="offer")
    starts_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=OfferStatus, default=OfferStatus.OPEN)
    token = EncryptedTextField(help_text="Stands in the link of the notice.")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="one_offer_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=MOST_NOTICES), name="at_most_three_offers"),
            models.UniqueConstraint(fields=["entry", "starts_at"], name="a_start_is_offered_once"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(status=OfferStatus.OPEN), name="one_open_offer_an_entry"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
