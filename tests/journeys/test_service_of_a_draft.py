"""Whom to call about a draft depends on shown answers only, on every page that says it."""

from typing import Any

import pytest
from django.test import Client

from tests.journeys.filling import Citizen
from tests.journeys.small_journeys import SMALL_FORM, make_version

NORTH = {**SMALL_FORM["service"], "name": "Service du Nord", "show_when": {"question": "zone", "is": "nord"}}
SOUTH = {**SMALL_FORM["service"], "name": "Service du Sud"}
ZONES = [{"key": "nord", "label": "Nord"}, {"key": "sud", "label": "Sud"}]
STEPS: list[dict[str, Any]] = [
    {"id": "un", "title": "Un", "questions": [{"id": "ici", "type": "yes_no", "label": "Vivez-vous ici ?"}]},
    {
        "id": "deux",
        "title": "Deux",
        "show_when": {"question": "ici", "is": True},
        "questions": [{"id": "zone", "type": "single_choice", "label": "Zone", "choices": ZONES}],
    },
    {"id": "trois", "title": "Trois", "questions": [{"id": "motif", "type": "text", "label": "Motif"}]},
]


@pytest.mark.parametrize("page", ["imprimer", "personne", "personne/rappel"])
def test_a_hidden_answer_chooses_no_service(db: None, client: Client, page: str) -> None:
    make_version(steps=STEPS, service=[NORTH, SOUTH])
    citizen = Citizen(client).start("petite-demarche").press(filled_for_who="self")
    journey = citizen.path.removesuffix("un/")
    citizen.press(ici="oui").press(zone="nord")
    assert "Service du Nord" in citizen.get(journey + page).text
    citizen.get(f"{journey}un/").press(ici="non")
    assert "Service du Sud" in citizen.get(journey + page).text
