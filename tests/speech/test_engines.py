"""Real engines in their own processes: they speak, and their crashes and hangs stay there."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from accessform.speech.synthesis import worker_engine
from accessform.speech.synthesis.engine import (
    EngineBusy,
    EngineCrashed,
    EngineTimedOut,
    NothingSaid,
    NoVoice,
    Sound,
    VoiceIdentity,
)
from accessform.speech.synthesis.installed import ESPEAK, PICO, engines_for
from accessform.speech.synthesis.local_voice import LocalVoice
from accessform.speech.synthesis.worker_engine import WorkerEngine, guard
from tests.speech.conftest import installed

SENTENCE = "Quelle est votre date de naissance ?"


def test_it_speaks(engine: WorkerEngine) -> None:
    sound = engine.synthesize(SENTENCE)
    assert 1 < sound.seconds < 5
    assert max(sound.pcm) > 0


def test_the_same_text_lasts_about_the_same_time(engine: WorkerEngine) -> None:
    lengths = [engine.synthesize(SENTENCE).seconds for _ in range(4)]
    assert max(lengths) < 1.15 * min(lengths)


def test_one_process_serves_every_call(engine: WorkerEngine) -> None:
    engine.synthesize(SENTENCE)
    first = engine.pid
    engine.synthesize("Bonjour.")
    assert engine.pid == first is not None


def test_a_killed_worker_is_started_again(engine: WorkerEngine) -> None:
    engine.synthesize(SENTENCE)
    killed = engine.pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    time.sleep(0.1)
    assert engine.synthesize(SENTENCE).seconds > 1
    assert engine.pid != killed


def test_a_worker_killed_while_it_speaks_is_said_to_have_crashed(engine: WorkerEngine) -> None:
    engine.synthesize("Bonjour.")
    pid = engine.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    threading.Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
    with pytest.raises(EngineCrashed):
        engine.synthesize(SENTENCE)
    assert engine.synthesize("Bonjour.").seconds > 0.2


def test_a_hanging_worker_is_killed_in_time() -> None:
    engine = WorkerEngine(installed(ESPEAK), timeout=0.5)
    engine.synthesize("Bonjour.")
    pid = engine.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    started = time.monotonic()
    with pytest.raises(EngineTimedOut):
        engine.synthesize(SENTENCE)
    assert time.monotonic() - started < 3
    engine.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_tag_that_crashes_pico_never_reaches_it(engine: WorkerEngine) -> None:
    assert engine.synthesize("<spell>abc</spell> bonjour").seconds > 0.3


def test_unguarded_pico_does_crash_and_the_crash_stays_in_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_engine, "guard", lambda text: text)
    engine = WorkerEngine(installed(PICO))
    with pytest.raises(EngineCrashed):
        engine.synthesize("<spell>abc</spell>")
    assert engine.synthesize("Bonjour.").seconds > 0.2
    engine.stop()


def test_unguarded_pico_hangs_on_an_endless_word_and_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_engine, "guard", lambda text: text)
    engine = WorkerEngine(installed(PICO), timeout=1.0)
    with pytest.raises(EngineTimedOut):
        engine.synthesize("a" * 5000)
    assert engine.synthesize("Bonjour.").seconds > 0.2
    engine.stop()


def test_an_endless_word_is_cut_and_an_endless_text_refused(engine: WorkerEngine) -> None:
    assert max(len(word) for word in guard("a" * 1000).split()) <= 40
    assert engine.synthesize("a" * 300).seconds > 1
    with pytest.raises(ValueError, match="5000 characters"):
        engine.synthesize("a" * 5000)


@pytest.mark.parametrize("text", ["", "   ", "…", "<b></b>", "日本語", "\x00\x01", "😀"])
def test_what_cannot_be_said_is_refused_before_the_engine(text: str) -> None:
    with pytest.raises(NothingSaid):
        guard(text)


@pytest.mark.parametrize("pcm", [b"", b"\0" * 200, b"\0" * 64_000])
def test_silence_is_not_an_answer(pcm: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = WorkerEngine(installed(ESPEAK))
    monkeypatch.setattr(engine, "_ask", lambda text: Sound(pcm, 16_000))
    with pytest.raises(NothingSaid):
        engine.synthesize("Bonjour.")
    engine.stop()


def test_many_threads_share_one_worker(engine: WorkerEngine) -> None:
    sounds: dict[int, float] = {}

    def say(number: int) -> None:
        sounds[number] = engine.synthesize(f"Bonjour {'encore ' * number}.").seconds

    threads = [threading.Thread(target=say, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sounds, key=lambda number: sounds[number]) == list(range(8))


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_starts_a_worker_of_its_own(engine: WorkerEngine) -> None:
    before = engine.synthesize(SENTENCE)
    pid = engine.pid
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        same = abs(engine.synthesize(SENTENCE).seconds - before.seconds) < 0.5 and engine.pid != pid
        engine.stop()
        os.write(writing, b"1" if same else b"0")
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    assert os.read(reading, 1) == b"1"
    os.close(reading)
    assert engine.pid == pid
    assert engine.synthesize(SENTENCE).seconds > 1


def test_the_worker_knows_nothing_of_the_environment(engine: WorkerEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.stop()
    monkeypatch.setenv("ACCESSFORM_DATA_KEYS", "a secret of this installation")
    engine.synthesize("Bonjour.")
    environment = Path(f"/proc/{engine.pid}/environ")
    if not environment.exists():
        pytest.skip("no /proc on this system")
    assert b"ACCESSFORM" not in environment.read_bytes()


class Scripted:
    """An engine that does what it is told, in order."""

    def __init__(self, name: str, *answers: Sound | Exception) -> None:
        self.identity = VoiceIdentity(name, "1", "fr")
        self.answers = list(answers)
        self.asked: list[str] = []

    def synthesize(self, text: str) -> Sound:
        self.asked.append(text)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def stop(self) -> None:
        self.asked.clear()


SOUND = Sound(b"\1\0" * 16_000, 16_000)


def test_the_second_engine_speaks_where_the_first_crashes() -> None:
    voice = LocalVoice([Scripted("first", EngineCrashed()), Scripted("second", SOUND)])
    assert voice.say("bonjour").identity.engine == "second"


def test_a_text_that_failed_twice_goes_straight_to_the_second_engine() -> None:
    first = Scripted("first", EngineCrashed(), EngineTimedOut(), SOUND)
    voice = LocalVoice([first, Scripted("second", SOUND, SOUND, SOUND)])
    for _ in range(3):
        assert voice.say("mauvais").identity.engine == "second"
    assert first.asked == ["mauvais", "mauvais"]
    assert voice.say("bon").identity.engine == "first"


def test_when_every_engine_fails_the_last_error_is_raised() -> None:
    with pytest.raises(EngineTimedOut):
        LocalVoice([Scripted("first", EngineCrashed()), Scripted("second", EngineTimedOut())]).say("bonjour")


def test_without_engine_there_is_no_voice() -> None:
    with pytest.raises(NoVoice):
        LocalVoice([]).say("bonjour")


def test_a_turn_that_does_not_come_is_given_up() -> None:
    voice = LocalVoice([Scripted("first", SOUND)], wait=0.05)
    voice._turn.acquire()
    with pytest.raises(EngineBusy):
        voice.say("bonjour")


@pytest.mark.parametrize(
    ("choice", "names"),
    [("auto", ["pico", "espeak"]), ("pico", ["pico", "espeak"]), ("espeak", ["espeak"]), ("none", [])],
)
def test_the_setting_chooses_the_engines(choice: str, names: list[str]) -> None:
    installed(PICO)
    assert [identity.engine for identity in engines_for(choice)] == names


def test_an_unknown_engine_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'kokoro'"):
        engines_for("kokoro")


def test_a_worker_ends_when_the_process_that_speaks_to_it_is_killed() -> None:
    identity = installed(ESPEAK)
    program = (
        "import os, signal\n"
        "from accessform.speech.synthesis.worker_engine import WorkerEngine\n"
        "from accessform.speech.synthesis.engine import VoiceIdentity\n"
        f"engine = WorkerEngine(VoiceIdentity({identity.engine!r}, {identity.version!r}, {identity.voice!r}))\n"
        "engine.synthesize('Bonjour.')\n"
        "print(engine.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    worker = int(done.stdout)
    for _ in range(50):
        if not _is_running(worker):
            return
        time.sleep(0.1)
    os.kill(worker, signal.SIGKILL)
    pytest.fail("the worker outlived its server")


def _is_running(pid: int) -> bool:
    """Tell whether a process runs; a zombie that nobody reaps has ended."""
    status = Path(f"/proc/{pid}/stat")
    if status.parent.parent.joinpath("self").exists():
        return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
