"""Small published forms and journeys for tests."""

import uuid
from typing import Any

from accessform.journeys.models import Journey, StepAnswers
from forms_catalog.definition import FormDefinition
from forms_catalog.models import Form, FormVersion, VersionStatus, digest_of

SMALL_FORM: dict[str, Any] = {
    "accessform": 1,
    "slug": "petite-demarche",
    "title": "Petite démarche",
    "summary": "Une démarche pour essayer",
    "service": {"name": "Service d'essai", "phone": "01 99 00 00 00", "hours": "24/7", "address": "1 rue d'Essai"},
    "retention_days": 90,
    "steps": [
        {
            "id": "vous",
            "title": "Vous",
            "questions": [
                {"id": "nom", "type": "text", "label": "Nom"},
                {"id": "naissance", "type": "date", "label": "Date de naissance", "required": False},
            ],
        },
        {"id": "suite", "title": "La suite", "questions": [{"id": "motif", "type": "text", "label": "Motif"}]},
    ],
}


def make_version(**changes: Any) -> FormVersion:
    """Publish a small form, changed as asked."""
    definition = FormDefinition.model_validate({**SMALL_FORM, **changes})
    compiled = definition.model_dump(mode="json", by_alias=True, exclude_none=True)
    form, _ = Form.objects.get_or_create(slug=definition.slug)
    return FormVersion.objects.create(
        form=form, number=1, status=VersionStatus.PUBLISHED, source="", compiled=compiled, digest=digest_of(compiled)
    )


def make_draft(version: FormVersion | None = None) -> Journey:
    """Start a journey with its first step answered."""
    journey = Journey.objects.create(version=version or make_version(), start_key=uuid.uuid4())
    StepAnswers.objects.create(journey=journey, step_id="pour-qui", answers={"filled_for_who": "self"}, complete=True)
    StepAnswers.objects.create(
        journey=journey, step_id="vous", typed={"nom": ["Lovelace"]}, answers={"nom": "Lovelace"}, complete=True
    )
    return journey
