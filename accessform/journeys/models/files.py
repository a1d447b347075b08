"""Documents that were photographed or chosen, encrypted on disk."""

import uuid

from django.db import models

from accessform.journeys.models.journey import Journey
from accessform.trust.fields import EncryptedTextField


class UploadedFile(models.Model):
    """One file given for one question; its bytes lie encrypted under FILES_DIR, named by its id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="files")
    question_id = models.CharField(max_length=60)
    name = EncryptedTextField(help_text="Name that the person's device gave it.")
    content_type = models.CharField(max_length=40, help_text="Read from the content, never from the name.")
    size = models.PositiveIntegerField(help_text="Bytes, before encryption.")
    digest = models.CharField(max_length=64, help_text="Keyed hash of the content, to see the same file given twice.")
    for_correction = models.BooleanField(
        default=False, help_text="Given while a sent form was corrected: it counts once its correction is sent."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["journey", "question_id", "digest"], name="one_copy_of_a_file_a_question")
        ]

    def __str__(self) -> str:
        return str(self.id)
