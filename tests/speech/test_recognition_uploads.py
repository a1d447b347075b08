"""The sound of a request stays in memory under its limit, and nothing else of the request is lost."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from accessform.speech import recognising
from accessform.speech.checks import recognition_settings_make_sense
from accessform.speech.recognition import installed
from accessform.speech.recognition.outcomes import RecognitionOutcome
from accessform.speech.recognition.recogniser import MAX_SOUND_BYTES
from accessform.speech.sound_uploads import SOUND_FIELD, SoundTooLarge, sent_sound


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """Whether a model is whole is asked once a process."""
    recognising._is_complete.cache_clear()
    yield
    recognising._is_complete.cache_clear()


@pytest.fixture
def no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every temporary file a failure."""

    def refuse(*args: object, **options: object) -> None:
        raise AssertionError("a file was made")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)


def request_with(sound: bytes | None, **fields: Any) -> HttpRequest:
    sent: dict[str, Any] = {"before": "avant", **fields}
    if sound is not None:
        sent[SOUND_FIELD] = SimpleUploadedFile("answer.webm", sound, "audio/webm")
    return RequestFactory().post("/", {**sent, "after": "après"})


@pytest.mark.usefixtures("no_file")
@pytest.mark.parametrize("size", [1, 70_000, 3 * 1024 * 1024, MAX_SOUND_BYTES])
def test_a_sound_is_read_in_memory_whole(size: int) -> None:
    sound = os.urandom(size)
    request = request_with(sound)
    assert sent_sound(request) == sound
    assert isinstance(request.FILES[SOUND_FIELD], InMemoryUploadedFile)
    assert (request.POST["before"], request.POST["after"]) == ("avant", "après")


@pytest.mark.usefixtures("no_file")
def test_a_sound_above_the_limit_is_refused_and_the_fields_around_it_are_kept() -> None:
    request = request_with(bytes(MAX_SOUND_BYTES + 1), document=SimpleUploadedFile("avis.pdf", b"%PDF-1.7"))
    with pytest.raises(SoundTooLarge):
        sent_sound(request)
    assert (request.POST["before"], request.POST["after"]) == ("avant", "après")
    assert request.FILES["document"].read() == b"%PDF-1.7"
    assert request.FILES[SOUND_FIELD].size == 0


def test_the_limit_holds_also_where_the_fields_were_read_before_the_view() -> None:
    request = request_with(bytes(MAX_SOUND_BYTES + 1))
    assert request.POST["after"] == "après"
    with pytest.raises(SoundTooLarge):
        sent_sound(request)


def test_without_sound_there_is_none() -> None:
    assert sent_sound(request_with(None)) == b""
    assert sent_sound(RequestFactory().get("/")) == b""
    assert sent_sound(RequestFactory().post("/", {SOUND_FIELD: "a text"})) == b""


def test_another_file_goes_where_it_went() -> None:
    request = request_with(b"sound", document=SimpleUploadedFile("avis.pdf", b"%PDF-1.7" + bytes(300_000)))
    assert sent_sound(request) == b"sound"
    assert request.FILES["document"].size == 300_008


def test_of_two_sounds_the_last_counts_and_together_they_have_the_limit() -> None:
    first, second = SimpleUploadedFile("a.webm", b"first"), SimpleUploadedFile("b.webm", b"second")
    assert sent_sound(RequestFactory().post("/", {SOUND_FIELD: [first, second]})) == b"second"
    heavy = SimpleUploadedFile("a.webm", bytes(MAX_SOUND_BYTES + 1))
    with pytest.raises(SoundTooLarge):
        sent_sound(RequestFactory().post("/", {SOUND_FIELD: [heavy, SimpleUploadedFile("b.webm", b"second")]}))


def test_many_sounds_in_one_request_take_no_more_memory_than_one() -> None:
    half = [SimpleUploadedFile(f"{name}.webm", bytes(MAX_SOUND_BYTES // 2 + 1)) for name in "abcd"]
    request = RequestFactory().post("/", {SOUND_FIELD: half})
    assert sum(sound.size or 0 for sound in request.FILES.getlist(SOUND_FIELD)) <= MAX_SOUND_BYTES
    with pytest.raises(SoundTooLarge):
        sent_sound(request)


def test_without_model_recognition_is_off_and_says_so(settings: Any) -> None:
    settings.RECOGNITION_MODEL = ""
    assert not recognising.is_recognition_available()
    assert recognising.recognise(b"sound").outcome is RecognitionOutcome.UNAVAILABLE
    assert recognising.recognise_sent(request_with(b"sound")).outcome is RecognitionOutcome.UNAVAILABLE
    recognising.prepare_recognition()
    assert recognition_settings_make_sense(None) == []


def test_a_sound_that_is_too_heavy_is_too_long(settings: Any) -> None:
    found = recognising.recognise_sent(request_with(bytes(MAX_SOUND_BYTES + 1)))
    assert found.outcome is RecognitionOutcome.TOO_LONG


def test_a_wrong_path_fails_loudly(settings: Any, tmp_path: Path) -> None:
    settings.RECOGNITION_MODEL = str(tmp_path / "nowhere")
    (error,) = recognition_settings_make_sense(None)
    assert error.id == "speech.E002"
    assert all(name in error.msg for name in ("nowhere", "config.json", "model.bin", "tokenizer.json"))
    assert not recognising.is_recognition_available()


def test_a_model_that_lacks_a_file_is_refused_by_the_name_of_what_lacks(settings: Any, tmp_path: Path) -> None:
    for name in ("config.json", "model.bin"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "tokenizer.json").touch()
    settings.RECOGNITION_MODEL = str(tmp_path)
    (error,) = recognition_settings_make_sense(None)
    assert error.msg.endswith("lacks tokenizer.json.")


def test_a_model_without_its_packages_is_refused(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in installed.MODEL_FILES:
        (tmp_path / name).write_bytes(b"x")
    settings.RECOGNITION_MODEL = str(tmp_path)
    monkeypatch.setattr(installed, "PACKAGES", ("faster_whisper_that_nobody_has",))
    (error,) = recognition_settings_make_sense(None)
    assert error.id == "speech.E003"
    assert "faster_whisper_that_nobody_has" in error.msg
    assert not recognising.is_recognition_available()
