"""`?ecouter` on a page: its sound, never kept; a clear page when there is none."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.test import Client, RequestFactory

from accessform.plain_language.wording import ReadingLevel
from accessform.speech import streams
from accessform.speech.middleware import ListeningMiddleware
from accessform.speech.streams import SEATS, AudioStream
from accessform.speech.synthesis.engine import EngineCrashed, Sound
from accessform.speech.synthesis.installed import ESPEAK, identity_of
from accessform.speech.synthesis.local_voice import LocalVoice, Spoken

pytestmark = pytest.mark.django_db
"""Closing an answer tells Django that the request has ended, which looks at the connection."""

PAGE = "<main id=main><h1>Vos revenus</h1><p id=p>Madame Martin gagne 1 200 €.</p><input value=secret></main>"
QUICK = Sound(b"\1\0" * 8_000, 16_000)


class Recorder:
    """A voice that only writes down what it is asked to say."""

    def __init__(self, *, fail_after: int = 10_000) -> None:
        self.said: list[str] = []
        self.fail_after = fail_after

    def say(self, text: str) -> Spoken:
        if len(self.said) >= self.fail_after:
            raise EngineCrashed("told to")
        self.said.append(text)
        identity = identity_of(ESPEAK)
        assert identity is not None
        return Spoken(QUICK, identity)


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    voice = Recorder()
    monkeypatch.setattr("accessform.speech.services.local_voice", lambda: voice)
    return voice


@pytest.fixture(autouse=True)
def _every_seat_is_given_back() -> Iterator[None]:
    yield
    taken = [streams._seats.acquire(blocking=False) for _ in range(SEATS)]
    for _ in filter(None, taken):
        streams._seats.release()
    assert all(taken)


def heard(path: str, html: str = PAGE, *, status: int = 200, method: str = "get", **headers: str) -> Any:
    """Return what the middleware answers for a page of that HTML."""
    view: Callable[[HttpRequest], HttpResponse] = lambda request: HttpResponse(html, status=status)  # noqa: E731
    request = getattr(RequestFactory(), method)(path, headers=headers)
    return ListeningMiddleware(view)(request)


def _audio(response: Any) -> bytes:
    audio = b"".join(response)
    response.close()
    return audio


def test_a_page_is_heard_by_the_real_voice_sentence_by_sentence() -> None:
    response = heard("/d/x/revenus/?ecouter=")
    assert (response.status_code, response["Content-Type"]) == (200, "audio/mpeg")
    pieces = list(response)
    response.close()
    assert len(pieces) == 2
    assert all(piece[:2] in (b"\xff\xf3", b"\xff\xf2") for piece in pieces)


def test_figures_are_said_in_words_and_typed_values_are_not_said(recorder: Recorder) -> None:
    _audio(heard("/?ecouter"))
    assert recorder.said == ["Vos revenus.", "Madame Martin gagne mille deux cents euros."]


def test_one_passage_is_heard_alone(recorder: Recorder) -> None:
    _audio(heard("/?ecouter=p"))
    assert recorder.said == ["Madame Martin gagne mille deux cents euros."]


def test_private_sound_is_never_kept(settings: Any, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))
    temporary = set(os.listdir("/tmp"))
    response = heard("/?ecouter")
    assert response["Cache-Control"] == "no-store"
    _audio(response)
    assert set(tmp_path.rglob("*")) == before
    assert not Path(settings.VOICE_DIR).exists()
    assert set(os.listdir("/tmp")) == temporary


@pytest.mark.parametrize("status", [200, 403, 404, 422])
def test_refused_answers_and_error_pages_are_heard_too(status: int, recorder: Recorder) -> None:
    response = heard("/?ecouter", status=status)
    assert response["Content-Type"] == "audio/mpeg"
    _audio(response)


@pytest.mark.parametrize("status", [302, 500, 503])
def test_other_answers_pass_as_they_are(status: int) -> None:
    assert heard("/?ecouter", status=status)["Content-Type"].startswith("text/html")


def test_a_post_passes_as_it_is() -> None:
    assert heard("/?ecouter", method="post")["Content-Type"].startswith("text/html")


def test_a_page_without_the_parameter_passes_as_it_is() -> None:
    assert heard("/?q=ecouter").content.decode() == PAGE


@pytest.mark.parametrize("answer", [JsonResponse({}), HttpResponseRedirect("/")])
def test_what_is_not_html_passes_as_it_is(answer: HttpResponse) -> None:
    assert ListeningMiddleware(lambda request: answer)(RequestFactory().get("/?ecouter")) is answer


def test_a_passage_that_is_not_there_is_a_clear_404(client: Client) -> None:
    response = client.get("/plan-du-site?ecouter=nulle-part")
    assert response.status_code == 404
    assert "Rien n'a changé dans votre démarche." in response.content.decode()
    assert 'href="/plan-du-site"' in response.content.decode()


def test_a_real_page_is_heard_uncompressed_and_not_kept(client: Client) -> None:
    response = client.get("/plan-du-site?ecouter=", headers={"accept-encoding": "gzip"})
    assert response["Content-Type"] == "audio/mpeg"
    assert response["Content-Encoding"] == "identity"
    assert response["Cache-Control"] == "no-store"
    assert _audio(response)[0] == 0xFF


def test_a_page_that_does_not_exist_says_so_aloud(client: Client) -> None:
    response = client.get("/nulle-part?ecouter=")
    assert response["Content-Type"] == "audio/mpeg"
    _audio(response)


def test_a_voice_that_fails_at_once_is_a_clear_503(client: Client, recorder: Recorder) -> None:
    recorder.fail_after = 0
    response = client.get("/plan-du-site?ecouter=")
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "Rien n'a changé dans votre démarche." in response.content.decode()


def test_without_a_voice_the_address_is_a_clear_503(client: Client, settings: Any) -> None:
    settings.VOICE_ENGINE = "none"
    assert client.get("/plan-du-site?ecouter=").status_code == 503


def test_a_voice_that_fails_later_says_that_it_stopped_and_gives_its_seat_back(recorder: Recorder) -> None:
    recorder.fail_after = 1
    pieces = list(heard("/?ecouter"))
    assert len(pieces) == 2
    assert pieces[1] == streams.apology_at(ReadingLevel.PLAIN)


def test_a_part_of_a_sound_that_fails_is_a_clear_page(recorder: Recorder) -> None:
    recorder.fail_after = 1
    assert heard("/?ecouter", Range="bytes=0-1").status_code == 503


def test_when_every_seat_is_taken_the_page_says_to_try_later(
    client: Client, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "WAIT_FOR_SEAT_SECONDS", 0.05)
    taken = [AudioStream("Bonjour.") for _ in range(SEATS)]
    assert client.get("/plan-du-site?ecouter=").status_code == 503
    for stream in taken:
        stream.close()
        stream.close()
    _audio(client.get("/plan-du-site?ecouter="))


def test_a_reader_who_leaves_before_the_end_gives_the_seat_back(recorder: Recorder) -> None:
    response = heard("/?ecouter")
    next(iter(response))
    response.close()


def test_a_very_long_page_is_cut_between_blocks(recorder: Recorder) -> None:
    _audio(heard("/?ecouter", "<main>" + "<p>Ceci est une phrase.</p>" * 2000 + "</main>"))
    assert 250 < len(recorder.said) < 350


def test_a_player_that_asks_for_the_first_bytes_gets_them(recorder: Recorder) -> None:
    response = heard("/?ecouter", range="bytes=0-1")
    assert response.status_code == 206
    assert response["Content-Range"].startswith("bytes 0-1/")
    assert response["Cache-Control"] == "no-store"


def test_a_player_that_asks_for_everything_is_streamed_to(recorder: Recorder) -> None:
    response = heard("/?ecouter", range="bytes=0-")
    assert response.status_code == 200
    assert response.streaming
    _audio(response)


def test_a_page_with_nothing_to_say_is_not_found() -> None:
    assert heard("/?ecouter", "<main><img src=x></main>").status_code == 404


def test_the_local_voice_is_one_for_the_whole_process() -> None:
    from accessform.speech.voice import local_voice

    assert isinstance(local_voice(), LocalVoice)
    assert local_voice() is local_voice()
