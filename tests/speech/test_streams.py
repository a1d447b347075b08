"""A voice that dies in the middle of a page says so, and frees its seat."""

import json
from collections.abc import Iterator

import pytest

from accessform.plain_language.wording import ReadingLevel
from accessform.speech import streams
from accessform.speech.synthesis.engine import EngineCrashed, VoiceIdentity


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> None:
    """A voice that says one sentence, then dies."""

    def say(text: str) -> Iterator[tuple[bytes, VoiceIdentity]]:
        yield b"one sentence", VoiceIdentity("any", "1", "fr")
        raise EngineCrashed

    monkeypatch.setattr(streams, "say_aloud", say)


def _free_seats() -> int:
    taken = 0
    while streams._seats.acquire(blocking=False):
        taken += 1
    for _ in range(taken):
        streams._seats.release()
    return taken


@pytest.mark.usefixtures("dying")
def test_a_sound_that_breaks_off_ends_with_words_that_say_so() -> None:
    assert list(streams.AudioStream("any", apology=b"sorry")) == [b"one sentence", b"sorry"]
    assert _free_seats() == streams.SEATS


@pytest.mark.usefixtures("dying")
def test_without_apology_the_error_is_raised() -> None:
    with pytest.raises(EngineCrashed):
        list(streams.AudioStream("any"))
    assert _free_seats() == streams.SEATS


def test_the_apology_is_sound_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = streams.apology_at(ReadingLevel.EASY)
    monkeypatch.setattr(streams, "say_timed", lambda text, voice: pytest.fail("made twice"))
    assert first == streams.apology_at(ReadingLevel.EASY)
    assert len(first) > 3000


def test_a_voice_that_fails_has_no_apology_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str, voice: object) -> Iterator[object]:
        raise EngineCrashed
        yield

    monkeypatch.setattr(streams, "_apologies", {})
    monkeypatch.setattr(streams, "say_timed", fail)
    assert streams.apology_at(ReadingLevel.PLAIN) == b""
    assert streams._apologies == {}


def test_times_that_break_off_tell_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str, voice: object) -> Iterator[object]:
        raise EngineCrashed
        yield

    monkeypatch.setattr(streams, "say_timed", fail)
    lines = list(streams.TimesStream("any"))
    assert [json.loads(line) for line in lines] == [{"words": [], "failed": True}]
