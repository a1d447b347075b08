"""A submission to test with, made without the screens."""

import datetime as dt
import uuid

from accessform.journeys.document import build_document, dropping_hidden
from accessform.journeys.models import Journey, JourneyStatus, StepAnswers, Submission
from forms_catalog.definition import FormDefinition
from forms_catalog.models import Form, FormVersion, VersionStatus, digest_of

MARCH = dt.datetime(2026, 3, 3, 23, 30, tzinfo=dt.UTC)

SOURCE = {
    "accessform": 1,
    "slug": "petite-aide",
    "title": {
        "standard": "Demande de petite aide",
        "plain": {"text": "Demander la petite aide", "status": "approved", "origin": "author"},
    },
    "summary": "Un essai",
    "reference": "Cerfa 00000",
    "legal_basis": "Code d'essai, article 1",
    "service": [
        {
            "name": "Service du Nord",
            "phone": "01 00 00 00 01",
            "hours": "Mo-Fr 09:00-12:00",
            "address": "1 rue du Nord, 59000 Lille",
            "show_when": {"question": "zone", "is": "nord"},
        },
        {
            "name": "Service du Sud",
            "phone": "04 00 00 00 02",
            "relay": "https://relais.example/",
            "email": "aide@sud.example",
            "hours": "Mo-Fr 09:00-12:00",
            "address": "2 rue du Sud, 13000 Marseille",
        },
    ],
    "after": {
        "delay": {
            "standard": "Le service dispose de deux mois pour statuer.",
            "plain": {"text": "Le service répond en deux mois.", "status": "approved", "origin": "author"},
        },
        "silence_means": "Le silence gardé pendant deux mois vaut acceptation.",
        "appeal": "Un recours peut être formé dans les deux mois.",
        "acknowledgement": "Un accusé de réception est adressé dans les dix jours.",
        "next_steps": ["Un agent étudie la demande."],
    },
    "steps": [
        {
            "id": "vous",
            "title": "Vous",
            "questions": [
                {
                    "id": "zone",
                    "type": "single_choice",
                    "label": {
                        "standard": "Secteur de résidence",
                        "plain": {"text": "Où habitez-vous ?", "status": "approved", "origin": "author"},
                    },
                    "choices": [{"key": "nord", "label": "Secteur nord"}, {"key": "sud", "label": "Secteur sud"}],
                },
                {"id": "nom", "type": "text", "label": "Nom de famille", "autocomplete": "family-name"},
                {"id": "naissance", "type": "date", "label": "Date de naissance", "required": False},
                {"id": "rue_nord", "type": "text", "label": "Rue", "show_when": {"question": "zone", "is": "nord"}},
            ],
        },
        {
            "id": "foyer",
            "title": "Votre foyer",
            "questions": [
                {
                    "id": "gens",
                    "type": "group",
                    "label": "Personnes du foyer",
                    "item": "Personne",
                    "questions": [
                        {"id": "prenom", "type": "text", "label": "Prénom"},
                        {"id": "revenu", "type": "money", "label": "Revenu mensuel"},
                    ],
                },
                {"id": "avis", "type": "file", "label": "Avis d'impôt"},
                {"id": "identite", "type": "identity_document", "label": "Pièce d'identité"},
            ],
        },
    ],
}

ANSWERS = {
    "vous": {"zone": "sud", "nom": "D’Août", "naissance": "1948-03-03"},
    "foyer": {
        "gens": [{"prenom": "Léa", "revenu": "1234.50"}, {"prenom": "Paul", "revenu": "0"}],
        "avis": {"how": "later", "files": []},
        "identite": {"how": "bring", "files": []},
    },
}


def make_version(source=None, **changes):
    """Publish a version of the small form, or the given number of it."""
    compiled = FormDefinition.model_validate({**(source or SOURCE), **changes}).model_dump(mode="json", by_alias=True)
    form, _ = Form.objects.get_or_create(slug=compiled["slug"])
    form.versions.filter(status=VersionStatus.PUBLISHED).update(status=VersionStatus.SUPERSEDED)
    return FormVersion.objects.create(
        form=form,
        number=form.versions.count() + 1,
        status=VersionStatus.PUBLISHED,
        source="",
        compiled=compiled,
        digest=digest_of(compiled),
    )


def make_journey(version=None, answers=ANSWERS, *, status=JourneyStatus.DRAFT):
    """Start a journey and save the answers of its steps."""
    version = version or make_version()
    journey = Journey.objects.create(version=version, status=status, filled_for={"who": "self"}, start_key=uuid.uuid4())
    for step_id, given in answers.items():
        StepAnswers.objects.create(journey=journey, step_id=step_id, answers=given, complete=True)
    return journey


def make_submission(version=None, answers=ANSWERS, *, at=MARCH, reference="AF-TEST-0001"):
    """Submit a journey at the given moment."""
    journey = make_journey(version, answers, status=JourneyStatus.SUBMITTED)
    definition = journey.version.definition
    given = {key: value for step in answers.values() for key, value in step.items()}
    return Submission.objects.create(
        journey=journey,
        key=uuid.uuid4(),
        reference=reference,
        form_slug=definition.slug,
        form_version=journey.version.number,
        document=build_document(definition, dropping_hidden(definition, given), filled_for=journey.filled_for),
        submitted_at=at,
    )
