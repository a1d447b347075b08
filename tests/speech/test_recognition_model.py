"""The test model hears a synthetic voice, in every container that browsers record, and nothing else. Slow."""

import logging
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from accessform.speech.recognition.outcomes import Recognised, RecognitionOutcome
from accessform.speech.recognition.recogniser import Recogniser
from accessform.speech.recognition.worker_engine import WorkerEngine
from accessform.speech.understanding.understanding import understand
from accessform.speech.understanding.understood import Outcome
from tests.speech.recordings import encoded, installed_model, music, noise, pictures_only, playlist, said, silence, wav

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
ANSWER = "le douze mars mille neuf cent quarante-huit"
WORDS, NO_WORDS, SILENCE = RecognitionOutcome.WORDS, RecognitionOutcome.NO_WORDS, RecognitionOutcome.SILENCE
UNREADABLE, TOO_LONG = RecognitionOutcome.UNREADABLE, RecognitionOutcome.TOO_LONG


@pytest.fixture(scope="module")
def recogniser() -> Iterator[Recogniser]:
    """The test model in its process."""
    listening = Recogniser(WorkerEngine(installed_model()))
    yield listening
    listening.stop()


@pytest.fixture(scope="module")
def answer() -> bytes:
    """Samples of one answer."""
    return said(ANSWER)


def worker_of(recogniser: Recogniser) -> WorkerEngine:
    assert isinstance(recogniser.engine, WorkerEngine)
    return recogniser.engine


def date_heard(found: Recognised) -> bool:
    return found.outcome is WORDS and "12 mars 1948" in found.text.lower().replace(",", "")


@pytest.mark.parametrize(
    ("container", "codec", "rate"),
    [
        ("webm", "libopus", 48_000),
        ("ogg", "libopus", 48_000),
        ("mp4", "aac", 44_100),
        ("wav", "pcm_s16le", 48_000),
        ("flac", "flac", 44_100),
        ("mp3", "libmp3lame", 44_100),
        ("adts", "aac", 48_000),
    ],
)
def test_it_hears_what_browsers_record(
    recogniser: Recogniser, answer: bytes, container: str, codec: str, rate: int
) -> None:
    found = recogniser.recognise(encoded(answer, container, codec, rate))
    assert date_heard(found), found.text
    assert 2 < found.seconds < 4
    assert -1 < found.confidence < 0


def test_one_confined_process_listens_to_all(recogniser: Recogniser, answer: bytes) -> None:
    recogniser.recognise(wav(answer))
    engine = worker_of(recogniser)
    pid = engine.pid
    assert date_heard(recogniser.recognise(wav(answer), prompt_words=["date de naissance"]))
    assert engine.pid == pid is not None
    assert engine.confined_by in {"kernel", "interpreter"}
    if engine.confined_by == "kernel":
        assert "Seccomp:\t2" in Path(f"/proc/{pid}/status").read_text()


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("silence", SILENCE), ("hiss", SILENCE), ("noise", NO_WORDS), ("music", NO_WORDS), ("tone", NO_WORDS)],
)
def test_without_a_voice_nothing_is_invented(recogniser: Recogniser, name: str, outcome: RecognitionOutcome) -> None:
    sounds = {
        "silence": silence(6),
        "hiss": noise(6, 0.001),
        "noise": noise(6, 0.1),
        "music": music(6),
        "tone": encoded(music(0.5) * 12, "ogg", "libopus"),
    }
    sound = sounds[name] if name == "tone" else wav(sounds[name])
    found = recogniser.recognise(sound, prompt_words=["Êtes-vous veuve", "célibataire"])
    assert (found.outcome, found.text) == (outcome, "")


@pytest.mark.parametrize("level", [0.005, 0.01])
def test_an_answer_in_some_noise_is_heard(recogniser: Recogniser, answer: bytes, level: float) -> None:
    import numpy as np

    voice = np.frombuffer(silence(1) + answer + silence(1), np.int16).astype(np.int32)
    around = np.frombuffer(noise(len(voice) / 16_000 + 0.1, level), np.int16).astype(np.int32)[: len(voice)]
    found = recogniser.recognise(wav(np.clip(voice + around, -32_768, 32_767).astype(np.int16).tobytes()))
    assert date_heard(found), found.text


@pytest.mark.parametrize("pause", [2.0, 4.0])
def test_a_pause_of_four_seconds_does_not_end_an_answer(recogniser: Recogniser, pause: float) -> None:
    found = recogniser.recognise(wav(said("le douze mars", "mille neuf cent quarante-huit", pause=pause)))
    assert date_heard(found), found.text
    assert found.speech_seconds < found.seconds - pause + 2


def test_what_a_pause_separates_is_not_joined_into_one_number(recogniser: Recogniser) -> None:
    found = recogniser.recognise(wav(said("soixante", "douze", pause=3.0)))
    assert "72" not in found.text


@pytest.mark.parametrize("sound", ["euh", "hum", "ben", "bah", "ah", "hein ?", "voyons", "attendez", "où ça"])
def test_a_hesitation_never_becomes_a_yes_or_a_no(recogniser: Recogniser, sound: str) -> None:
    found = recogniser.recognise(wav(said(sound)))
    assert understand("yes_no", found.text).outcome in {Outcome.NO_INPUT, Outcome.NO_MATCH, Outcome.ASK}


def test_labels_help_to_hear_a_choice_and_are_not_heard_where_they_are_not_said(recogniser: Recogniser) -> None:
    labels = {
        "c": "Célibataire",
        "m": "Marié ou mariée",
        "p": "Pacsé ou pacsée",
        "d": "Divorcé ou divorcée",
        "v": "Veuf",
    }
    spoken = {"célibataire": "c", "mariée": "m", "pacsée": "p", "divorcée": "d"}
    heard = {
        text: recogniser.recognise(wav(said(text)), prompt_words=labels.values()).text
        for text in (*spoken, "allô", "bonjour madame", "il pleut aujourd'hui")
    }
    understood = {text: understand("single_choice", words, choices=labels) for text, words in heard.items()}
    right = [text for text, key in spoken.items() if understood[text].value == key]
    assert len(right) >= 3, heard
    values = {text: found.value for text, found in understood.items() if found.outcome is Outcome.VALUE}
    assert {text: key for text, key in values.items() if spoken.get(text) != key} == {}


def test_a_microphone_forgotten_for_ten_minutes_is_too_long(recogniser: Recogniser, answer: bytes) -> None:
    found = recogniser.recognise(encoded(answer + silence(605), "webm", "libopus", rate=16_000))
    assert (found.outcome, found.text) == (TOO_LONG, "")
    assert "12 mars 1948" in found.beginning.lower()


def test_more_than_a_minute_of_speech_is_too_long_and_its_beginning_is_kept_apart(
    recogniser: Recogniser, answer: bytes
) -> None:
    found = recogniser.recognise(encoded((answer + silence(0.4)) * 24, "ogg", "libopus"))
    assert (found.outcome, found.text) == (TOO_LONG, "")
    assert found.speech_seconds > 60


def test_what_is_no_sound_is_unreadable(recogniser: Recogniser, answer: bytes) -> None:
    sound = wav(answer)
    junk = random.Random(3).randbytes(5000)
    headless = {
        "empty": b"",
        "one byte": b"\xff",
        "junk": junk,
        "page": b"<html><body>sound</body></html>",
        "wav without samples": wav(b""),
        "wav cut in its head": sound[:20],
        "film": pictures_only(),
        "film in mp4": pictures_only("mp4", "mpeg4"),
        "webm of junk": b"\x1a\x45\xdf\xa3" + junk,
        "ogg of junk": b"OggS" + junk,
        "mp4 of junk": b"\0\0\0\x1cftypisom" + junk,
        "mp4 whose index is lost": encoded(answer, "mp4", "aac")[:-2000],
        "mp3 of junk": b"\xff\xfb" + junk,
    }
    found = {name: recogniser.recognise(sound).outcome for name, sound in headless.items()}
    assert {name: outcome for name, outcome in found.items() if outcome is not UNREADABLE} == {}


@pytest.mark.parametrize("container", ["webm", "ogg", "wav"])
def test_a_recording_cut_half_way_is_heard_as_far_as_it_goes(
    recogniser: Recogniser, answer: bytes, container: str
) -> None:
    codec = "pcm_s16le" if container == "wav" else "libopus"
    sound = encoded(answer + silence(1) + answer, container, codec)
    found = recogniser.recognise(sound[: len(sound) // 2])
    assert found.outcome in {WORDS, NO_WORDS, UNREADABLE}
    assert found.seconds < 5


def test_damaged_recordings_never_bring_the_server_down(recogniser: Recogniser, answer: bytes) -> None:
    rng = random.Random(5)
    whole = [encoded(answer, container, codec) for container, codec in (("webm", "libopus"), ("ogg", "libopus"))]
    for rank in range(12):
        damaged = bytearray(whole[rank % 2])
        for _ in range(1 + 20 * rank):
            damaged[rng.randrange(40, len(damaged))] = rng.randrange(256)
        found = recogniser.recognise(bytes(damaged))
        assert found.outcome in {WORDS, NO_WORDS, SILENCE, UNREADABLE, RecognitionOutcome.FAILED}
    assert date_heard(recogniser.recognise(whole[0]))


def test_a_playlist_opens_no_file_and_no_address(recogniser: Recogniser, answer: bytes, tmp_path: Path) -> None:
    secret = tmp_path / "secret.wav"
    secret.write_bytes(wav(answer))
    for dressed in (playlist(str(secret)), b"OggS" + playlist(f"file://{secret}"), b"ID3" + playlist(str(secret))):
        assert recogniser.recognise(dressed).outcome is UNREADABLE


def test_channels_and_rates_of_all_kinds_are_heard(recogniser: Recogniser, answer: bytes) -> None:
    import numpy as np

    stereo = np.repeat(np.frombuffer(answer, np.int16), 2).tobytes()
    slow = np.frombuffer(answer, np.int16)[::2].tobytes()
    assert date_heard(recogniser.recognise(wav(stereo, channels=2)))
    assert recogniser.recognise(wav(slow, rate=8000)).outcome is WORDS


def test_no_word_and_no_sound_is_logged_or_written(
    recogniser: Recogniser, answer: bytes, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    pid = worker_of(recogniser).pid
    with caplog.at_level(logging.DEBUG):
        found = recogniser.recognise(wav(answer), prompt_words=["date de naissance"])
    assert date_heard(found)
    assert caplog.text == ""
    folder = Path(f"/proc/{worker_of(recogniser).pid}/fd")
    if pid is not None and folder.exists():
        opened = [os.readlink(link) for link in folder.iterdir()]
        kept = [
            name for name in opened if not name.startswith(("pipe:", "anon_inode:", "/dev/", str(installed_model())))
        ]
        assert kept == []


def test_a_machine_without_any_network_listens(tmp_path: Path, answer: bytes) -> None:
    model = installed_model()
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system does not let a test take the network away")
    (tmp_path / "answer.wav").write_bytes(wav(answer))
    environment = {**os.environ, "ACCESSFORM_RECOGNITION_MODEL": str(model), "DATABASE_URL": "sqlite://:memory:"}
    command = [unshare, "-rn", sys.executable, "manage.py", "speech", "transcribe", str(tmp_path / "answer.wav")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert "12 mars 1948" in done.stdout, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["answer.wav"]
