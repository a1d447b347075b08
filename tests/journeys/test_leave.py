"""« Effacer et quitter »: nothing stays on a shared computer, and nothing is lost that was to be kept."""

import uuid

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from accessform.journeys import resume
from accessform.journeys.models import (
    Journey,
    JourneyStatus,
    ResumeAccess,
    ResumeLink,
    SecondElement,
    StepAnswers,
    Submission,
)
from accessform.trust import erasure
from tests.journeys.small_journeys import make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey(client: Client) -> Journey:
    journey = make_draft()
    session = client.session
    session["journeys"] = [str(journey.pk)]
    session.save()
    return journey


def test_leaving_asks_once_before_anything_is_done(client, journey):
    page = client.get(f"/d/{journey.pk}/quitter")
    assert page.status_code == 200
    assert Journey.objects.filter(pk=journey.pk).exists()
    assert str(journey.pk) in client.session["journeys"]


def test_erasing_deletes_the_draft_and_ends_the_session(client, journey):
    former = client.session.session_key
    response = client.post(f"/d/{journey.pk}/quitter", {"action": "erase"})
    assert (response.status_code, response.headers["Location"]) == (303, "/au-revoir/efface")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not Journey.objects.exists()
    assert not StepAnswers.objects.exists()
    assert not client.session.exists(former)
    assert client.get(response.headers["Location"]).status_code == 200
    assert client.get(f"/d/{journey.pk}/quitter").status_code == 404


def test_every_cookie_of_the_site_goes(client, journey):
    client.cookies["af_remembered"] = "text_size=200"
    response = client.post(f"/d/{journey.pk}/quitter", {"action": "erase"})
    assert response.cookies["af_session"]["max-age"] == 0
    assert response.cookies["af_remembered"]["max-age"] == 0


def test_without_a_way_back_the_page_offers_one_and_forgetting_alone_is_refused(client, journey):
    page = client.get(f"/d/{journey.pk}/quitter").content.decode()
    assert f'href="/d/{journey.pk}/reprendre"' in page
    assert 'value="forget"' not in page
    assert client.post(f"/d/{journey.pk}/quitter", {"action": "forget"}).status_code == 422
    assert str(journey.pk) in client.session["journeys"]


def test_forgetting_this_device_keeps_the_draft_for_who_has_the_code(client, journey):
    access = resume.make_access(journey=journey, kind=SecondElement.WORD, second="papillon")
    response = client.post(f"/d/{journey.pk}/quitter", {"action": "forget"})
    assert response.headers["Location"] == "/au-revoir/garde"
    assert client.get(f"/d/{journey.pk}/quitter").status_code == 404
    back = Client().post("/reprendre", {"code": access.code, "second": "papillon"})
    assert back.headers["Location"] == f"/d/{journey.pk}/suite/"


def test_a_link_left_in_the_browser_s_history_opens_nothing_after_leaving(client, journey):
    link = resume.make_link(journey=journey, email="ada@example.fr")
    address = f"/reprendre/{resume.token_of(link)}"
    assert client.post(address, {"action": "open"}).status_code == 303
    client.post(f"/d/{journey.pk}/quitter", {"action": "forget"})
    assert Client().post(address, {"action": "open"}).status_code == 410


def test_an_unknown_action_asks_again(client, journey):
    assert client.post(f"/d/{journey.pk}/quitter", {"action": "explode"}).status_code == 422
    assert client.get("/au-revoir/ailleurs").status_code == 404


def test_what_was_sent_stays_with_the_service_and_the_page_says_so(client, journey):
    Journey.objects.filter(pk=journey.pk).update(status=JourneyStatus.SUBMITTED)
    Submission.objects.create(
        journey=journey,
        key=uuid.uuid4(),
        reference="AF-1",
        form_slug="petite-demarche",
        form_version=1,
        document={"steps": []},
        submitted_at=timezone.now(),
    )
    resume.make_access(journey=journey, kind=SecondElement.WORD, second="papillon")
    resume.make_link(journey=journey, email="ada@example.fr")
    assert "Le service garde sa copie" in client.get(f"/d/{journey.pk}/quitter").content.decode()
    response = client.post(f"/d/{journey.pk}/quitter", {"action": "erase"})
    assert response.headers["Location"] == "/au-revoir/envoye"
    assert Submission.objects.exists()
    assert not StepAnswers.objects.exists()
    assert not ResumeAccess.objects.exists()
    assert not ResumeLink.objects.exists()


def test_erasure_reaches_every_room_or_none(journey, monkeypatch):
    told: list[uuid.UUID] = []
    monkeypatch.setitem(erasure._handlers, "a room", told.append)
    erasure.erase_journey(journey.pk)
    assert told == [journey.pk]

    other = make_draft(journey.version)

    def fail(journey_id: uuid.UUID) -> None:
        raise RuntimeError("this room cannot")

    monkeypatch.setitem(erasure._handlers, "a failing room", fail)
    with pytest.raises(RuntimeError):
        erasure.erase_journey(other.pk)
    assert Journey.objects.filter(pk=other.pk).exists()
    assert StepAnswers.objects.filter(journey=other).exists()


def test_two_handlers_may_not_share_a_name():
    with pytest.raises(ValueError, match="journeys"):
        erasure.register("journeys", lambda journey_id: None)


def test_every_table_that_knows_a_journey_is_one_that_erasure_reaches():
    """A new table with a journey's id must get an erasure handler before its name is added here."""
    knowing = {
        model._meta.label
        for model in apps.get_models()
        if {field.name for field in model._meta.concrete_fields} & {"journey", "journey_id"}
    }
    assert knowing == {
        "adaptation.AdaptiveState",
        "handoff.Appointment",
        "handoff.CallbackRequest",
        "handoff.Handover",
        "handoff.Mandate",
        "handoff.ProviderConsent",
        "handoff.UrgentOpening",
        "journeys.ResumeAccess",
        "journeys.ResumeLink",
        "journeys.StepAnswers",
        "journeys.Submission",
        "journeys.UploadedFile",
    }
