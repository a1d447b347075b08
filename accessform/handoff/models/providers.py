"""Who takes the appointments of a place, and what RDV Service Public needs: agreements, plans, connections.

RDV Service Public books for agents. A person agrees that their name and one contact go there (ProviderConsent); an
agent of the place, connected by OAuth (AgentConnection), opens a plan there (ExternalPlan) and chooses the time with
the person.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accessform.handoff.models.agendas import AgentProfile
from accessform.handoff.models.contacts import Contact
from accessform.handoff.models.places import Place
from accessform.journeys.models import Journey
from accessform.trust.fields import EncryptedTextField


class ContactChannel(models.TextChoices):
    """Which one of a contact's two ways to be reached is told to a provider."""

    PHONE = "phone", "Téléphone"
    EMAIL = "email", "E-mail"


class ProviderConsent(models.Model):
    """A person agrees, for one place, that their name and one contact go to the provider. Answers never do.

    `text_digest` is the SHA-256 of the words agreed to, at every level. Withdrawn before anything was sent, the row
    goes with its contact.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="provider_consents")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="provider_consents")
    journey = models.ForeignKey(
        Journey, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="provider_consents"
    )
    channel = models.CharField(max_length=10, choices=ContactChannel)
    text_digest = models.CharField(max_length=64)
    key = models.UUIDField(unique=True, help_text="Key of the POST that agreed: a replay agrees to nothing more.")
    given_at = models.DateTimeField(auto_now_add=True, db_index=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class PlanStatus(models.TextChoices):
    """Where a plan stands. SENDING: asked for, no answer yet. WAITING: the agent has not chosen a time yet."""

    SENDING = "sending", "En cours d'envoi"
    WAITING = "waiting", "À fixer"
    BOOKED = "booked", "Réservé"
    SEEN = "seen", "Reçu"
    NO_SHOW = "no_show", "Pas venu"
    CANCELLED_BY_USER = "cancelled_by_user", "Annulé par la personne"
    CANCELLED_BY_SERVICE = "cancelled_by_service", "Annulé par le service"
    GIVEN_UP = "given_up", "Sans suite"


class ExternalPlan(models.Model):
    """One plan at RDV Service Public: a draft there until the agent chooses a time, then an appointment there.

    `known_at` says how fresh `status` is: nothing older ever replaces it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consent = models.OneToOneField(ProviderConsent, on_delete=models.CASCADE, related_name="plan")
    agent = models.ForeignKey(AgentProfile, on_delete=models.PROTECT, related_name="external_plans")
    status = models.CharField(max_length=20, choices=PlanStatus, default=PlanStatus.SENDING)
    remote_id = models.BigIntegerField(null=True, unique=True, help_text="Of the plan, there.")
    remote_user = models.BigIntegerField(null=True, help_text="Of the person, there.")
    remote_rdv = models.BigIntegerField(null=True, db_index=True, help_text="Of the appointment, there.")
    url = models.URLField(max_length=500, blank=True, help_text="Where the agent chooses the time.")
    starts_at = models.DateTimeField(null=True)
    location = models.CharField(max_length=20, blank=True)
    known_at = models.DateTimeField(null=True)
    next_poll_at = models.DateTimeField(null=True, db_index=True)
    polls = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0, help_text="Attempts in a row without a usable answer.")
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[PlanStatus.SENDING, PlanStatus.GIVEN_UP]) | Q(remote_id__isnull=False),
                name="a_plan_that_was_sent_has_its_number",
            ),
            models.CheckConstraint(
                condition=~Q(status=PlanStatus.BOOKED) | Q(starts_at__isnull=False, remote_rdv__isnull=False),
                name="a_plan_that_is_booked_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AgentConnection(models.Model):
    """An agent's leave to act for them at RDV Service Public. Tokens are encrypted and never shown.

    `version` grows with every new pair of tokens; `refreshing_until` lets one process at a time ask for a new pair,
    since a refresh token may serve once.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rdv_connection")
    access_token = EncryptedTextField()
    refresh_token = EncryptedTextField(null=True)
    expires_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    refreshing_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="RDV Service Public refused the tokens: connect again.")
    used_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"connection of user {self.user_id}"


class ConnectionAttempt(models.Model):
    """An authorization that was begun: its state serves once, for the same account, within minutes."""

    state_digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    verifier = EncryptedTextField(help_text="PKCE (RFC 7636).")
    begun_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"attempt of user {self.user_id}"


class ReceivedEvent(models.Model):
    """A webhook that was taken in: its digest is kept so that the same message is not taken in twice."""

    digest = models.CharField(max_length=64, unique=True)
    event_at = models.DateTimeField()
    received_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"event of {self.event_at:%Y-%m-%d %H:%M}"
