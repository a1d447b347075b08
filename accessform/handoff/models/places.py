"""Where people are received, and what is known of what helps there."""

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from accessform.handoff.place_facts import Feature
from accessform.handoff.territories import find_time_zone

DEMONSTRATION = "demonstration"

FEATURES = [
    (Feature.FORM_HELP.value, "Aide aux démarches"),
    (Feature.WHEELCHAIR.value, "Accès en fauteuil"),
    (Feature.SIGN_LANGUAGE.value, "Langue des signes"),
    (Feature.HEARING_LOOP.value, "Boucle magnétique"),
    (Feature.DEAF_WELCOME.value, "Accueil des personnes sourdes ou malentendantes"),
    (Feature.LOW_VISION_WELCOME.value, "Accueil des personnes aveugles ou malvoyantes"),
    (Feature.LARGE_PRINT.value, "Documents en grands caractères"),
    (Feature.WRITING_HELP.value, "Aide pour lire et écrire"),
    (Feature.DISABILITY_WELCOME.value, "Accueil des personnes avec un handicap mental"),
    (Feature.OTHER_LANGUAGES.value, "Accueil dans d'autres langues"),
    (Feature.QUIET.value, "Endroit calme"),
    (Feature.NEAR_TRANSPORT.value, "Près d'un arrêt de transport"),
]


class ProviderName(models.TextChoices):
    """Who takes the appointments of a place."""

    LOCAL = "local", "Nos agendas"
    EXTERNAL_LINK = "external_link", "Un autre site"
    PHONE_ONLY = "phone_only", "Le téléphone"
    RDV_SERVICE_PUBLIC = "rdv_service_public", "RDV Service Public"


class Places(models.QuerySet["Place"]):
    """Places, as pages ask for them."""

    def open(self) -> "Places":
        """Keep the places that people may be sent to: neither closed by the operator nor gone from their source."""
        return self.filter(is_active=True, gone_since=None)


class Place(models.Model):
    """A place that receives people. Its clocks and its public holidays are those of its department.

    An import writes what its source says and nothing else: directions, relay, provider and `is_active` are the
    operator's.
    """

    source = models.CharField(max_length=40, help_text="Where the row comes from: a data set, or « demonstration ».")
    source_id = models.CharField(max_length=80)
    licence = models.CharField(max_length=60, blank=True, help_text="Under which the source publishes this row.")
    source_date = models.DateField(null=True, blank=True, help_text="Of the row, else of the file it was read from.")
    imported_at = models.DateTimeField(null=True, blank=True, help_text="When the row was last changed by an import.")
    gone_since = models.DateField(
        null=True, blank=True, help_text="Closed by an import: the source does not list it any more."
    )
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=200, help_text="Number and street.")
    postal_code = models.CharField(max_length=5, db_index=True)
    city = models.CharField(max_length=100)
    department = models.CharField(max_length=3, help_text="INSEE code: 75, 2A, 974.")
    insee_code = models.CharField(max_length=5, blank=True, help_text="Official code of the commune.")
    latitude = models.FloatField(null=True, blank=True, help_text="Degrees, WGS 84.")
    longitude = models.FloatField(null=True, blank=True)
    is_approximate = models.BooleanField(default=False, help_text="The point is the commune's, not the place's.")
    is_itinerant = models.BooleanField(default=False, help_text="A bus, or a team that goes from town to town.")
    directions = models.CharField(max_length=300, blank=True, help_text="How to come, in one or two sentences.")
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True, help_text="Of a desk, never of a person.")
    note = models.CharField(max_length=500, blank=True, help_text="What the place says of itself, in its own words.")
    relay = models.CharField(max_length=200, blank=True, help_text="How deaf people reach the place.")
    hours = models.CharField(max_length=300, blank=True, help_text="Opening hours in OpenStreetMap's notation.")
    is_active = models.BooleanField(default=True)
    provider = models.CharField(
        max_length=20, choices=ProviderName, default=ProviderName.LOCAL, help_text="Who takes the appointments."
    )
    provider_url = models.URLField(
        max_length=500, blank=True, help_text="Page where people book, https. Needed for another site."
    )
    provider_ref = models.CharField(
        max_length=80, blank=True, help_text="At RDV Service Public: external id of the organisation, if it has one."
    )

    objects = Places.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="one_place_a_source_row"),
            models.CheckConstraint(
                condition=~Q(provider=ProviderName.EXTERNAL_LINK) | Q(provider_url__startswith="https://"),
                name="another_site_is_reached_by_https",
            ),
        ]

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
    source = models.CharField(max_length=40, blank=True, help_text="The import that says so; empty: an operator.")
    evidence = models.CharField(max_length=200, blank=True, help_text="Who says so.")
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "feature"], name="one_row_a_feature")]

    def __str__(self) -> str:
        return f"{self.feature}={'yes' if self.present else 'no'}"


class PlaceImport(models.Model):
    """One run of `import_places` that was kept: which file, and what it did."""

    source = models.CharField(max_length=40, db_index=True)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    file_date = models.DateField(null=True, help_text="The day that the file describes, where it is known.")
    imported_at = models.DateTimeField()
    counts = models.JSONField(default=dict, help_text="Places created, changed, closed…")

    class Meta:
        ordering = ["-imported_at"]

    def __str__(self) -> str:
        return f"{self.source} {self.file_name}"
