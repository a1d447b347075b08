"""Ways back to a journey: a code with a second element, and a link by e-mail."""

from django.db import models

from accessform.journeys.models.journey import Journey
from accessform.trust.fields import EncryptedTextField


class SecondElement(models.TextChoices):
    """What is asked beside the code."""

    BIRTH_DATE = "birth_date", "Date de naissance"
    WORD = "word", "Mot choisi"


class ResumeAccess(models.Model):
    """The resume code of a journey: found by keyed hash, shown again to the person from its encrypted copy."""

    journey = models.OneToOneField(Journey, on_delete=models.CASCADE, related_name="resume_access")
    code_hash = models.CharField(max_length=64, unique=True)
    code = EncryptedTextField()
    second_kind = models.CharField(max_length=10, choices=SecondElement)
    second_hash = models.CharField(max_length=200, help_text="Argon2 of the birth date or of the word.")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.journey_id)


class ResumeLink(models.Model):
    """The last link that was sent for a journey; sending another one closes it. Opening it starts a short grace."""

    journey = models.OneToOneField(Journey, on_delete=models.CASCADE, related_name="resume_link")
    number = models.PositiveIntegerField(default=1, help_text="Links carry it; only the newest is good.")
    email = EncryptedTextField()
    made_at = models.DateTimeField()
    usable_until = models.DateTimeField(db_index=True, help_text="Shortened once the link has served.")

    def __str__(self) -> str:
        return f"{self.journey_id}#{self.number}"
