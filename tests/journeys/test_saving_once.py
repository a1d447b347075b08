"""Two POSTs at the same instant: one writes, the other is known for the same one or told that it is late."""

import uuid

import pytest
from django.test import Client

from accessform.journeys.models import Journey, StepAnswers, Submission
from accessform.journeys.services.save_step import StaleRevision, StepDraft, save_step
from forms_catalog.models import FormVersion
from tests.journeys.filling import Citizen
from tests.journeys.test_check_and_send import filled


def draft(key: uuid.UUID, revision: int, name: str = "Durand") -> StepDraft:
    """Return a draft of the first step."""
    return StepDraft("vous", {"nom": [name]}, {"nom": name}, complete=False, key=key, revision=revision)


@pytest.fixture
def journey(trial_form: FormVersion) -> Journey:
    """A journey of which nothing was saved."""
    return Journey.objects.create(version=trial_form, start_key=uuid.uuid4())


def read(journey: Journey) -> StepAnswers | None:
    """Return what a request reads of the step."""
    return StepAnswers.objects.filter(journey=journey).first()


def test_the_same_first_post_twice_at_once_is_saved_once(journey: Journey) -> None:
    twice, read_before = draft(uuid.uuid4(), 0), read(journey)
    saved = [save_step(journey=journey, saved=read_before, draft=twice, saved_typed={}) for _ in range(2)]
    assert saved == [(1, False), (1, True)]
    assert StepAnswers.objects.get().revision == 1


def test_two_first_posts_at_once_do_not_overwrite_each_other(journey: Journey) -> None:
    read_before = read(journey)
    save_step(journey=journey, saved=read_before, draft=draft(uuid.uuid4(), 0), saved_typed={})
    with pytest.raises(StaleRevision):
        save_step(journey=journey, saved=read_before, draft=draft(uuid.uuid4(), 0, "Autre"), saved_typed={})
    assert StepAnswers.objects.get().answers == {"nom": "Durand"}


def test_two_later_posts_at_once_do_not_overwrite_each_other(journey: Journey) -> None:
    save_step(journey=journey, saved=None, draft=draft(uuid.uuid4(), 0), saved_typed={})
    read_before = read(journey)
    save_step(journey=journey, saved=read_before, draft=draft(uuid.uuid4(), 1, "Deux"), saved_typed={})
    with pytest.raises(StaleRevision):
        save_step(journey=journey, saved=read_before, draft=draft(uuid.uuid4(), 1, "Trois"), saved_typed={})
    assert StepAnswers.objects.get().answers == {"nom": "Deux"}


def test_a_start_key_opens_nothing_in_another_session(trial_form: FormVersion, client: Client) -> None:
    key = {"start_key": str(uuid.uuid4())}
    mine = client.post("/demarches/essai/commencer", key).headers["Location"]
    stranger = Client()
    theirs = stranger.post("/demarches/essai/commencer", key).headers["Location"]
    assert mine != theirs
    assert stranger.get(mine).status_code == 404


def test_a_submission_key_that_was_used_elsewhere_sends_all_the_same(citizen: Citizen) -> None:
    values = dict(filled(citizen).page.forms[-1].form_values())
    citizen.client.post(citizen.path, values)
    other = filled(Citizen(Client()).start("essai").press(filled_for_who="self"))
    response = other.client.post(other.path, {**dict(other.page.forms[-1].form_values()), "key": values["key"]})
    assert response.headers["Location"].endswith("/recu")
    assert Submission.objects.count() == 2
