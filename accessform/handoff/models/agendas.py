"""Who receives, for what, and when."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from accessform.handoff.matching import Mode
from accessform.handoff.models.places import Place
from accessform.handoff.slots import CELL_MINUTES, RuleError, check_rule
from accessform.plain_language.wording import Origin, ReadingLevel, ReviewStatus, Wording

MODES = [(Mode.OFFICE.value, "Sur place"), (Mode.PHONE.value, "Au téléphone")]


def to_wording(texts: dict[str, str]) -> Wording:
    """Return the wording of {"standard", "plain", "easy"} texts that their author has re-read."""
    variants = {
        level: {"text": text, "origin": Origin.AUTHOR, "status": ReviewStatus.APPROVED}
        for level, text in texts.items()
        if level != ReadingLevel.STANDARD
    }
    return Wording.model_validate({"standard": texts["standard"], **variants})


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
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=480), name="motif_lasts_5_minutes_to_8_hours"
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def label_wording(self) -> Wording:
        """What one comes for, at three levels."""
        return to_wording(self.label)

    @property
    def bring_wordings(self) -> list[Wording]:
        """What to bring, at three levels."""
        return [to_wording(texts) for texts in self.bring]

    def clean(self) -> None:
        """Refuse a length that cells cannot hold."""
        if self.minutes % CELL_MINUTES:
            raise ValidationError({"minutes": f"La durée est un multiple de {CELL_MINUTES} minutes."})


class AgentProfile(models.Model):
    """One person, or one desk, who receives: « Guichet 1 » is enough."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="agents")
    name = models.CharField(max_length=80)
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
