"""The process that listens: it is confined, and its hangs, crashes and nonsense stay there. Without any model."""

import json
import os
import platform
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from accessform.speech.recognition import confinement
from accessform.speech.recognition.engine import Decoding, EngineCrashed, EngineTimedOut, NoRecognition
from accessform.speech.recognition.outcomes import RecognitionOutcome
from accessform.speech.recognition.prompting import NO_PROMPT, Prompt, prompt_of
from accessform.speech.recognition.recogniser import Recogniser
from accessform.speech.recognition.worker_engine import WORKER, WorkerEngine
from tests.speech.recordings import silence, wav

ROOT = Path(__file__).resolve().parents[2]
SOUND = wav(silence(0.1))
FAKE = """
import os, sys, time
sys.path.append({root!r})
from accessform.speech.recognition.worker import read_message, write_message

def report(**other):
    return {{"decoding": "read", "segments": [], "seconds": 1.0, "speech_seconds": 0.5, "loudest": -20.0, **other}}

{start}
write_message(1, {{"ready": True, "confined_by": "kernel"}})
while True:
    asked, audio = read_message(0), read_message(0)
    {answer}
"""


def fake(folder: Path, answer: str, start: str = "") -> WorkerEngine:
    """Return an engine whose worker does `start`, then `answer` for each recording."""
    program = folder / "fake_worker.py"
    program.write_text(FAKE.format(root=str(ROOT), answer=answer, start=start))
    return WorkerEngine(folder, worker=program, timeout=2.0, start_timeout=10.0)


def test_what_the_worker_reports_is_read_whole(tmp_path: Path) -> None:
    segment = '{"text": " oui", "avg_logprob": -0.5, "no_speech_prob": 0.1, "compression_ratio": 0.5}'
    engine = fake(tmp_path, f"write_message(1, report(segments=[{segment}]))")
    found = engine.hear(SOUND, language="fr", prompt=NO_PROMPT)
    assert (found.decoding, found.seconds, found.segments[0].text) == (Decoding.READ, 1.0, " oui")
    assert engine.confined_by == "kernel"
    engine.stop()


def test_it_receives_the_sound_whole_with_its_container_and_prompt(tmp_path: Path) -> None:
    engine = fake(
        tmp_path,
        'write_message(1, report(segments=[{"text": asked.decode() + str(len(audio)), "avg_logprob": 0, '
        '"no_speech_prob": 0, "compression_ratio": 1}]))',
    )
    sound = wav(silence(300.0))
    found = engine.hear(sound, language="fr", prompt=prompt_of(["date de naissance"])).segments[0].text
    assert found.endswith(str(len(sound)))
    asked = json.loads(found.removesuffix(str(len(sound))))
    assert asked == {"container": "wav", "language": "fr", "prompt": "date de naissance"}
    engine.stop()


def test_the_side_that_asks_opens_no_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo", "socketpair"):
        monkeypatch.setattr(socket, name, refuse)
    engine = fake(tmp_path, "write_message(1, report())")
    assert Recogniser(engine).recognise(SOUND).outcome is RecognitionOutcome.NO_WORDS
    engine.stop()


@pytest.mark.parametrize(
    "nonsense",
    [
        "os.write(1, b'not a message at all, and much too long')",
        "os.write(1, b'\\0\\0\\0\\4junk')",
        "os.write(1, b'\\x7f\\xff\\xff\\xff')",
        "write_message(1, {'error': 'RuntimeError'})",
        "write_message(1, report(decoding='perhaps'))",
        "write_message(1, report(segments='none'))",
        "write_message(1, report(segments=[{'text': 3}]))",
        "write_message(1, report(seconds='x'))",
        "os._exit(3)",
        "os.kill(os.getpid(), 11)",
        "os.write(1, b'\\0\\0'); os._exit(0)",
    ],
)
def test_a_crash_or_nonsense_is_a_typed_error_and_another_worker_follows(tmp_path: Path, nonsense: str) -> None:
    marker = tmp_path / "done"
    engine = fake(
        tmp_path,
        f"once = not os.path.exists({str(marker)!r}); open({str(marker)!r}, 'w').close()\n"
        f"    if once:\n        {nonsense}\n        time.sleep(30)\n    write_message(1, report())",
    )
    with pytest.raises(EngineCrashed):
        engine.hear(SOUND, language="fr", prompt=NO_PROMPT)
    assert engine.hear(SOUND, language="fr", prompt=NO_PROMPT).decoding is Decoding.READ
    engine.stop()


def test_a_hanging_worker_is_killed_in_time(tmp_path: Path) -> None:
    engine = fake(tmp_path, "time.sleep(60)")
    started = time.monotonic()
    with pytest.raises(EngineTimedOut):
        engine.hear(SOUND, language="fr", prompt=NO_PROMPT)
    assert time.monotonic() - started < 8
    assert engine.pid is None


def test_a_worker_that_stops_reading_does_not_hold_its_caller(tmp_path: Path) -> None:
    engine = fake(tmp_path, "pass", start="write_message(1, {'ready': True}); time.sleep(60)")
    with pytest.raises(EngineTimedOut):
        engine.hear(wav(silence(120.0)), language="fr", prompt=NO_PROMPT)


@pytest.mark.parametrize("start", ["sys.exit(1)", "os.write(1, b'\\0\\0\\0\\4junk'); time.sleep(9)", "1 / 0"])
def test_a_model_that_does_not_load_is_no_recognition(tmp_path: Path, start: str) -> None:
    engine = fake(tmp_path, "pass", start=start)
    with pytest.raises(NoRecognition):
        engine.hear(SOUND, language="fr", prompt=NO_PROMPT)
    assert Recogniser(engine).recognise(SOUND).outcome is RecognitionOutcome.UNAVAILABLE


def test_a_worker_that_never_gets_ready_is_killed(tmp_path: Path) -> None:
    engine = fake(tmp_path, "pass", start="time.sleep(60)")
    engine.start_timeout = 1.0
    with pytest.raises(EngineTimedOut):
        engine.hear(SOUND, language="fr", prompt=NO_PROMPT)


def test_the_engine_refuses_a_prompt_that_holds_a_value(tmp_path: Path) -> None:
    engine = fake(tmp_path, "write_message(1, report())")
    with pytest.raises(ValueError, match="never values"):
        engine.hear(SOUND, language="fr", prompt=Prompt("nom, vingt et un"))
    assert engine.pid is None


def test_what_is_no_sound_starts_nothing(tmp_path: Path) -> None:
    engine = fake(tmp_path, "pass")
    assert engine.hear(b"<html>", language="fr", prompt=NO_PROMPT).decoding is Decoding.UNREADABLE
    assert engine.pid is None


def test_it_can_be_started_ahead_and_never_waits(tmp_path: Path) -> None:
    engine = fake(tmp_path, "write_message(1, report())", start="time.sleep(1)")
    started = time.monotonic()
    engine.prepare()
    assert time.monotonic() - started < 0.8
    pid = engine.pid
    assert engine.hear(SOUND, language="fr", prompt=NO_PROMPT).decoding is Decoding.READ
    assert engine.pid == pid is not None
    with engine._lock:
        engine.prepare()
    engine.stop()


def test_many_threads_share_one_worker(tmp_path: Path) -> None:
    engine = fake(tmp_path, "write_message(1, report(seconds=float(len(audio))))")
    sounds = [wav(silence(length / 10)) for length in range(1, 9)]
    found: dict[int, float] = {}

    def listen(sound: bytes) -> None:
        found[len(sound)] = engine.hear(sound, language="fr", prompt=NO_PROMPT).seconds

    threads = [threading.Thread(target=listen, args=(sound,)) for sound in sounds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {len(sound): float(len(sound)) for sound in sounds}
    engine.stop()


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_starts_a_worker_of_its_own(tmp_path: Path) -> None:
    engine = fake(tmp_path, "write_message(1, report(seconds=float(os.getpid())))")
    pid = int(engine.hear(SOUND, language="fr", prompt=NO_PROMPT).seconds)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        other = int(engine.hear(SOUND, language="fr", prompt=NO_PROMPT).seconds)
        engine.stop()
        os.write(writing, b"1" if other != pid else b"0")
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    assert os.read(reading, 1) == b"1"
    os.close(reading)
    assert int(engine.hear(SOUND, language="fr", prompt=NO_PROMPT).seconds) == pid
    engine.stop()


def test_the_worker_knows_nothing_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCESSFORM_DATA_KEYS", "a secret of this installation")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    engine = fake(
        tmp_path,
        'write_message(1, report(segments=[{"text": " ".join(sorted(os.environ)), "avg_logprob": 0, '
        '"no_speech_prob": 0, "compression_ratio": 1}]))',
    )
    names = set(engine.hear(SOUND, language="fr", prompt=NO_PROMPT).segments[0].text.split())
    assert {"HF_HUB_OFFLINE", "ORT_DISABLE_TELEMETRY"} <= names
    assert not {name for name in names if "ACCESSFORM" in name or "PROXY" in name or name == "HOME"}
    engine.stop()


def test_a_worker_ends_when_the_process_that_speaks_to_it_is_killed(tmp_path: Path) -> None:
    engine = fake(tmp_path, "write_message(1, report())")
    program = (
        "import os, signal\n"
        "from pathlib import Path\n"
        "from accessform.speech.recognition.worker_engine import WorkerEngine\n"
        f"engine = WorkerEngine(Path({str(tmp_path)!r}), worker=Path({str(engine.worker)!r}))\n"
        f"engine.hear({SOUND[:60]!r}, language='fr', prompt='')\n"
        "print(engine.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    worker = int(done.stdout)
    for _ in range(50):
        status = Path(f"/proc/{worker}/stat")
        if not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return
        time.sleep(0.1)
    os.kill(worker, signal.SIGKILL)
    pytest.fail("the worker outlived its server")


def confined(program: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run `program` in a process that has confined itself; its answer comes through the pipe alone."""
    start = (
        f"import sys; sys.path.append({str(ROOT)!r})\n"
        "from accessform.speech.recognition.confinement import confine\n"
        "import ctypes, os, socket, subprocess, tempfile, threading\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "by = confine(4 * 1024**3)\n"
    )
    return subprocess.run(
        [sys.executable, "-I", "-c", start + program], cwd=folder, capture_output=True, text=True, check=False
    )


has_filter = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in confinement._REFUSED,
    reason="the kernel's filter is for Linux on x86-64 and ARM64",
)


@has_filter
def test_the_kernel_refuses_native_code_a_socket_in_every_thread(tmp_path: Path) -> None:
    program = """
found = []
def attempt():
    found.append((libc.socket(2, 1, 0), ctypes.get_errno(), libc.socket(10, 2, 0), libc.socket(1, 1, 0)))
attempt()
thread = threading.Thread(target=attempt)
thread.start(); thread.join()
print(by, found)
"""
    done = confined(program, tmp_path)
    assert done.stdout.strip() == f"kernel {[(-1, 13, -1, -1)] * 2}", done.stderr


@has_filter
def test_the_kernel_refuses_programs_and_the_memory_of_others(tmp_path: Path) -> None:
    program = """
pid = os.getppid()
print(libc.execv(b"/bin/true", (ctypes.c_char_p * 2)(b"/bin/true", None)), libc.ptrace(16, pid, 0, 0),
      libc.process_vm_readv(pid, None, 0, None, 0, 0))
"""
    assert confined(program, tmp_path).stdout.split() == ["-1", "-1", "-1"]


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('example.org', 443)",
        "subprocess.run(['true'])",
        "os.system('true')",
        "open('kept', 'wb')",
        "tempfile.TemporaryFile()",
        "tempfile.mkstemp()",
    ],
)
def test_python_refuses_network_programs_and_files(attempt: str, tmp_path: Path) -> None:
    program = f"try:\n    {attempt}\nexcept OSError:\n    print('refused')\n"
    done = confined(program, tmp_path)
    assert done.stdout.strip() == "refused", done.stderr
    assert list(tmp_path.iterdir()) == []


def test_native_code_writes_no_byte_into_a_file(tmp_path: Path) -> None:
    program = """
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
opened = libc.open(b"kept", 0o102, 0o600)
print(libc.write(opened, b"a person's voice", 16))
"""
    assert confined(program, tmp_path).stdout.strip() == "-1"
    assert sum(kept.stat().st_size for kept in tmp_path.iterdir()) == 0


def test_memory_is_bounded(tmp_path: Path) -> None:
    done = confined("try:\n    bytearray(8 * 1024**3)\nexcept MemoryError:\n    print('bounded')\n", tmp_path)
    assert done.stdout.strip() == "bounded"


def test_the_worker_s_own_files_import_no_django() -> None:
    program = (
        "import sys, runpy; sys.path.append('.')\n"
        "import accessform.speech.recognition.confinement, accessform.speech.recognition.decoding\n"
        "import accessform.speech.recognition.whisper, accessform.speech.recognition.worker\n"
        "print([n for n in sys.modules if n.split('.')[0] in ('django', 'pydantic') or n == 'accessform.settings'])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert WORKER.exists()
