"""Catalogue sound: a manifest a version, files named by content, served whole or in part, made when missing."""

import os
import threading
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accessform.plain_language.wording import ReadingLevel
from accessform.speech import clips, services, views
from accessform.speech.models import ListedClip, SpokenClip
from accessform.speech.prompts import form_prompts, question_prompt
from accessform.speech.synthesis.clip_key import clip_key
from accessform.speech.synthesis.engine import EngineCrashed, Sound, VoiceIdentity
from accessform.speech.synthesis.installed import ESPEAK, identity_of
from accessform.speech.synthesis.local_voice import LocalVoice
from accessform.speech.voice import catalogue_identity
from forms_catalog.definition import QuestionType
from forms_catalog.models import FormVersion, VersionStatus
from forms_catalog.versioning import version_published
from tests.speech.forms import definition, published_version
from tests.speech.test_engines import Scripted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    views._register_once.cache_clear()


@pytest.fixture
def key() -> str:
    """Return the key of the first clip of a form that was published."""
    return services.register_prompts(version=published_version())[0]


def test_a_question_says_its_number_label_hint_and_choices() -> None:
    name, situation = definition().steps[0].questions
    assert question_prompt(name, ReadingLevel.STANDARD, "1.1").text == (
        "Question 1.1. Nom de famille. Tel qu'il est sur votre carte."
    )
    assert question_prompt(name, ReadingLevel.EASY, "1.1").text.startswith("Question 1.1. Quel est votre nom ?")
    optional = name.model_copy(update={"required": False, "example": "Martin", "hint": None})
    assert question_prompt(optional, ReadingLevel.STANDARD).text.replace("\u00a0", " ") == (
        "Nom de famille (facultatif). Exemple : Martin."
    )
    closed = name.model_copy(update={"type": QuestionType.YES_NO, "hint": None})
    assert question_prompt(closed, ReadingLevel.STANDARD).text == "Nom de famille."
    said = question_prompt(situation, ReadingLevel.STANDARD).text.replace("\u00a0", " ")
    assert said == "Situation. Réponses possibles : Seul ; ou En couple."


def test_every_step_and_question_is_said_at_every_level() -> None:
    subjects = [(prompt.subject, prompt.level) for prompt in form_prompts(definition())]
    assert len(subjects) == len(set(subjects)) == 9


def test_the_key_changes_with_each_thing_that_the_sound_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    first = VoiceIdentity("a", "1", "fr")
    keys = {
        clip_key("Bonjour", first),
        clip_key("Bonsoir", first),
        clip_key("Bonjour", VoiceIdentity("b", "1", "fr")),
        clip_key("Bonjour", VoiceIdentity("a", "2", "fr")),
        clip_key("Bonjour", VoiceIdentity("a", "1", "fr-2")),
    }
    monkeypatch.setattr("accessform.speech.synthesis.clip_key.rules_version", lambda: "other")
    keys.add(clip_key("Bonjour", first))
    assert len(keys) == 6
    assert clip_key("Bonjour  le\nmonde", first) == clip_key("Bonjour le monde", first)


def test_a_manifest_is_written_once_however_often_it_is_registered() -> None:
    version = published_version()
    assert services.register_prompts(version=version) == services.register_prompts(version=version)
    assert ListedClip.objects.filter(version=version).count() == 9
    assert SpokenClip.objects.count() == len({prompt.text for prompt in form_prompts(definition())})


def test_publication_registers_and_makes_the_clips_in_the_background(settings: Any) -> None:
    settings.VOICE_RENDERS_AT_PUBLISH = True
    version_published.send(sender=FormVersion, version=published_version())
    assert services.missing_clips() == []
    assert {path.stem for path in Path(settings.VOICE_DIR).rglob("*.mp3")} == set(
        SpokenClip.objects.values_list("key", flat=True)
    )


def test_without_a_voice_publication_registers_nothing(settings: Any) -> None:
    settings.VOICE_ENGINE = "none"
    version_published.send(sender=FormVersion, version=published_version())
    assert SpokenClip.objects.count() == 0


def test_a_missing_clip_is_made_at_the_first_request_and_kept(client: Client, key: str) -> None:
    assert clips.read_clip(key) is None
    response = client.get(f"/voix/{key}.mp3")
    assert (response.status_code, response["Content-Type"]) == (200, "audio/mpeg")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content == clips.read_clip(key)


def test_a_kept_clip_needs_no_query_and_no_engine(
    client: Client, key: str, settings: Any, django_assert_num_queries: Any
) -> None:
    clips.write_clip(key, b"\xff\xf3 sound")
    settings.VOICE_ENGINE = "none"
    with django_assert_num_queries(0):
        assert client.get(f"/voix/{key}.mp3").content == b"\xff\xf3 sound"


@pytest.mark.parametrize(
    ("header", "status", "content", "range_header"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=-50", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=5-500", 206, b"56789", "bytes 5-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=a-b", 200, b"0123456789", None),
    ],
)
def test_a_part_is_served_to_who_asks_for_it(
    client: Client, key: str, header: str, status: int, content: bytes, range_header: str | None
) -> None:
    clips.write_clip(key, b"0123456789")
    response = client.get(f"/voix/{key}.mp3", headers={"range": header, "accept-encoding": "gzip"})
    assert (response.status_code, response.content, response.get("Content-Range")) == (status, content, range_header)
    assert response["Accept-Ranges"] == "bytes"


def test_a_known_clip_is_not_sent_again(client: Client, key: str) -> None:
    clips.write_clip(key, b"0123456789")
    etag = client.get(f"/voix/{key}.mp3")["ETag"]
    assert client.get(f"/voix/{key}.mp3", headers={"if-none-match": f'"x", {etag}'}).status_code == 304


def test_a_range_of_another_clip_is_refused(client: Client, key: str) -> None:
    clips.write_clip(key, b"0123456789")
    response = client.get(f"/voix/{key}.mp3", headers={"range": "bytes=0-1", "if-range": '"another"'})
    assert response.status_code == 200


def test_sound_is_never_compressed(client: Client, key: str) -> None:
    clips.write_clip(key, b"0" * 10_000)
    response = client.get(f"/voix/{key}.mp3", headers={"accept-encoding": "gzip"})
    assert len(response.content) == int(response["Content-Length"]) == 10_000


@pytest.mark.parametrize("path", ["/voix/" + "0" * 64 + ".mp3", "/voix/abc.mp3", "/voix/../settings.mp3", "/voix/.mp3"])
def test_an_unknown_key_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_only_get_and_head_are_answered(client: Client, key: str) -> None:
    assert client.post(f"/voix/{key}.mp3").status_code == 405
    assert client.head(f"/voix/{key}.mp3").status_code == 200


def test_no_voice_and_no_clip_is_a_clear_503(client: Client, key: str, settings: Any) -> None:
    settings.VOICE_ENGINE = "none"
    response = client.get(f"/voix/{key}.mp3")
    assert response.status_code == 503
    assert "no-store" in response["Cache-Control"]


def test_another_voice_registers_the_live_versions_again(client: Client, key: str, settings: Any) -> None:
    settings.VOICE_ENGINE = "espeak"
    identity = catalogue_identity()
    assert identity is not None
    other = clip_key(next(form_prompts(definition())).text, identity)
    assert other != key
    assert client.get(f"/voix/{other}.mp3").status_code == 200
    assert clips.read_clip(other) is not None


def test_a_clip_said_by_the_fallback_is_served_and_not_kept(
    client: Client, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    espeak = identity_of(ESPEAK)
    assert espeak is not None
    second = Scripted("second", *[Sound(b"\1\0" * 16_000, 16_000)] * 9)
    second.identity = espeak
    voice = LocalVoice([Scripted("first", *[EngineCrashed()] * 9), second])
    monkeypatch.setattr(services, "catalogue_voice", lambda: voice)
    response = client.get(f"/voix/{key}.mp3")
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert "ETag" not in response
    assert clips.read_clip(key) is None


def test_a_failed_write_leaves_nothing(key: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*args: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", no_space)
    with pytest.raises(OSError, match="no space"):
        clips.write_clip(key, b"sound")
    assert [path for path in Path(settings.VOICE_DIR).rglob("*") if path.is_file()] == []


def test_writers_at_once_leave_one_whole_clip(key: str) -> None:
    threads = [threading.Thread(target=clips.write_clip, args=(key, bytes([n]) * 100_000)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    audio = clips.read_clip(key)
    assert audio is not None
    assert len(audio) == 100_000
    assert len(set(audio)) == 1


def test_a_clip_is_collected_when_no_published_version_lists_it(key: str) -> None:
    clips.write_clip(key, b"listed")
    clips.write_clip("f" * 64, b"listed nowhere")
    assert services.collect_clips() == 1
    assert clips.read_clip(key) == b"listed"
    FormVersion.objects.update(status=VersionStatus.SUPERSEDED)
    assert services.collect_clips() == 1
    assert clips.read_clip(key) is None


def test_an_older_version_that_journeys_are_on_is_still_heard(client: Client, key: str) -> None:
    FormVersion.objects.update(status=VersionStatus.SUPERSEDED)
    services.collect_clips()
    assert client.get(f"/voix/{key}.mp3").status_code == 200


def test_texts_that_no_version_lists_are_forgotten(key: str) -> None:
    ListedClip.objects.all().delete()
    services.collect_clips()
    assert SpokenClip.objects.count() == 0


def test_what_a_process_that_died_was_writing_is_collected_and_a_writing_that_goes_on_is_not(
    settings: Any, tmp_path: Path
) -> None:
    settings.VOICE_DIR = tmp_path
    left, going_on = tmp_path / "ab" / "old.part", tmp_path / "ab" / "new.part"
    left.parent.mkdir()
    for path in (left, going_on):
        path.write_bytes(b"half")
    os.utime(left, (0, 0))
    services.collect_clips()
    assert (left.exists(), going_on.exists()) == (False, True)
