"""gTTS: the operator's choice, published texts only, a verified and bounded connection; the network is a stub here."""

import base64
from io import StringIO
from typing import Any

import pytest
import requests
from django.core.management import CommandError, call_command

from accessform.plain_language.wording import ReadingLevel
from accessform.speech import clips, services
from accessform.speech.prompts import SpokenPrompt
from accessform.speech.synthesis import gtts_voice
from accessform.speech.synthesis.engine import NothingSaid, SynthesisError
from accessform.speech.synthesis.gtts_voice import SECONDS_BETWEEN_REQUESTS, GttsVoice
from accessform.speech.voice import catalogue_identity
from tests.speech.forms import published_version

MP3 = b"\xff\xf3" + b"\x44" * 1000
PROMPT = SpokenPrompt("question:nom", ReadingLevel.PLAIN, "Quel est votre nom ?")


def _answer(audio: bytes) -> str:
    return f'[["wrb.fr","jQ1olc","[\\"{base64.b64encode(audio).decode()}\\"]",null]]'


class StubSession(requests.Session):
    """Answers without any network, and remembers how it was asked."""

    def __init__(self, body: str = "", *, status: int = 200, error: Exception | None = None) -> None:
        super().__init__()
        self.body, self.status, self.error = body, status, error
        self.sent: list[tuple[requests.PreparedRequest, dict[str, Any]]] = []

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        self.sent.append((request, options))
        if self.error:
            raise self.error
        response = requests.Response()
        response.status_code = self.status
        response._content = self.body.encode()
        return response


def test_it_returns_the_sound() -> None:
    assert GttsVoice(StubSession(_answer(MP3))).say(PROMPT) == MP3


def test_the_certificate_is_verified_and_the_wait_is_bounded() -> None:
    session = StubSession(_answer(MP3))
    GttsVoice(session).say(PROMPT)
    request, options = session.sent[0]
    assert request.url is not None
    assert request.url.startswith("https://translate.google.com/")
    assert options["verify"]
    assert options["timeout"] == (5.0, 15.0)


def test_requests_are_spaced() -> None:
    waits: list[float] = []
    long = SpokenPrompt("question:nom", ReadingLevel.PLAIN, "Quel est votre nom de famille, s'il vous plaît ? " * 5)
    session = StubSession(_answer(MP3))
    assert GttsVoice(session, sleep=waits.append).say(long) == MP3 * len(session.sent)
    assert len(session.sent) > 1
    assert waits == [SECONDS_BETWEEN_REQUESTS] * (len(session.sent) - 1)


@pytest.mark.parametrize("private", ["Madame Martin gagne 1 200 €.", None, b"text", {"text": "x"}])
def test_nothing_but_a_published_prompt_may_leave(private: Any) -> None:
    session = StubSession(_answer(MP3))
    with pytest.raises(TypeError, match="only the published texts"):
        GttsVoice(session).say(private)
    assert session.sent == []


@pytest.mark.parametrize(
    "body",
    ["", '["wrb.fr","jQ1olc",null]', _answer(b""), _answer(b"<html>" * 200), _answer(MP3[:20]), 'jQ1olc","[\\"!\\"]'],
)
def test_an_answer_without_sound_is_refused(body: str) -> None:
    with pytest.raises(NothingSaid):
        GttsVoice(StubSession(body)).say(PROMPT)


@pytest.mark.parametrize("status", [403, 429, 500])
def test_a_refusal_is_an_error(status: int) -> None:
    with pytest.raises(SynthesisError, match="gTTS"):
        GttsVoice(StubSession(status=status)).say(PROMPT)


def test_a_time_out_is_an_error() -> None:
    with pytest.raises(SynthesisError, match="gTTS"):
        GttsVoice(StubSession(error=requests.Timeout("late"))).say(PROMPT)


@pytest.mark.django_db
def test_the_command_refuses_unless_the_operator_chose_it() -> None:
    published_version()
    with pytest.raises(CommandError, match="ACCESSFORM_GTTS=1"):
        call_command("speech", "render", "--engine", "gtts")


@pytest.mark.django_db
def test_the_command_keeps_google_s_clips_under_google_s_name(
    settings: Any, monkeypatch: pytest.MonkeyPatch, client: Any
) -> None:
    settings.VOICE_GTTS = True
    session = StubSession(_answer(MP3))
    monkeypatch.setattr(gtts_voice.requests, "Session", lambda: session)
    monkeypatch.setattr("accessform.speech.synthesis.gtts_voice.SECONDS_BETWEEN_REQUESTS", 0)
    version = published_version()
    call_command("speech", "render", "--engine", "gtts", stdout=StringIO())
    keys = services.register_prompts(version=version)
    identity = catalogue_identity()
    assert identity is not None
    assert identity.engine == "gtts"
    assert all(clips.read_clip(key) == MP3 for key in keys)
    assert client.get(f"/voix/{keys[0]}.mp3").content == MP3
    sent = len(session.sent)
    call_command("speech", "render", "--engine", "gtts", stdout=StringIO())
    assert len(session.sent) == sent


@pytest.mark.django_db
def test_a_request_never_asks_google(settings: Any, monkeypatch: pytest.MonkeyPatch, client: Any) -> None:
    """A clip that the command has not made is said by the local voice, and not kept under Google's name."""
    settings.VOICE_GTTS = settings.VOICE_RENDERS_AT_PUBLISH = True
    session = StubSession(_answer(MP3))
    monkeypatch.setattr(gtts_voice.requests, "Session", lambda: session)
    key = services.register_prompts(version=published_version())[0]
    response = client.get(f"/voix/{key}.mp3")
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert clips.read_clip(key) is None
    assert session.sent == []
