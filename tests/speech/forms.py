"""A small published form to be heard."""

from forms_catalog.definition import FormDefinition
from forms_catalog.models import Form, FormVersion, VersionStatus, digest_of

APPROVED = {"origin": "author", "status": "approved", "by": "tests", "on": "2026-11-21"}
COMPILED = {
    "accessform": 1,
    "slug": "essai",
    "title": "Essai",
    "summary": "Un essai.",
    "service": [{"name": "Mairie", "phone": "0102030405", "hours": "Mo-Fr 09:00-12:00", "address": "1 rue X"}],
    "steps": [
        {
            "id": "vous",
            "title": {"standard": "Identité", "easy": {"text": "Vous", **APPROVED}},
            "intro": "Nous avons besoin de vous connaître",
            "questions": [
                {
                    "id": "nom",
                    "type": "text",
                    "label": {"standard": "Nom de famille", "easy": {"text": "Quel est votre nom ?", **APPROVED}},
                    "hint": "Tel qu'il est sur votre carte",
                },
                {
                    "id": "situation",
                    "type": "single_choice",
                    "label": "Situation",
                    "choices": [{"key": "seul", "label": "Seul"}, {"key": "couple", "label": "En couple"}],
                },
            ],
        }
    ],
}


def definition() -> FormDefinition:
    """Return the form's definition."""
    return FormDefinition.model_validate(COMPILED)


def published_version(*, number: int = 1, status: str = VersionStatus.PUBLISHED) -> FormVersion:
    """Keep the form in the database, published."""
    form, _ = Form.objects.get_or_create(slug="essai")
    return FormVersion.objects.create(
        form=form, number=number, status=status, source="", compiled=COMPILED, digest=digest_of(COMPILED)
    )
