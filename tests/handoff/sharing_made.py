"""A journey worth showing, and consents to show it: what the sharing tests share."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from accessform.handoff.models import Appointment, Handover, Place, Scope
from accessform.handoff.sharing.consent import word_consent
from accessform.handoff.sharing.granting import Agreement, grant_handover, read_own_code
from accessform.journeys.models import Journey, StepAnswers
from accessform.plain_language.wording import ReadingLevel
from tests.journeys.small_journeys import make_version

YES = {"key": "oui", "label": "Oui"}
NO = {"key": "non", "label": "Non"}

STEPS: list[dict[str, Any]] = [
    {
        "id": "vous",
        "title": "Vous",
        "questions": [
            {"id": "nom", "type": "text", "label": {"standard": "Nom de naissance", "easy": "Votre nom"}},
            {"id": "naissance", "type": "date", "label": "Date de naissance", "required": False},
            {"id": "numero", "type": "nir", "label": "Numéro de sécurité sociale", "why": "Pour vous trouver."},
            {
                "id": "aide_maladie",
                "type": "single_choice",
                "label": "Aide pour maladie",
                "choices": [YES, NO],
                "sensitive": True,
                "why": "Pour calculer l'aide.",
                "required": False,
            },
            {
                "id": "medecin",
                "type": "text",
                "label": "Nom du médecin",
                "show_when": {"question": "aide_maladie", "is": "oui"},
            },
        ],
    },
    {
        "id": "soins",
        "title": "Vos soins",
        "show_when": {"question": "aide_maladie", "is": "oui"},
        "questions": [{"id": "soin", "type": "text", "label": "Soin suivi"}],
    },
    {
        "id": "foyer",
        "title": "Votre foyer",
        "questions": [
            {
                "id": "proches",
                "type": "group",
                "label": "Personnes du foyer",
                "item": "Personne",
                "required": False,
                "questions": [
                    {"id": "prenom", "type": "text", "label": "Prénom"},
                    {"id": "sante", "type": "text", "label": "Santé", "sensitive": True, "why": "Pour l'aide."},
                ],
            },
            {"id": "loyer", "type": "money", "label": "Loyer", "required": False},
            {"id": "iban", "type": "iban", "label": "IBAN", "required": False},
        ],
    },
]

ANSWERS: dict[str, dict[str, Any]] = {
    "pour-qui": {"filled_for_who": "self"},
    "vous": {
        "nom": "Lovelace",
        "naissance": "1950-07-14",
        "numero": "250077511612345",
        "aide_maladie": "oui",
        "medecin": "Docteur Hippocrate",
    },
    "soins": {"soin": "Kinésithérapie"},
    "foyer": {
        "proches": [{"prenom": "Ada", "sante": "Diabète"}, {"prenom": "Blaise", "sante": "Asthme"}],
        "loyer": "612.50",
        "iban": "FR7630006000011234567890189",
    },
}

PRIVATE = ["250077511612345", "Hippocrate", "Kinésithérapie", "Diabète", "Asthme", "FR76", "3000"]
"""What « Tout sauf les réponses sensibles » never shows; « Oui » is told apart by its row."""


def make_filled_journey(slug: str = "a-montrer", **definition: Any) -> Journey:
    """Return a journey with ordinary, sensitive and dependent answers."""
    version = make_version(slug=slug, title="Demande à montrer", steps=STEPS, **definition)
    journey = Journey.objects.create(version=version, start_key=uuid.uuid4())
    for step, answers in ANSWERS.items():
        StepAnswers.objects.create(journey=journey, step_id=step, answers=answers, complete=True)
    return journey


def answer(journey: Journey, step: str, **answers: Any) -> None:
    """Write other answers on a step."""
    row = StepAnswers.objects.get(journey=journey, step_id=step)
    row.answers = {**row.answers, **answers}
    row.save()


def agree(
    journey: Journey,
    place: Place,
    now: dt.datetime,
    *,
    appointment: Appointment | None = None,
    scope: str = Scope.ALL_BUT_SENSITIVE,
    chosen: Collection[str] = (),
    may_write: bool = False,
    level: ReadingLevel = ReadingLevel.PLAIN,
    key: uuid.UUID | None = None,
) -> Handover:
    """Agree to show a journey: at an appointment, or by code where there is none."""
    by_code = appointment is None
    words = word_consent(scope=scope, place=place.name, when="lundi", by_code=by_code, may_write=may_write, level=level)
    agreement = Agreement(journey, place, appointment, scope, tuple(chosen), may_write, words)
    return grant_handover(agreement=agreement, key=key or uuid.uuid4(), now=now)


def digits_of(handover: Handover, now: dt.datetime) -> str:
    """Return the living code of a file."""
    code = read_own_code(handover, now)
    assert code is not None
    return code.digits
