"""What is said after sending: what the service asks for, and what is corrected. The submission itself never changes."""

import uuid

from django.db import models
from django.db.models import Q

from accessform.journeys.models.submission import Submission
from accessform.trust.fields import EncryptedJSONField, EncryptedTextField


class RequestKind(models.TextChoices):
    """What the service asks for."""

    PIECE = "piece", "Une pièce manquante"
    CORRECTION = "correction", "Une réponse à corriger"


class RequestEnd(models.TextChoices):
    """How a request ended."""

    ANSWERED = "answered", "Répondue"
    WITHDRAWN = "withdrawn", "Retirée par le service"


class CorrectionRequest(models.Model):
    """The service asks for a missing piece or a correction, in its own plain words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(unique=True, help_text="Key of the POST that asked: a replay asks nothing more.")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="correction_requests")
    asked_by = models.CharField(max_length=120, help_text="The service or the desk that asks, as the person reads it.")
    kind = models.CharField(max_length=10, choices=RequestKind)
    questions = models.JSONField(help_text="Ids of the questions concerned, in the order of the form.")
    words = EncryptedTextField(help_text="What the agent wrote, plain text, shown as written.")
    asked_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=10, choices=RequestEnd, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, ended="") | (Q(closed_at__isnull=False) & ~Q(ended="")),
                name="a_closed_request_says_how_it_ended",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Corrector(models.TextChoices):
    """By whom, and how, a correction was made."""

    CITIZEN = "citizen", "La personne, sur le site"
    PHONE = "phone", "Un agent, la personne au téléphone"
    COUNTER = "counter", "Un agent, la personne au guichet"


class Correction(models.Model):
    """One sending after the first: its answers stand beside the original's, in order of number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(unique=True, help_text="Key of the POST that sent it: a replay sends nothing.")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="corrections")
    number = models.PositiveIntegerField(help_text="1 for the first correction of a submission.")
    request = models.ForeignKey(
        CorrectionRequest,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="corrections",
        help_text="What it answers; empty where the person corrected of their own accord.",
    )
    by = models.CharField(max_length=10, choices=Corrector)
    desk = models.CharField(max_length=120, blank=True, help_text="The desk of the agent who filled it in.")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_correction_a_number"),
            models.CheckConstraint(
                condition=Q(by="citizen", desk="") | (~Q(by="citizen") & ~Q(desk="")),
                name="an_agent_s_correction_names_the_desk",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CorrectedAnswer(models.Model):
    """One question's answer after a correction. What it was before is the submission's, or an earlier correction's."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="answers")
    place = models.PositiveIntegerField(help_text="Order in the form.")
    question_id = models.CharField(max_length=60)
    after = EncryptedJSONField(
        null=True, help_text="Entry in official wording, as in the document; null where it is asked no more."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["correction", "question_id"], name="one_answer_a_correction")]

    def __str__(self) -> str:
        return f"{self.correction_id}/{self.question_id}"


class CorrectionDraft(models.Model):
    """A correction being written: one a submission for the person, one for each desk. Nothing of it is sent yet."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="correction_drafts")
    holder = models.CharField(max_length=40, help_text="« citizen », or the desk's own key.")
    request = models.ForeignKey(CorrectionRequest, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    questions = models.JSONField(default=list, help_text="Ids of the questions chosen.")
    typed = EncryptedJSONField(default=dict, help_text="Question id → what was typed, by field name.")
    answers = EncryptedJSONField(default=dict, help_text="Question id → accepted value, null where it was emptied.")
    revisions = models.JSONField(default=dict, help_text="Question id → how often it was saved.")
    touched_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "holder"], name="one_correction_draft_a_holder")]

    def __str__(self) -> str:
        return f"{self.submission_id}/{self.holder}"
