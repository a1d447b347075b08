"""A person's own pages aloud: what they show, to them alone, and nothing of it kept."""

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as installation
from django.test import Client

from accessform.journeys.models import Journey, StepAnswers
from tests.journeys.filling import Citizen
from tests.journeys.small_journeys import make_version
from tests.speech.test_listening_to_pages import Recorder

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    voice = Recorder()
    monkeypatch.setattr("accessform.speech.services.local_voice", lambda: voice)
    return voice


@pytest.fixture
def journey(client: Client) -> Journey:
    """A journey of this client, its first page and both steps filled."""
    version = make_version()
    client.post(f"/demarches/{version.form.slug}/commencer", {"start_key": str(uuid.uuid4())})
    started = Journey.objects.get()
    for step_id, answers in (
        ("pour-qui", {"filled_for_who": "self"}),
        ("vous", {"nom": "Lovelace", "naissance": "1948-03-12"}),
        ("suite", {"motif": "Déménagement"}),
    ):
        typed = {name: [value] for name, value in answers.items()}
        StepAnswers.objects.update_or_create(
            journey=started, step_id=step_id, defaults={"answers": answers, "typed": typed, "complete": True}
        )
    return started


def _hear(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response["Content-Type"] == "audio/mpeg", response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert b"".join(response)
    return response


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if "sqlite" not in path.name}


def test_the_recap_says_the_answers_and_nothing_of_it_is_kept(
    client: Client, journey: Journey, recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    before = _files(Path(installation.VAR))
    _hear(client, f"/d/{journey.pk}/verifier?ecouter=")
    said = " ".join(recorder.said)
    assert "Lovelace" in said
    assert "douze mars mille neuf cent quarante-huit" in said
    assert _files(Path(installation.VAR)) == before
    assert not Path(installation.VOICE_DIR).exists()
    assert "Lovelace" not in caplog.text


def test_what_is_typed_in_a_field_is_not_said(client: Client, journey: Journey, recorder: Recorder) -> None:
    assert "Lovelace" in client.get(f"/d/{journey.pk}/vous/").content.decode()
    _hear(client, f"/d/{journey.pk}/vous/?ecouter=")
    said = " ".join(recorder.said)
    assert "Nom" in said
    assert "Lovelace" not in said


def test_a_stranger_hears_that_there_is_nothing(client: Client, journey: Journey, recorder: Recorder) -> None:
    _hear(Client(), f"/d/{journey.pk}/verifier?ecouter=")
    said = " ".join(recorder.said)
    assert "Lovelace" not in said
    assert "Nous ne trouvons pas cette page" in said


def test_what_is_to_be_corrected_is_said(client: Client, journey: Journey, recorder: Recorder) -> None:
    citizen = Citizen(client).get(f"/d/{journey.pk}/vous/")
    citizen.press("next", naissance="le 45 mars")
    assert citizen.response.status_code == 422
    (control,) = citizen.page.xpath("//*[@id='problems']//a[@data-listen]")
    _hear(client, control.get("href"))
    said = " ".join(recorder.said)
    assert "Date de naissance" in said
    assert "La suite" not in said


def test_listening_changes_nothing_in_the_journey(client: Client, journey: Journey, recorder: Recorder) -> None:
    before = list(StepAnswers.objects.order_by("step_id").values_list("step_id", "revision", "saved_at"))
    _hear(client, f"/d/{journey.pk}/vous/?ecouter=page")
    assert list(StepAnswers.objects.order_by("step_id").values_list("step_id", "revision", "saved_at")) == before


def test_listening_again_and_again_brings_the_offer_of_a_voice(
    client: Client, journey: Journey, recorder: Recorder
) -> None:
    address = f"/d/{journey.pk}/vous/"
    _hear(client, f"{address}?ecouter=")
    client.get(f"{address}?ecouter=", headers={"Range": "bytes=4096-"})
    assert 'value="accept:voice"' not in client.get(address).content.decode()
    _hear(client, f"{address}?ecouter=")
    assert 'value="accept:voice"' in client.get(address).content.decode()
