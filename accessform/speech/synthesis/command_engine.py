"""A voice of the operator's choice, as a command: text on its standard input, one WAV on its standard output.

Made for voices by model path (Piper, Kokoro, Paradis). One process a sentence: nothing of a text outlives its sound,
and a voice that crashes, hangs, floods or answers junk is one sentence said by the next engine.
"""

import atexit
import contextlib
import hashlib
import json
import os
import selectors
import signal
import struct
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from accessform.speech.synthesis.engine import (
    EngineBusy,
    EngineCrashed,
    EngineTimedOut,
    NothingSaid,
    Sound,
    VoiceIdentity,
)
from accessform.speech.synthesis.worker_engine import SHORTEST_SECONDS, guard

COMMAND = "command"
TIMEOUT_SECONDS = 15.0
"""Kokoro says a sentence in 2 s on two cores, with its model loaded anew; the rest is for a loaded machine."""
LONGEST_SECONDS = 120
LOWEST_RATE, HIGHEST_RATE = 8_000, 48_000
MOST_BYTES = LONGEST_SECONDS * HIGHEST_RATE * 2
TIME_OUTS_BEFORE_REST = 3
REST_SECONDS = 60.0
PCM, EXTENSIBLE = 1, 0xFFFE
RIFF_HEADER, CHUNK_HEADER, FORMAT_BYTES, SAMPLE_BITS = 12, 8, 16, 16


def read_command(written: str) -> tuple[str, ...]:
    """Return ACCESSFORM_VOICE_COMMAND, a JSON list of the program and its arguments; () for a blank one.

    Raises ValueError for anything else. A list, so that no shell ever reads it.
    """
    if not written.strip():
        return ()
    try:
        command = json.loads(written)
    except ValueError as error:
        raise ValueError(f"not a JSON list: {written}") from error
    if not isinstance(command, list) or not command or not all(isinstance(part, str) and part for part in command):
        raise ValueError(f"not a list of words: {written}")
    return tuple(command)


def command_identity(command: Sequence[str]) -> VoiceIdentity:
    """Return what the command's sound depends on: its words, and the files that they name (model, program)."""
    files = [Path(part) for part in command if os.path.isabs(part)]
    states = [(found.st_size, found.st_mtime_ns) for path in files if path.is_file() for found in [path.stat()]]
    return VoiceIdentity(COMMAND, hashlib.sha256(json.dumps([*command, states]).encode()).hexdigest()[:12], "fr")


class CommandEngine:
    """Runs the operator's command for each text; one at a time, with neither environment nor error output.

    After three time-outs in a row it rests for a minute, so that nobody waits for a voice that is down.
    """

    def __init__(self, command: Sequence[str], *, timeout: float = TIMEOUT_SECONDS) -> None:
        self.command = tuple(command)
        self.identity = command_identity(self.command)
        self.timeout = timeout
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._time_outs = 0
        self._rests_until = 0.0
        atexit.register(self.stop)

    def synthesize(self, text: str) -> Sound:
        """Return the sound of `text`; raises NothingSaid, EngineCrashed, EngineTimedOut, EngineBusy or ValueError."""
        safe = guard(text)
        with self._lock:
            if time.monotonic() < self._rests_until:
                raise EngineBusy(f"{self.identity} rests after {TIME_OUTS_BEFORE_REST} time-outs")
            try:
                answer = self._run(safe)
            except TimeoutError as error:
                self._count_time_out()
                raise EngineTimedOut(f"{self.identity} gave no answer in {self.timeout} s") from error
            except OSError as error:
                raise EngineCrashed(f"{self.identity} cannot be run") from error
            finally:
                self._end()
            self._time_outs = 0
        sound = sound_of(answer)
        if sound.seconds < SHORTEST_SECONDS or not any(sound.pcm):
            raise NothingSaid(f"{self.identity} answered with silence")
        return sound

    def stop(self) -> None:
        """End the command that is running, if any."""
        self._end()

    def _run(self, text: str) -> bytes:
        self._process = process = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd="/" if os.name == "posix" else None,
            env={name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ},
            start_new_session=True,
        )
        if process.stdin is None or process.stdout is None:
            raise EngineCrashed(f"{self.identity} has no pipe")
        deadline = time.monotonic() + self.timeout
        with contextlib.suppress(BrokenPipeError):  # a command may answer without reading to the end
            process.stdin.write(f"{text}\n".encode())
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        answer = self._read(process.stdout.fileno(), deadline)
        try:
            status = process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired as error:
            raise TimeoutError from error
        if status != 0:
            raise EngineCrashed(f"{self.identity} ended with status {status}")
        return answer

    def _read(self, descriptor: int, deadline: float) -> bytes:
        received = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while selector.select(max(0.0, deadline - time.monotonic())):
                chunk = os.read(descriptor, 65_536)
                if not chunk:
                    return bytes(received)
                received += chunk
                if len(received) > MOST_BYTES:
                    raise EngineCrashed(f"{self.identity} answered more than {LONGEST_SECONDS} s of sound")
        raise TimeoutError

    def _count_time_out(self) -> None:
        self._time_outs += 1
        if self._time_outs >= TIME_OUTS_BEFORE_REST:
            self._time_outs = 0
            self._rests_until = time.monotonic() + REST_SECONDS

    def _end(self) -> None:
        """Kill the command and whatever it started, and close its pipes."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def sound_of(wav: bytes) -> Sound:
    """Return the sound of a WAV file: mono, 16-bit PCM, 8 to 48 kHz; raises EngineCrashed for anything else.

    A length that a program did not know when it began to write (0, or beyond the end) means « to the end ».
    """
    if len(wav) < RIFF_HEADER or wav[:4] != b"RIFF" or wav[8:RIFF_HEADER] != b"WAVE":
        raise EngineCrashed("the answer is not a WAV file")
    place, rate = RIFF_HEADER, 0
    while place + CHUNK_HEADER <= len(wav):
        name, size = struct.unpack_from("<4sI", wav, place)
        place += CHUNK_HEADER
        if name == b"fmt " and size >= FORMAT_BYTES and place + FORMAT_BYTES <= len(wav):
            kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", wav, place)
            if kind not in (PCM, EXTENSIBLE) or channels != 1 or bits != SAMPLE_BITS:
                raise EngineCrashed(f"WAV of kind {kind}, {channels} channels, {bits} bits: 16-bit mono PCM is needed")
        if name == b"data":
            if not LOWEST_RATE <= rate <= HIGHEST_RATE:
                raise EngineCrashed(f"{rate} samples a second")
            pcm = wav[place : place + size] if size else wav[place:]
            return Sound(pcm[: len(pcm) // 2 * 2], rate)
        place += size + size % 2
    raise EngineCrashed("a WAV file without sound")
