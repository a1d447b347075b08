"""Each help that changes how a step is asked exists at every kind of step, on the page that needs no JavaScript."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.test import Client

from accessform.adaptation.models import AdaptiveState
from accessform.journeys.models import Submission
from accessform.plain_language import interface
from forms_catalog.definition import WITH_CHOICES, QuestionType
from tests.journeys.filling import Citizen
from tests.journeys.small_journeys import make_version

SENT = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
ASKED = [kind for kind in QuestionType if kind not in {QuestionType.SECTION, QuestionType.EXPLANATION}]
WRITTEN_SEVERAL_WAYS = [kind for kind in ASKED if f"answers.accepted_{kind}" in interface.texts()]


def question(kind: QuestionType) -> dict[str, Any]:
    told: dict[str, Any] = {"id": "q", "type": kind.value, "label": "Votre réponse"}
    if kind in WITH_CHOICES:
        told["choices"] = [{"key": "a", "label": "La première"}, {"key": "b", "label": "La seconde"}]
    if kind is QuestionType.NIR:
        told["why"] = "Pour savoir qui demande."
    if kind is QuestionType.GROUP:
        told |= {"item": "Personne", "questions": [{"id": "prenom", "type": "text", "label": "Prénom"}]}
    return told


@pytest.fixture
def at_step(client: Client, db: None) -> Any:
    def arrive(kind: QuestionType) -> Citizen:
        asked = [question(kind), {"id": "autre", "type": "text", "label": "Autre chose"}]
        end = {"id": "suite", "title": "La suite", "questions": [{"id": "motif", "type": "text", "label": "Motif"}]}
        make_version(steps=[{"id": "etape", "title": "Étape", "questions": asked}, end])
        person = Citizen(client).start("petite-demarche").press(filled_for_who="self")
        assert person.path.endswith("/etape/")
        return person

    return arrive


def accepted(person: Citizen, name: str) -> Citizen:
    return person.press("hard").press(f"accept:{name}").get(person.path)


@pytest.mark.parametrize("kind", ASKED)
def test_larger_targets_and_the_map_stand_beside_any_question_and_go_with_one_press(at_step, kind):
    person = accepted(accepted(at_step(kind), "larger_targets"), "step_map")
    assert person.page.xpath("//@data-larger-targets")
    assert person.page.xpath("//nav[@id='step-map']//li[@aria-current='step']")
    person.press("undo:larger_targets").press("undo:step_map")
    assert not person.page.xpath("//@data-larger-targets")
    assert not person.page.xpath("//nav[@id='step-map']")


@pytest.mark.parametrize("kind", ASKED)
def test_any_question_can_be_asked_alone(at_step, kind):
    person = at_step(kind)
    assert "Autre chose" in person.text
    accepted(person, "one_question")
    assert person.fields()["asked"][0] == "q"
    assert "Autre chose" not in person.text


@pytest.mark.parametrize("kind", sorted(WITH_CHOICES))
def test_every_list_of_the_form_s_own_answers_can_be_helped_with(at_step, kind):
    person = at_step(kind)
    before = person.page.get_element_by_id("question-q").text_content()
    accepted(person, "choice_help")
    assert len(person.page.get_element_by_id("question-q").text_content()) > len(before)


@pytest.mark.parametrize("kind", WRITTEN_SEVERAL_WAYS)
def test_every_answer_with_several_ways_of_writing_says_them_when_asked(at_step, kind):
    person = at_step(kind)
    said = " ".join(interface.text(f"answers.accepted_{kind}", "plain").split())
    assert said not in person.text
    assert said in accepted(person, "tolerant_input").text


def test_the_last_reading_keeps_what_was_accepted(at_step):
    person = accepted(at_step(QuestionType.TEXT), "larger_targets")
    person.press(q="Rien", autre="Rien").press(motif="Rien")
    assert person.path.endswith("/verifier")
    assert person.page.xpath("//@data-larger-targets")
    assert "Rien" in person.text


def sent(person: Citizen) -> list[str]:
    """Send the two steps; return what the service and who is shown the papers read, without what is each one's own."""
    end = person.press(q="Rien", autre="Rien").press(motif="Rien")
    person.get(end.client.post(end.path, dict(end.page.forms[-1].form_values())).headers["Location"])
    assert person.path.endswith("/recu")
    submission = Submission.objects.get(journey_id=person.path.split("/")[2])
    Submission.objects.filter(pk=submission.pk).update(submitted_at=SENT)
    person.get(person.path)
    own = rf'{submission.reference}|{submission.journey_id}|(name="csrfmiddlewaretoken" value|nonce|content)="[^"]*"'
    return [json.dumps(submission.document, sort_keys=True), re.sub(own, "", person.response.content.decode())]


def test_difficulty_and_help_leave_no_trace_in_what_is_sent_nor_on_the_receipt(at_step):
    calm = at_step(QuestionType.TEXT)
    read = sent(calm)
    helped = Citizen(Client()).start("petite-demarche").press(filled_for_who="self")
    for _ in range(3):
        helped.press(q="", autre="")
        assert helped.response.status_code == 422
    accepted(helped, "step_map")
    assert AdaptiveState.objects.filter(state__decisions__0__isnull=False).exists()
    assert sent(helped) == read
