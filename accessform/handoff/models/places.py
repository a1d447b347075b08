"""Where people are received, and what is known of what helps there."""

from zoneinfo import ZoneInfo

from django.db import models

from accessform.handoff.matching import Feature
from accessform.handoff.territories import find_time_zone

DEMONSTRATION = "demonstration"

FEATURES = [
    (Feature.WHEELCHAIR.value, "Accès en fauteuil"),
    (Feature.SIGN_LANGUAGE.value, "Langue des signes"),
    (Feature.HEARING_LOOP.value, "Boucle magnétique"),
    (Feature.LARGE_PRINT.value, "Documents en grands caractères"),
    (Feature.WRITING_HELP.value, "Aide pour lire et écrire"),
    (Feature.QUIET.value, "Endroit calme"),
    (Feature.NEAR_TRANSPORT.value, "Près d'un arrêt de transport"),
]


class Place(models.Model):
    """A place that receives people. Its clocks and its public holidays are those of its department."""

    source = models.CharField(max_length=40, help_text="Where the row comes from: a data set, or « demonstration ».")
    source_id = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=200, help_text="Number and street.")
    postal_code = models.CharField(max_length=5, db_index=True)
    city = models.CharField(max_length=100)
    department = models.CharField(max_length=3, help_text="INSEE code: 75, 2A, 974.")
    directions = models.CharField(max_length=300, blank=True, help_text="How to come, in one or two sentences.")
    phone = models.CharField(max_length=20, blank=True)
    relay = models.CharField(max_length=200, blank=True, help_text="How deaf people reach the place.")
    hours = models.CharField(max_length=300, blank=True, help_text="Opening hours in OpenStreetMap's notation.")
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="one_place_a_source_row")]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that the clocks of this place show."""
        return find_time_zone(self.department)

    @property
    def is_demonstration(self) -> bool:
        """Whether the place exists only to try the product."""
        return self.source == DEMONSTRATION


class PlaceFeature(models.Model):
    """One thing that the place says it has, or says it has not. No row means unknown, never « no »."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="features")
    feature = models.CharField(max_length=20, choices=FEATURES)
    present = models.BooleanField()
    evidence = models.CharField(max_length=200, blank=True, help_text="Who says so.")
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "feature"], name="one_row_a_feature")]

    def __str__(self) -> str:
        return f"{self.feature}={'yes' if self.present else 'no'}"
