"""An answer changed from the check of answers brings up a question of a step that was already left."""

from typing import Any

import pytest
from django.test import Client

from accessform.journeys.models import StepAnswers, Submission
from tests.journeys.filling import Citizen
from tests.journeys.small_journeys import make_version

STEPS: list[dict[str, Any]] = [
    {"id": "vous", "title": "Vous", "questions": [{"id": "seul", "type": "yes_no", "label": "Vivez-vous seul ?"}]},
    {"id": "milieu", "title": "Milieu", "questions": [{"id": "ville", "type": "text", "label": "Ville"}]},
    {
        "id": "suite",
        "title": "La suite",
        "questions": [
            {"id": "motif", "type": "text", "label": "Motif"},
            {"id": "avec", "type": "text", "label": "Avec qui ?", "show_when": {"question": "seul", "is": False}},
        ],
    },
]


@pytest.fixture
def at_check(db: None, client: Client) -> Citizen:
    """A citizen who answered everything, living alone."""
    make_version(steps=STEPS)
    citizen = Citizen(client).start("petite-demarche").press(filled_for_who="self")
    citizen.press(seul="oui").press(ville="Rennes").press(motif="Essai")
    assert citizen.path.endswith("/verifier")
    return citizen


def change(citizen: Citizen, question: str, **typed: str) -> Citizen:
    """Change one answer from the check of answers."""
    link = next(link for link in citizen.page.iter("a") if f"q={question}" in link.get("href", ""))
    return citizen.get(link.get("href")).press(**typed)


def test_it_leads_to_the_new_question_alone_and_then_back(at_check: Citizen) -> None:
    change(at_check, "seul", seul="non")
    assert (at_check.path.rsplit("/", 2)[1], at_check.fields()["asked"]) == ("suite", ["avec"])
    at_check.press(avec="")
    assert at_check.response.status_code == 422
    at_check.press(avec="Jean")
    assert at_check.path.endswith("/verifier")
    assert "Jean" in at_check.text
    assert StepAnswers.objects.get(step_id="suite").answers == {"motif": "Essai", "avec": "Jean"}


def test_nothing_is_sent_while_the_new_question_waits(at_check: Citizen) -> None:
    check, sending = at_check.path, dict(at_check.page.forms[-1].form_values())
    change(at_check, "seul", seul="non")
    response = at_check.client.post(check, sending)
    assert response.status_code == 422
    assert "La suite" in at_check.get(check).page.get_element_by_id("problems").text_content()
    assert not Submission.objects.exists()


def test_changing_back_leaves_nothing_to_wait_for(at_check: Citizen) -> None:
    check = at_check.path
    change(at_check, "seul", seul="non").get(check)
    change(at_check, "seul", seul="oui")
    assert at_check.path == check
    assert not at_check.page.xpath("//*[@id='problems']")


def test_a_question_of_a_group_s_entries_that_appears_is_asked_too(db: None, client: Client) -> None:
    hidden = {"id": "lien", "type": "text", "label": "Lien", "show_when": {"question": "seul", "is": False}}
    group = {"id": "proches", "type": "group", "label": "Proches", "required": False, "item": "Proche"}
    entries = {**group, "questions": [{"id": "prenom", "type": "text", "label": "Prénom"}, hidden]}
    make_version(steps=[STEPS[0], {"id": "suite", "title": "La suite", "questions": [entries]}])
    citizen = Citizen(client).start("petite-demarche").press(filled_for_who="self")
    citizen.press(seul="oui").press("add:proches").press(proches__0__prenom="Léa")
    change(citizen, "seul", seul="non")
    assert "proches-0-lien" in citizen.fields()["asked"]
    assert citizen.press(proches__0__lien="Fille").path.endswith("/verifier")
