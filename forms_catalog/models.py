"""Forms in the catalogue and their frozen versions."""

import hashlib
import json
from typing import Any

from django.db import models
from django.db.models import Q

from forms_catalog.definition import FormDefinition


class Form(models.Model):
    """One procedure of the catalogue; what people fill in is one of its versions."""

    slug = models.SlugField(max_length=60, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug


class VersionStatus(models.TextChoices):
    """Where a version stands in its life."""

    DRAFT = "draft", "Brouillon"
    PUBLISHED = "published", "Publiée"
    SUPERSEDED = "superseded", "Remplacée"
    RETIRED = "retired", "Retirée"


FROZEN = ("form_id", "number", "source", "compiled", "digest")


class FormVersionQuerySet(models.QuerySet["FormVersion"]):
    """Questions asked of versions."""

    def published(self) -> "FormVersionQuerySet":
        """Keep the versions that a new journey may start on: at most one a form."""
        return self.filter(status=VersionStatus.PUBLISHED)


class FormVersion(models.Model):
    """A compiled definition with its source. Once published it never changes."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=VersionStatus, default=VersionStatus.DRAFT)
    source = models.TextField(help_text="The form file as it was given.")
    compiled = models.JSONField(help_text="The definition with every variant's origin, status and source hash.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the compiled definition.")
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="one_version_of_each_number"),
            models.UniqueConstraint(
                fields=["form"], condition=Q(status=VersionStatus.PUBLISHED), name="one_published_version_of_a_form"
            ),
            models.UniqueConstraint(
                fields=["form"], condition=Q(status=VersionStatus.DRAFT), name="one_draft_version_of_a_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form.slug}@{self.number}"

    def save(self, **kwargs: Any) -> None:
        """Save, unless it would change what a published version says: raises ValueError."""
        if self.pk and kwargs.get("update_fields") is None:
            stored = FormVersion.objects.filter(pk=self.pk).exclude(status=VersionStatus.DRAFT).first()
            if stored and any(getattr(stored, name) != getattr(self, name) for name in FROZEN):
                raise ValueError(f"{stored} is frozen: publish a new version instead")
        super().save(**kwargs)

    @property
    def definition(self) -> FormDefinition:
        """The typed definition, parsed once per process."""
        return definition_of(self)


_PARSED: dict[tuple[int, str], FormDefinition] = {}


def definition_of(version: FormVersion) -> FormDefinition:
    """Return the definition of `version`, from memory where this process has parsed it already."""
    key = (version.pk, version.digest)
    if key not in _PARSED:
        _PARSED[key] = FormDefinition.model_validate(version.compiled)
    return _PARSED[key]


def digest_of(compiled: dict[str, Any]) -> str:
    """Return the SHA-256 that names a compiled definition."""
    return hashlib.sha256(json.dumps(compiled, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
