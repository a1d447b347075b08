"""A file shown to an agent by consent: what was agreed, the code that opens it, who opened it, who may send it."""

import uuid

from django.db import models
from django.db.models import F, Q

from accessform.handoff.models.agendas import AgentProfile
from accessform.handoff.models.appointments import Appointment
from accessform.handoff.models.places import Place
from accessform.journeys.models import Journey
from accessform.plain_language.wording import ReadingLevel
from accessform.trust.fields import EncryptedTextField


class Scope(models.TextChoices):
    """What of the file is shown. Showing nothing leaves no row."""

    ALL_BUT_SENSITIVE = "all_but_sensitive", "Tout sauf les réponses sensibles"
    CHOSEN = "chosen", "Les réponses choisies"


class Consent(models.Model):
    """Words that a person agreed to: kept as they were shown, with their hash, version and reading level."""

    text = EncryptedTextField(help_text="The words agreed to, as they were shown.")
    text_sha256 = models.CharField(max_length=64, help_text="SHA-256 of the text, UTF-8, hexadecimal.")
    text_version = models.CharField(max_length=10)
    reading_level = models.CharField(max_length=10, choices=[(level.value, level.value) for level in ReadingLevel])

    class Meta:
        abstract = True


class Handover(Consent):
    """A journey shown to one place for one visit. Without this row nobody but the person sees the answers.

    `wrapped_key` is the file's own data key under the installation's; revoking destroys it, and with it every copy of
    what was shown. The link to the journey is not held by the database, as an appointment's is not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(unique=True, help_text="Key of the POST that agreed: a replay agrees to nothing more.")
    journey = models.ForeignKey(Journey, on_delete=models.DO_NOTHING, db_constraint=False, related_name="handovers")
    appointment = models.ForeignKey(
        Appointment,
        on_delete=models.SET_NULL,
        null=True,
        related_name="handovers",
        help_text="The visit. Empty: opened by code, or the appointment's row has gone.",
    )
    by_code = models.BooleanField(help_text="Whoever is told the six digits at the place opens it.")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="handovers")
    agent = models.ForeignKey(
        AgentProfile,
        on_delete=models.SET_NULL,
        null=True,
        related_name="handovers",
        help_text="The desk that opened it with the code, and the only one since.",
    )
    scope = models.CharField(max_length=20, choices=Scope)
    chosen = models.JSONField(default=list, help_text="Ids of the questions shown, where they were chosen.")
    may_write = models.BooleanField(default=False, help_text="The person lets the agent write too.")
    wrapped_key = EncryptedTextField(null=True, help_text="The file's own key. Destroyed on revocation.")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, help_text="When an agent opened it first.")
    expires_at = models.DateTimeField(
        db_index=True, help_text="When it closes by itself; an appointment that moves takes its file along."
    )
    closed_at = models.DateTimeField(null=True, help_text="Given back by the agent, or replaced by another consent.")
    revoked_at = models.DateTimeField(null=True, help_text="Stopped by the person.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, wrapped_key__isnull=False)
                | Q(revoked_at__isnull=False, wrapped_key__isnull=True),
                name="a_revoked_handover_has_no_key",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="handover_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["journey", "appointment"],
                condition=Q(closed_at__isnull=True, revoked_at__isnull=True, by_code=False),
                name="one_open_handover_an_appointment",
            ),
            models.UniqueConstraint(
                fields=["journey"],
                condition=Q(closed_at__isnull=True, revoked_at__isnull=True, by_code=True),
                name="one_open_handover_by_code",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class HandoverCode(models.Model):
    """Six digits said at a counter. They open one file, once, at one place, within minutes."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="codes")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="handover_codes")
    digest = models.CharField(max_length=64, help_text="Keyed hash of the digits.")
    shown = models.TextField(blank=True, help_text="The digits under the file's own key; empty once they are dead.")
    valid_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="Used, replaced, revoked, or found too old.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "digest"], condition=Q(ended_at__isnull=True), name="one_living_code_a_place"
            ),
            models.UniqueConstraint(
                fields=["handover"], condition=Q(ended_at__isnull=True), name="one_living_code_a_handover"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AccessKind(models.TextChoices):
    """What an agent did with a file."""

    OPENED = "opened", "Ouvert"
    READ = "read", "Lu"
    WROTE = "wrote", "Complété"
    CLOSED = "closed", "Rendu"
    REFUSED = "refused", "Refusé"


class HandoverAccess(models.Model):
    """One line of the log that the person reads. The desk's name, never a person's unless the place chose so."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="accesses")
    at = models.DateTimeField()
    agent = models.ForeignKey(AgentProfile, on_delete=models.SET_NULL, null=True, related_name="+")
    desk = models.CharField(max_length=80, help_text="Name of the desk then: « Guichet 1 ».")
    place_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=AccessKind)
    reason = models.CharField(max_length=20, blank=True, help_text="Why it was refused.")
    shown_count = models.PositiveSmallIntegerField(default=0, help_text="Answers that could be read.")
    hidden_count = models.PositiveSmallIntegerField(default=0, help_text="Questions whose answer was not shown.")
    snapshot = models.TextField(blank=True, help_text="What was shown, under the file's own key, where it changed.")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Mandate(Consent):
    """A person's word that an agent may send the file in their place. An agent sends nothing without it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.DO_NOTHING, db_constraint=False, related_name="mandates")
    handover = models.ForeignKey(Handover, on_delete=models.SET_NULL, null=True, related_name="mandates")
    agent = models.ForeignKey(AgentProfile, on_delete=models.SET_NULL, null=True, related_name="mandates")
    desk = models.CharField(max_length=80)
    place_name = models.CharField(max_length=200)
    given_by = EncryptedTextField(help_text="Name of the person who gave it.")
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True, help_text="When the agent sent the file under it.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("given_at")), name="mandate_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["handover"],
                condition=Q(revoked_at__isnull=True, handover__isnull=False),
                name="one_mandate_a_handover",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
