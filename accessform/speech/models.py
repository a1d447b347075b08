"""Which catalogue texts may be heard, and which version of which form lists them."""

from django.db import models

from accessform.plain_language.wording import ReadingLevel
from forms_catalog.models import FormVersion


class SpokenClip(models.Model):
    """A catalogue text under the key of its sound. The sound itself is a file, made when first needed."""

    key = models.CharField(max_length=64, primary_key=True, help_text="Digest of the text and of the voice.")
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key[:12]


class ListedClip(models.Model):
    """One line of a form version's manifest: what is heard for one subject at one reading level."""

    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="listed_clips")
    clip = models.ForeignKey(SpokenClip, on_delete=models.CASCADE, related_name="listings")
    subject = models.CharField(max_length=140, help_text="question:<id> or step:<id>.")
    level = models.CharField(max_length=10, choices=[(level.value, level.value) for level in ReadingLevel])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "subject", "level"], name="one_clip_for_each_subject_and_level")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.level}"
