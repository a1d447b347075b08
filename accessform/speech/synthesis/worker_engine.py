"""An engine in a process of its own: a crash or a hang there is a message here, never a dead server."""

import atexit
import re
import struct
import threading
import time
from pathlib import Path

from accessform.speech.synthesis.engine import (
    LONGEST_TEXT,
    EngineCrashed,
    EngineTimedOut,
    Mark,
    NothingSaid,
    Sound,
    VoiceIdentity,
)
from accessform.speech.worker_process import WorkerProcess

WORKER = Path(__file__).with_name("worker.py")
TIMEOUT_SECONDS = 5.0
"""A sentence takes 25 ms (p95 35 ms); 5 s leaves room for a machine that is swapping."""
SHORTEST_SECONDS = 0.05
LONGEST_WORD = 40
HEADER = struct.Struct(">BIII")
MARK = struct.Struct(">II")
FORBIDDEN = re.compile(r"<[^<>]*>|[<>&\\{}\[\]|^~`\x00-\x1f\x7f]|[^\x00-\u017f]")
LONG_WORD = re.compile(rf"([^\W_]{{{LONGEST_WORD}}})(?=\w)")


def guard(text: str) -> str:
    """Return `text` without what crashes or hangs the engines: tags, mark-up signs, endless words.

    Raises NothingSaid where nothing is left, ValueError above LONGEST_TEXT characters.
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"{len(text)} characters in one call; {LONGEST_TEXT} at most")
    safe = LONG_WORD.sub(r"\1 ", FORBIDDEN.sub(" ", text))
    if not any(character.isalnum() for character in safe):
        raise NothingSaid("nothing to say")
    return " ".join(safe.split())


class WorkerEngine:
    """Speaks through a worker process, started at first use and again after a crash; one call at a time."""

    def __init__(self, identity: VoiceIdentity, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self.identity = identity
        self.timeout = timeout
        self._lock = threading.Lock()
        self._process = WorkerProcess(WORKER)
        atexit.register(self.stop)

    @property
    def pid(self) -> int | None:
        """The worker's process id, or None while there is none."""
        return self._process.pid

    def synthesize(self, text: str) -> Sound:
        """Return the sound of `text`; raises NothingSaid, EngineCrashed, EngineTimedOut or ValueError."""
        return self.synthesize_unguarded(guard(text))

    def synthesize_unguarded(self, text: str) -> Sound:
        """Return the sound of a text with the engine's own tags: for measurements, never for what somebody wrote."""
        with self._lock:
            self._process.start([self.identity.engine])
            try:
                sound = self._ask(text)
            except TimeoutError as error:
                self._process.kill()
                raise EngineTimedOut(f"{self.identity} gave no answer in {self.timeout} s") from error
            except (OSError, EOFError) as error:
                self._process.kill()
                raise EngineCrashed(f"{self.identity} died") from error
        if sound.seconds < SHORTEST_SECONDS or not any(sound.pcm):
            raise NothingSaid(f"{self.identity} answered with silence")
        return sound

    def stop(self) -> None:
        """End the worker; the next call starts another."""
        with self._lock:
            self._process.kill()

    def _ask(self, text: str) -> Sound:
        deadline = time.monotonic() + self.timeout
        data = text.encode()
        self._process.write(struct.pack(">I", len(data)) + data, deadline)
        status, rate, length, told = HEADER.unpack(self._process.read(HEADER.size, deadline))
        pcm = self._process.read(length, deadline)
        marks = MARK.iter_unpack(self._process.read(told * MARK.size, deadline))
        if status != 0:
            raise NothingSaid(f"{self.identity} refused the text")
        return Sound(pcm, rate, tuple(Mark(position, milliseconds / 1000) for position, milliseconds in marks))
