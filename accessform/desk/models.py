"""Who administers which place."""

from django.conf import settings
from django.db import models

from accessform.handoff.models import Place


class PlaceAdministrator(models.Model):
    """An account that administers a place: its facts, its agents, when they receive. It reads no file and no answer."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="administered_places")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="administrators")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "place"], name="one_administrator_row_a_place")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.place_id}"
