"""Who receives, for what, and when."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from accessform.handoff.models.places import Place
from accessform.handoff.place_facts import Mode
from accessform.handoff.slots import CELL_MINUTES, OpeningRule, RuleError, check_rule
from accessform.plain_language.wording import Origin, ReadingLevel, ReviewStatus, Wording

MODES = [
    (Mode.OFFICE.value, "Sur place"),
    (Mode.PHONE.value, "Au téléphone"),
    (Mode.VIDEO.value, "En vidéo"),
    (Mode.HOME.value, "À domicile"),
]


def to_wording(texts: dict[str, str]) -> Wording:
    """Return the wording of {"standard", "plain", "easy"} texts that their author has re-read."""
    variants = {
        level: {"text": text, "origin": Origin.AUTHOR, "status": ReviewStatus.APPROVED}
        for level, text in texts.items()
        if level != ReadingLevel.STANDARD
    }
    return Wording.model_validate({"standard": texts["standard"], **variants})


def check_days(value: Any) -> None:
    """Refuse a value that is not a list of days written 2026-12-31."""
    try:
        read = [dt.date.fromisoformat(day).isoformat() for day in value]
    except (TypeError, ValueError):
        read = None
    if not isinstance(value, list) or read != value:
        raise ValidationError("Donnez une liste de jours, par exemple 2026-12-31.")


def check_wordings(value: Any) -> None:
    """Refuse a value that is neither the three texts of a wording nor a list of such texts."""
    for texts in value if isinstance(value, list) else [value]:
        if not isinstance(texts, dict) or set(texts) != set(ReadingLevel) or not all(texts.values()):
            raise ValidationError("Donnez les trois textes : standard, plain, easy.")


class Motif(models.Model):
    """What one comes for: how long it takes, how one meets, how far ahead it is booked."""

    slug = models.SlugField(max_length=60, unique=True)
    label = models.JSONField(validators=[check_wordings], help_text="Three texts: standard, plain, easy.")
    bring = models.JSONField(default=list, blank=True, validators=[check_wordings], help_text="What to bring.")
    minutes = models.PositiveSmallIntegerField(help_text="Length of an appointment, a multiple of 5.")
    mode = models.CharField(max_length=10, choices=MODES, default=Mode.OFFICE.value)
    notice_hours = models.PositiveSmallIntegerField(default=2, help_text="Shortest notice.")
    horizon_days = models.PositiveSmallIntegerField(default=42, help_text="How far ahead one may book.")
    travel_minutes = models.PositiveSmallIntegerField(
        default=0, help_text="For a visit at home: the way there, and as much for the way back. A multiple of 5."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=480), name="motif_lasts_5_minutes_to_8_hours"
            ),
            models.CheckConstraint(
                condition=Q(travel_minutes=0) | Q(mode=Mode.HOME.value, travel_minutes__lte=240),
                name="only_a_visit_at_home_travels",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def label_wording(self) -> Wording:
        """What one comes for, at three levels."""
        return to_wording(self.label)

    @property
    def needs_phone(self) -> bool:
        """Whether a phone number is needed: everywhere but in an office, somebody calls first."""
        return self.mode != Mode.OFFICE.value

    @property
    def needs_address(self) -> bool:
        """Whether the person says where to come."""
        return self.mode == Mode.HOME.value

    @property
    def bring_wordings(self) -> list[Wording]:
        """What to bring, at three levels."""
        return [to_wording(texts) for texts in self.bring]

    def clean(self) -> None:
        """Refuse a length that cells cannot hold."""
        for field in ("minutes", "travel_minutes"):
            if getattr(self, field) % CELL_MINUTES:
                raise ValidationError({field: f"La durée est un multiple de {CELL_MINUTES} minutes."})
        if self.travel_minutes and not self.needs_address:
            raise ValidationError({"travel_minutes": "Seule une visite à domicile demande un trajet."})


class AgentProfile(models.Model):
    """One person, or one desk, who receives: « Guichet 1 » is enough."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="agents")
    name = models.CharField(max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="agent_profiles",
        help_text="The account that sits at this desk. Empty: nobody signs in for it.",
    )
    motifs = models.ManyToManyField(Motif, related_name="agents")
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="one_agent_of_a_name_a_place")]

    def __str__(self) -> str:
        return self.name


class Opening(models.Model):
    """When an agent receives, by the clocks of the place. The rule may never end."""

    agent = models.ForeignKey(AgentProfile, on_delete=models.CASCADE, related_name="openings")
    first_day = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    rule = models.CharField(max_length=300, blank=True, help_text="RFC 5545: FREQ=WEEKLY;BYDAY=MO. Empty: once.")
    except_days = models.JSONField(
        default=list, blank=True, validators=[check_days], help_text="Local days when it does not happen: 2026-12-31."
    )
    is_imported = models.BooleanField(default=False, help_text="Written by an import, which may take it away again.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="opening_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return f"{self.first_day} {self.starts_at:%H:%M}–{self.ends_at:%H:%M} {self.rule}"

    @property
    def first(self) -> dt.datetime:
        """The first occurrence's local start, without a zone."""
        return dt.datetime.combine(self.first_day, self.starts_at)

    @property
    def length(self) -> dt.timedelta:
        """How long one occurrence lasts on the wall clock."""
        return dt.datetime.combine(self.first_day, self.ends_at) - self.first

    def as_rule(self) -> OpeningRule:
        """Return the opening as the slots read it."""
        days = frozenset(dt.date.fromisoformat(day) for day in self.except_days)
        return OpeningRule(self.agent_id, self.first, self.length, self.rule, days)

    def clean(self) -> None:
        """Refuse a rule that does not read, and bounds that are not on a cell."""
        try:
            check_rule(self.rule)
        except RuleError as error:
            raise ValidationError({"rule": str(error)}) from error
        if self.starts_at.minute % CELL_MINUTES or self.ends_at.minute % CELL_MINUTES:
            raise ValidationError(f"Les heures tombent sur un multiple de {CELL_MINUTES} minutes.")


class Absence(models.Model):
    """When an agent is away, whatever the openings say."""

    agent = models.ForeignKey(AgentProfile, on_delete=models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agent", "ends_at"], name="absence_by_agent")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}–{self.ends_at:%Y-%m-%d %H:%M}"


class PlaceClosure(models.Model):
    """Days when a whole place is closed, whatever its openings say: summer, a patron saint's day, works."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="closures")
    first_day = models.DateField(help_text="Local day, included.")
    last_day = models.DateField(db_index=True, help_text="Local day, included.")
    reason = models.CharField(max_length=120, blank=True, help_text="Shown: « Fermeture d'été ».")

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="closure_ends_after_it_starts"),
            models.UniqueConstraint(fields=["place", "first_day", "last_day"], name="one_closure_of_the_same_days"),
        ]

    def __str__(self) -> str:
        return f"{self.first_day}–{self.last_day}"

    def list_days(self, first: dt.date, last: dt.date) -> set[dt.date]:
        """Return its days from `first` to `last`, both included."""
        start, end = max(self.first_day, first), min(self.last_day, last)
        return {start + dt.timedelta(days=number) for number in range((end - start).days + 1)}

    def clean(self) -> None:
        """Refuse days in the wrong order."""
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": "Le dernier jour ne vient pas avant le premier."})
