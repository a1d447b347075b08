"""Clocks that change: the hours of winter and summer, and a server whose clock is put back."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accessform.adaptation.models import AdaptiveState
from accessform.journeys import resume
from accessform.journeys.late_documents import late_files
from accessform.journeys.models import Journey, SecondElement, StepAnswers, Submission, UploadedFile
from accessform.journeys.services.store_uploads import store_uploads
from tests.journeys.filling import Citizen
from tests.journeys.small_journeys import make_draft
from tests.journeys.submissions import make_submission
from tests.journeys.test_check_and_send import filled, send

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
BEFORE_WINTER = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
"""Half past two in Paris, summer time: half an hour later it will be two o'clock again."""
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
PDF = b"%PDF-1.7\n%%EOF\n"


def try_code(code: str, word: str) -> int:
    """Return the status that a code and its word get, from a browser that knows nothing."""
    return Client().post("/reprendre", {"code": code, "second": word, "action": "open"}).status_code


@pytest.fixture
def code(db: None) -> str:
    return resume.make_access(journey=make_draft(), kind=SecondElement.WORD, second="camomille").code


def test_a_pause_of_an_hour_lasts_an_hour_in_the_night_when_two_o_clock_comes_twice(code: str) -> None:
    with time_machine.travel(BEFORE_WINTER, tick=False) as clock:
        assert [try_code(code, "autre mot") for _ in range(6)] == [422] * 5 + [429]
        clock.shift(59 * MINUTE)
        assert try_code(code, "camomille") == 429
        clock.shift(2 * MINUTE)
        assert try_code(code, "camomille") == 303


@pytest.mark.parametrize("night", [BEFORE_WINTER, datetime(2027, 3, 28, 0, 30, tzinfo=UTC)])
def test_a_form_is_filled_and_sent_across_a_clock_change(citizen: Citizen, night: datetime) -> None:
    with time_machine.travel(night, tick=False) as clock:
        mine = Citizen(Client()).start("essai").press(filled_for_who="self")
        clock.shift(45 * MINUTE)
        location = send(filled(mine))
        clock.shift(45 * MINUTE)
        receipt = mine.get(location)
        assert receipt.response.status_code == 200
        sent = Submission.objects.get(journey_id=location.split("/")[2])
        assert sent.submitted_at == night + 45 * MINUTE


def test_a_link_is_open_for_seven_whole_days_across_a_clock_change() -> None:
    with time_machine.travel(BEFORE_WINTER - timedelta(days=3), tick=False) as clock:
        link = resume.make_link(journey=make_draft(), email="camille@exemple.fr")
        address = f"/reprendre/{resume.token_of(link)}"
        clock.shift(timedelta(days=7) - MINUTE)
        assert Client().get(address).status_code == 200
        clock.shift(2 * MINUTE)
        assert Client().get(address).status_code == 410


def test_a_clock_put_back_opens_no_closed_code_and_shuts_no_other(code: str) -> None:
    other = resume.make_access(journey=second_draft(), kind=SecondElement.WORD, second="camomille").code
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(6):
            try_code(code, "autre mot")
        clock.shift(-3 * HOUR)
        assert try_code(code, "camomille") == 429
        assert try_code(other, "camomille") == 303
        clock.shift(4 * HOUR + MINUTE)
        assert try_code(code, "camomille") == 303


def second_draft() -> Journey:
    return Journey.objects.create(version=Journey.objects.get().version, start_key=uuid.uuid4())


def test_a_clock_put_back_closes_no_session_no_link_and_no_choice(citizen: Citizen) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        mine = Citizen(Client()).start("essai").press(filled_for_who="self")
        mine.client.post("/affichage", {"action": "remember", "text_size": "150", "next": "/"})
        link = resume.make_link(journey=Journey.objects.first(), email="camille@exemple.fr")
        clock.shift(-2 * HOUR)
        mine.press(nom="Durand", naissance="3/2/48", enfants="non")
        assert mine.path.endswith("/papiers/")
        mine.press(piece__how="later", accord="oui")
        assert send(mine).endswith("/recu")
        assert Client().get(f"/reprendre/{resume.token_of(link)}").status_code == 200
        remembered = Client()
        remembered.cookies["af_display"] = mine.client.cookies["af_display"].value
        page = Citizen(remembered).get("/affichage").page
        assert page.xpath('//input[@name="text_size"][@value="150"][@checked]')


def test_what_is_noticed_never_goes_back_in_time(citizen: Citizen) -> None:
    with time_machine.travel(datetime.now(UTC) + 5 * HOUR, tick=False) as clock:
        moments = []
        for _ in range(4):
            citizen.press(nom="Durand", naissance="demain peut-être", enfants="non")
            moments.append(AdaptiveState.objects.get().state["at"])
            clock.shift(-HOUR)
        state = AdaptiveState.objects.get()
        assert moments == sorted(moments)
        assert state.hand_off is not None
        assert state.pending_offer is not None
        citizen.press(f"accept:{state.pending_offer.id}")
        changed = AdaptiveState.objects.get()
        assert changed.changes
        for change in changed.changes:
            citizen.press(f"undo:{change.id}")
        after = AdaptiveState.objects.get()
        assert not [change for change in after.changes if change.id == state.pending_offer.id]
        assert after.state["at"] >= moments[-1]


def test_starting_again_from_nothing_works_after_the_clock_was_put_back(citizen: Citizen) -> None:
    with time_machine.travel(datetime.now(UTC) + 5 * HOUR, tick=False) as clock:
        for _ in range(2):
            citizen.press("larger")
            citizen.client.post("/affichage", {"action": "reset", "next": citizen.path})
            citizen.get(citizen.path)
            assert "text_size" not in AdaptiveState.objects.get().policy_state.chosen
            clock.shift(-HOUR)


def test_a_document_sent_after_the_clock_was_put_back_is_told_as_late(client: Client) -> None:
    submission = make_submission()
    session = client.session
    session["journeys"] = [str(submission.journey_id)]
    session.save()
    with time_machine.travel(submission.submitted_at - HOUR, tick=False):
        client.cookies["af_session"] = session.session_key
        upload = SimpleUploadedFile("avis.pdf", PDF)
        answer = client.post(f"/d/{submission.journey_id}/pieces", {"question": "avis", "upload": upload})
        assert answer.status_code == 303
    assert [file.name for file in late_files(Submission.objects.get())] == ["avis.pdf"]


def test_a_document_given_before_sending_and_put_off_is_told_when_it_is_sent_at_last(client: Client) -> None:
    submission = make_submission()
    session = client.session
    session["journeys"] = [str(submission.journey_id)]
    session.save()
    question = next(q for q in submission.journey.version.definition.questions() if q.id == "avis")
    store_uploads(
        journey=submission.journey, question=question, uploads=[SimpleUploadedFile("avis.pdf", PDF)], already=[]
    )
    UploadedFile.objects.update(created_at=submission.submitted_at - HOUR)
    assert late_files(submission) == []
    upload = SimpleUploadedFile("avis.pdf", PDF)
    client.post(f"/d/{submission.journey_id}/pieces", {"question": "avis", "upload": upload})
    assert [file.name for file in late_files(Submission.objects.get())] == ["avis.pdf"]


def test_a_step_saved_after_the_clock_was_put_back_is_kept(citizen: Citizen) -> None:
    with time_machine.travel(datetime.now(UTC) + 5 * HOUR, tick=False) as clock:
        citizen.press("larger", nom="Durand")
        clock.shift(-4 * HOUR)
        citizen.press(nom="Dupont", naissance="3/2/48", enfants="non")
        row = StepAnswers.objects.get(step_id="vous")
        assert row.answers["nom"] == "Dupont"
        assert row.revision == 2
