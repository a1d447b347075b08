"""Failures counted to slow whoever tries one code after another."""

from django.db import models


class ThrottleCounter(models.Model):
    """Failures of one key in one scope since `window_start`. The key is stored as a keyed hash only."""

    scope = models.CharField(max_length=40)
    key_hash = models.CharField(max_length=64)
    window_start = models.DateTimeField(db_index=True, help_text="Time of the first failure that counts.")
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key_hash"], name="one_counter_a_scope_and_key")]

    def __str__(self) -> str:
        return f"{self.scope}: {self.count}"
