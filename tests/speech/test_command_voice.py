"""The operator's own voice, as a command: what it may do wrong, and what it never receives."""

import os
import struct
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks

from accessform.speech import services, voice
from accessform.speech.models import SpokenClip
from accessform.speech.synthesis import command_engine
from accessform.speech.synthesis.command_engine import CommandEngine, command_identity, read_command, sound_of
from accessform.speech.synthesis.engine import (
    EngineBusy,
    EngineCrashed,
    EngineTimedOut,
    NothingSaid,
    Sound,
    SynthesisError,
)
from accessform.speech.synthesis.local_voice import LocalVoice
from tests.speech.forms import published_version
from tests.speech.test_engines import SOUND, Scripted

PROGRAM = r"""
import io, os, signal, subprocess, sys, time, wave

def wav(seconds=0.5, channels=1, width=2, rate=16000, value=9):
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(channels); file.setsampwidth(width); file.setframerate(rate)
        file.writeframes(bytes([value] * int(seconds * rate) * channels * width))
    return made.getvalue()

out, way = sys.stdout.buffer, sys.argv[1]
if way != "deaf":
    text = sys.stdin.read()
if way == "fine" or way == "deaf":
    out.write(wav())
elif way == "proof":
    told = [name for name in os.environ if name not in ("PATH", "LC_CTYPE")]
    out.write(b"" if told else wav(seconds=0.1 * len(text.split())))
elif way == "exit":
    out.write(wav()); out.flush(); sys.exit(3)
elif way == "crash":
    os.kill(os.getpid(), signal.SIGSEGV)
elif way == "hang":
    time.sleep(60)
elif way == "never ends":
    out.write(wav()); out.flush(); time.sleep(60)
elif way == "left behind":
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]); out.write(wav())
elif way == "nothing":
    pass
elif way == "silence":
    out.write(wav(value=0))
elif way == "short":
    out.write(wav(seconds=0.01))
elif way == "junk":
    out.write(os.urandom(5000))
elif way == "words":
    out.write(b"Traceback (most recent call last): no model")
elif way == "cut":
    out.write(wav()[:30])
elif way == "stereo":
    out.write(wav(channels=2))
elif way == "eight bits":
    out.write(wav(width=1))
elif way == "rate":
    out.write(wav(rate=400))
elif way == "flood":
    while True:
        out.write(b"x" * 1_000_000)
elif way == "streamed":
    made = bytearray(wav()); made[40:44] = b"\xff\xff\xff\xff"; out.write(made)
elif way == "unknown length":
    made = bytearray(wav()); made[40:44] = bytes(4); out.write(made)
elif way == "chatty":
    sys.stderr.write("loading model\n" * 20_000); out.write(wav())
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The fake voice; its first argument is how it behaves."""
    path = tmp_path / "voice.py"
    path.write_text(PROGRAM)
    return path


def _engine(program: Path, way: str, timeout: float = 10.0) -> CommandEngine:
    return CommandEngine([sys.executable, "-I", str(program), way], timeout=timeout)


@pytest.mark.parametrize("way", ["fine", "deaf", "streamed", "unknown length", "chatty"])
def test_a_command_that_writes_a_wav_is_a_voice(program: Path, way: str) -> None:
    sound = _engine(program, way).synthesize("Bonjour.")
    assert (sound.rate, sound.seconds) == (16_000, pytest.approx(0.5))


@pytest.mark.parametrize(
    ("way", "refusal"),
    [
        ("exit", EngineCrashed),
        ("crash", EngineCrashed),
        ("nothing", EngineCrashed),
        ("junk", EngineCrashed),
        ("words", EngineCrashed),
        ("cut", EngineCrashed),
        ("stereo", EngineCrashed),
        ("eight bits", EngineCrashed),
        ("rate", EngineCrashed),
        ("flood", EngineCrashed),
        ("silence", NothingSaid),
        ("short", NothingSaid),
    ],
)
def test_what_is_no_speech_is_refused_and_the_next_engine_speaks(
    program: Path, way: str, refusal: type[SynthesisError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_engine, "MOST_BYTES", 5_000_000)
    engine = _engine(program, way)
    with pytest.raises(refusal):
        engine.synthesize("Bonjour.")
    assert LocalVoice([engine, Scripted("second", SOUND)]).say("Bonjour.").identity.engine == "second"


@pytest.mark.parametrize("way", ["hang", "never ends", "left behind"])
def test_a_command_that_does_not_end_is_killed_with_what_it_started(program: Path, way: str) -> None:
    engine = _engine(program, way, timeout=1.0)
    started = time.monotonic()
    with pytest.raises(EngineTimedOut):
        engine.synthesize("Bonjour.")
    assert time.monotonic() - started < 4


def test_a_voice_that_is_down_is_left_alone_for_a_minute(program: Path) -> None:
    engine = _engine(program, "hang", timeout=0.3)
    for text in ("un", "deux", "trois"):
        with pytest.raises(EngineTimedOut):
            engine.synthesize(text)
    started = time.monotonic()
    with pytest.raises(EngineBusy):
        engine.synthesize("quatre")
    assert time.monotonic() - started < 0.1


def test_a_text_that_failed_twice_goes_straight_to_the_next_engine(program: Path, tmp_path: Path) -> None:
    counted = tmp_path / "counted"
    program.write_text(f"open({str(counted)!r}, 'a').write('x'); raise SystemExit(1)")
    speaker = LocalVoice([_engine(program, "any"), Scripted("second", SOUND, SOUND, SOUND)])
    for _ in range(3):
        assert speaker.say("Bonjour.").identity.engine == "second"
    assert counted.read_text() == "xx"


def test_it_receives_the_text_and_no_environment(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCESSFORM_DATA_KEYS", "a secret of this installation")
    assert _engine(program, "proof").synthesize("un deux <b>trois</b>").seconds == pytest.approx(0.3)


def test_a_command_that_is_not_there_is_a_failure_like_another(tmp_path: Path) -> None:
    with pytest.raises(EngineCrashed):
        CommandEngine([str(tmp_path / "absent")]).synthesize("Bonjour.")


def test_another_model_is_another_voice(tmp_path: Path) -> None:
    model = tmp_path / "fr.onnx"
    model.write_bytes(b"one")
    command = ["piper", "--model", str(model)]
    first = command_identity(command)
    model.write_bytes(b"another")
    assert command_identity(command) != first
    assert command_identity([*command, "--slow"]) != command_identity(command)


@pytest.mark.parametrize("written", ["piper --model x", '"piper"', "[]", '["piper", 3]', '["piper", ""]', "{}"])
def test_a_command_is_a_list_of_words(written: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        read_command(written)


def test_a_list_of_words_is_a_command() -> None:
    assert read_command(' ["piper", "--model", "/a b/fr.onnx"] ') == ("piper", "--model", "/a b/fr.onnx")
    assert read_command("  ") == ()


@pytest.mark.parametrize("wav", [b"", b"RIFF", b"RIFF\0\0\0\0WAVE", b"RIFF\0\0\0\0WAVEdata" + struct.pack("<I", 4)])
def test_a_wav_without_sound_is_refused(wav: bytes) -> None:
    with pytest.raises(EngineCrashed):
        sound_of(wav)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("piper", "speech.E004"),
        ('["/no/such/piper"]', "speech.E005"),
        (f'["{sys.executable}", "/no/such/model.onnx"]', "speech.E006"),
    ],
)
def test_a_wrong_command_is_told_before_anything_starts(settings: Any, written: str, said: str) -> None:
    settings.VOICE_COMMAND = written
    assert said in [message.id for message in run_checks()]


def test_without_a_command_nothing_is_told(settings: Any) -> None:
    settings.VOICE_COMMAND = ""
    assert not [message for message in run_checks() if (message.id or "").startswith("speech")]


def _chosen(settings: Any, program: Path, way: str = "fine") -> None:
    settings.VOICE_ENGINE = "auto"
    settings.VOICE_COMMAND = f'["{sys.executable}", "-I", "{program}", "{way}"]'


def test_it_says_published_texts_and_never_private_ones(settings: Any, program: Path) -> None:
    _chosen(settings, program)
    assert voice.catalogue_identities()[0].engine == "command"
    assert "command" not in [identity.engine for identity in voice.local_identities()]
    assert "command" not in [engine.identity.engine for engine in voice.local_voice().engines]


def test_it_says_everything_where_the_operator_answers_for_it(settings: Any, program: Path) -> None:
    _chosen(settings, program)
    settings.VOICE_COMMAND_IS_LOCAL = True
    assert voice.local_voice().engines[0].identity.engine == "command"


def test_no_voice_is_no_voice(settings: Any, program: Path) -> None:
    _chosen(settings, program)
    settings.VOICE_ENGINE = "none"
    assert voice.catalogue_identities() == ()


@pytest.mark.django_db
def test_a_clip_said_by_the_command_is_kept_with_the_times_of_its_words(settings: Any, program: Path) -> None:
    _chosen(settings, program)
    services.register_prompts(version=published_version())
    made = services.render(SpokenClip.objects.order_by("key")[0])
    assert made.kept
    assert '"words":[[' in made.times


@pytest.mark.django_db
def test_a_clip_said_by_the_fallback_is_not_kept(settings: Any, program: Path) -> None:
    _chosen(settings, program, "crash")
    services.register_prompts(version=published_version())
    made = services.render(SpokenClip.objects.order_by("key")[0])
    assert made.audio
    assert not made.kept


def test_nothing_that_it_started_outlives_it(tmp_path: Path) -> None:
    program = tmp_path / "voice.py"
    program.write_text(
        "import os, subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(child.pid))\n"
    )
    with pytest.raises(EngineTimedOut):
        _engine(program, "any", timeout=1.0).synthesize("Bonjour.")
    pid = int((tmp_path / "pid").read_text())
    for _ in range(20):
        status = Path(f"/proc/{pid}/stat")
        if not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return
        time.sleep(0.1)
    os.kill(pid, 9)
    pytest.fail("a process was left behind")


def test_its_sound_is_a_sound() -> None:
    head = struct.pack("<4sI4s4sIHHIIHH", b"RIFF", 0, b"WAVE", b"fmt ", 16, 1, 1, 22_050, 44_100, 2, 16)
    listed = struct.pack("<4sI", b"LIST", 3) + b"abc\0"
    assert sound_of(head + listed + struct.pack("<4sI", b"data", 4) + b"\1\0\2\0trailing") == Sound(b"\1\0\2\0", 22_050)
