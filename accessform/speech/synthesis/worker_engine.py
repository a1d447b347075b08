"""An engine in a process of its own: a crash or a hang there is a message here, never a dead server."""

import atexit
import os
import re
import selectors
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

from accessform.speech.synthesis.engine import (
    LONGEST_TEXT,
    EngineCrashed,
    EngineTimedOut,
    NothingSaid,
    Sound,
    VoiceIdentity,
)

WORKER = Path(__file__).with_name("worker.py")
TIMEOUT_SECONDS = 5.0
"""A sentence takes 25 ms (p95 35 ms); 5 s leaves room for a machine that is swapping."""
SHORTEST_SECONDS = 0.05
LONGEST_WORD = 40
HEADER = struct.Struct(">BII")
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
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        atexit.register(self.stop)

    @property
    def pid(self) -> int | None:
        """The worker's process id, or None while there is none."""
        return self._process.pid if self._process and self._owner == os.getpid() else None

    def synthesize(self, text: str) -> Sound:
        """Return the sound of `text`; raises NothingSaid, EngineCrashed, EngineTimedOut or ValueError."""
        safe = guard(text)
        with self._lock:
            process = self._running()
            try:
                sound = self._ask(process, safe)
            except TimeoutError as error:
                self._kill()
                raise EngineTimedOut(f"{self.identity} gave no answer in {self.timeout} s") from error
            except (OSError, EOFError) as error:
                self._kill()
                raise EngineCrashed(f"{self.identity} died") from error
        if sound.seconds < SHORTEST_SECONDS or not any(sound.pcm):
            raise NothingSaid(f"{self.identity} answered with silence")
        return sound

    def stop(self) -> None:
        """End the worker; the next call starts another."""
        with self._lock:
            self._kill()

    def _running(self) -> subprocess.Popen[bytes]:
        """Return a live worker that belongs to this process (a fork inherits the pipes, not the right to use them)."""
        if self._process is not None and (self._owner != os.getpid() or self._process.poll() is not None):
            self._kill()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(WORKER), self.identity.engine],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                cwd="/" if os.name == "posix" else None,
                env={name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ},
                start_new_session=True,
            )
            self._owner = os.getpid()
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], text: str) -> Sound:
        if process.stdin is None or process.stdout is None:
            raise EOFError("no pipe")
        deadline = time.monotonic() + self.timeout
        data = text.encode()
        process.stdin.write(struct.pack(">I", len(data)) + data)
        descriptor = process.stdout.fileno()
        status, rate, length = HEADER.unpack(_read(descriptor, HEADER.size, deadline))
        pcm = _read(descriptor, length, deadline)
        if status != 0:
            raise NothingSaid(f"{self.identity} refused the text")
        return Sound(pcm, rate)

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if self._owner == os.getpid():
            process.kill()
            process.wait()
        else:
            process.returncode = 0
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _read(descriptor: int, count: int, deadline: float) -> bytes:
    """Return `count` bytes from a pipe; raises TimeoutError at the deadline, EOFError where the writer is gone."""
    received = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while len(received) < count:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            chunk = os.read(descriptor, count - len(received))
            if not chunk:
                raise EOFError
            received += chunk
    return bytes(received)
