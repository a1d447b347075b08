"""What the outbox stores. Addresses and texts are encrypted; a text goes away when its message is over."""

import uuid

from django.db import models
from django.db.models import Q

from accessform.plain_language.wording import ReadingLevel
from accessform.trust.fields import EncryptedTextField

MOST_REMINDERS = 3
LEVELS = [(level.value, level.value) for level in ReadingLevel]


class Channel(models.TextChoices):
    """How a message reaches a person."""

    EMAIL = "email", "E-mail"
    SMS = "sms", "SMS"
    LETTER = "letter", "Lettre"


class Recipient(models.Model):
    """One address that messages about one subject go to, and the token of its stop link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=80, help_text="What the messages are about: kind:id, never a name.")
    channel = models.CharField(max_length=10, choices=Channel)
    address = EncryptedTextField(help_text="E-mail address, phone number in E.164, or postal address.")
    address_digest = models.CharField(max_length=64, help_text="Keyed hash of the address, to compare it.")
    token = EncryptedTextField(help_text="Stands in the stop link.")
    token_digest = models.CharField(max_length=64, unique=True)
    stopped_at = models.DateTimeField(null=True, blank=True, help_text="The person wants no more about this.")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["address_digest"], name="recipient_by_address")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "channel", "address_digest"], name="one_recipient_a_subject_and_address"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class ReminderWish(models.Model):
    """A person agreed to be reminded of one subject by one channel."""

    subject = models.CharField(max_length=80)
    channel = models.CharField(max_length=10, choices=Channel)
    address = EncryptedTextField()
    level = models.CharField(max_length=10, choices=LEVELS)
    agreed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "channel"], name="one_wish_a_subject_and_channel")]

    def __str__(self) -> str:
        return f"{self.subject} {self.channel}"

    @property
    def reading_level(self) -> ReadingLevel:
        """The level that its messages are written at."""
        return ReadingLevel(self.level)


class StoppedAddress(models.Model):
    """An address that wants no message at all."""

    channel = models.CharField(max_length=10, choices=Channel)
    address = EncryptedTextField(help_text="Kept so that its hash can be made anew with a newer key.")
    address_digest = models.CharField(max_length=64)
    stopped_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "address_digest"], name="an_address_is_stopped_once")]

    def __str__(self) -> str:
        return str(self.pk)


class State(models.TextChoices):
    """Where a message stands. DOUBTFUL: it may have left, nobody can know, and sending again could double it."""

    DUE = "due", "À envoyer"
    SENDING = "sending", "En cours d'envoi"
    SENT = "sent", "Envoyé"
    DROPPED = "dropped", "Retiré"
    DOUBTFUL = "doubtful", "Envoi incertain"
    GIVEN_UP = "given_up", "Abandonné"


OVER = (State.SENT, State.DROPPED, State.GIVEN_UP)
"""Nothing more happens to these: their text is gone."""


class OutboxMessage(models.Model):
    """One message to one person: written once by its key, claimed by one worker at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True, help_text="Of the occasion: the same one queues nothing.")
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="messages")
    subject = models.CharField(max_length=80, db_index=True, help_text="The recipient's, for the constraint below.")
    kind = models.CharField(max_length=80, help_text="Beginning of the names of its texts.")
    level = models.CharField(max_length=10, choices=LEVELS)
    number = models.PositiveSmallIntegerField(null=True, help_text="1 to 3 for a reminder: which one of its subject.")
    title = EncryptedTextField(null=True, help_text="Empty for a text message, and once the message is over.")
    body = EncryptedTextField(null=True)
    zone = models.CharField(max_length=60, help_text="Time zone whose nights are left in peace.")
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    send_at = models.DateTimeField(help_text="When it was meant to leave.")
    next_attempt_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField(null=True, help_text="Worth nothing from then on: not sent any more.")
    claim = models.UUIDField(null=True, help_text="Names the attempt that is sending it now.")
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True, help_text="Never holds an address.")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="message_by_due_time")]
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="one_reminder_of_a_number_a_subject"),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=1, number__lte=MOST_REMINDERS),
                name="three_reminders_at_most",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENDING, claim__isnull=False, claimed_until__isnull=False)
                | (~Q(state=State.SENDING) & Q(claim__isnull=True, claimed_until__isnull=True)),
                name="message_is_claimed_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False) | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="message_sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER, body__isnull=True, title__isnull=True)
                | (~Q(state__in=OVER) & Q(body__isnull=False)),
                name="message_over_keeps_no_text",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_taken_by_hand(self) -> bool:
        """Whether it waits for the operator to print it."""
        return self.recipient.channel == Channel.LETTER

    @property
    def keeps_quiet_at_night(self) -> bool:
        """Whether it waits for the day: what rings does, and what nobody is waiting for."""
        return self.recipient.channel == Channel.SMS or self.number is not None
