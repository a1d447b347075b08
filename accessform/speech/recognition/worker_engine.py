"""An engine in a process of its own: a crash or a hang there is a typed error here, never a dead server."""

import atexit
import json
import logging
import os
import struct
import threading
import time
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from accessform.speech.recognition.confinement import KERNEL
from accessform.speech.recognition.containers import container_of
from accessform.speech.recognition.engine import Decoding, EngineCrashed, EngineTimedOut, Heard, NoRecognition
from accessform.speech.recognition.prompting import Prompt, holds_a_value
from accessform.speech.worker_process import WorkerProcess

logger = logging.getLogger(__name__)

WORKER = Path(__file__).with_name("worker.py")
START_SECONDS = 60.0
"""Loading takes 1 to 3 s for whisper-base; a model of 3 GB on a slow disk takes half a minute."""
CALL_SECONDS = 45.0
"""A short answer takes about 1 s, a minute of speech some 9 s with whisper-base on two busy cores."""
MOST_THREADS = 4
"""Whisper gains little beyond."""
MEMORY_BYTES = 4 * 1024**3
"""Address space beside the model; whisper-base and ten minutes of sound take 2.2 GiB of it and use 0.4."""
MEMORY_PER_MODEL_BYTE = 3
LONGEST_ANSWER = 1 << 20
ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "MALLOC_ARENA_MAX": "2",
}
"""What the worker is told besides PATH. onnxruntime reports to its maker unless told not to."""
_HEARD = TypeAdapter(Heard)


class WorkerEngine:
    """Listens through a worker process, started at first use and again after a crash; one call at a time."""

    def __init__(
        self,
        model: Path,
        *,
        worker: Path = WORKER,
        timeout: float = CALL_SECONDS,
        start_timeout: float = START_SECONDS,
    ) -> None:
        self.model = model
        self.worker = worker
        self.timeout = timeout
        self.start_timeout = start_timeout
        self.confined_by = ""
        self._lock = threading.Lock()
        self._process = WorkerProcess(worker, environment=ENVIRONMENT)
        self._ready = False
        atexit.register(self.stop)

    @property
    def pid(self) -> int | None:
        """The worker's process id, or None while there is none."""
        return self._process.pid

    def prepare(self) -> None:
        """Start the worker without waiting for its model to load; does nothing while somebody is being listened to."""
        if self._lock.acquire(blocking=False):
            try:
                self._start()
            except OSError:
                logger.warning("the process that listens does not start")
            finally:
                self._lock.release()

    def hear(self, audio: bytes, *, language: str, prompt: Prompt) -> Heard:
        """Return what the worker reports of a recording.

        Raises NoRecognition where the model does not load, EngineCrashed, EngineTimedOut; ValueError for a prompt with
        a value in it.
        """
        if prompt and any(holds_a_value(entry) for entry in prompt.split(", ")):
            raise ValueError("a prompt carries words, never values")
        container = container_of(audio)
        if container is None:
            return Heard(Decoding.UNREADABLE)
        asked = json.dumps({"container": container, "language": language, "prompt": prompt}).encode()
        with self._lock:
            try:
                self._start()
                self._await_ready()
                return self._ask(asked, audio)
            except TimeoutError as error:
                self._process.kill()
                raise EngineTimedOut(f"no answer in {self.timeout} s") from error
            except (OSError, EOFError) as error:
                self._process.kill()
                raise EngineCrashed("the process that listens died") from error
            except (ValueError, ValidationError):
                self._process.kill()
                raise EngineCrashed("the process that listens answered nonsense") from None

    def stop(self) -> None:
        """End the worker; the next call starts another."""
        with self._lock:
            self._process.kill()

    def _start(self) -> None:
        threads = min(os.cpu_count() or 1, MOST_THREADS)
        if self._process.start([str(self.model), str(threads), str(self._memory())]):
            self._ready = False

    def _memory(self) -> int:
        """Return the bytes of address space that the worker may take."""
        weights = self.model / "model.bin"
        return MEMORY_BYTES + MEMORY_PER_MODEL_BYTE * (weights.stat().st_size if weights.exists() else 0)

    def _await_ready(self) -> None:
        """Wait for the model to be loaded; raises NoRecognition where the worker dies of it."""
        if self._ready:
            return
        try:
            told = json.loads(self._read_message(time.monotonic() + self.start_timeout))
        except (EOFError, ValueError) as error:
            self._process.kill()
            raise NoRecognition("the model does not load") from error
        self.confined_by = str(told.get("confined_by", "")) if isinstance(told, dict) else ""
        if self.confined_by != KERNEL:
            logger.warning("this system cannot take the network away from the process that listens; Python refuses it")
        self._ready = True

    def _ask(self, asked: bytes, audio: bytes) -> Heard:
        deadline = time.monotonic() + self.timeout
        self._process.write(struct.pack(">I", len(asked)) + asked + struct.pack(">I", len(audio)), deadline)
        self._process.write(audio, deadline)
        return _HEARD.validate_json(self._read_message(deadline))

    def _read_message(self, deadline: float) -> bytes:
        (length,) = struct.unpack(">I", self._process.read(4, deadline))
        if length > LONGEST_ANSWER:
            raise ValueError("an endless answer")
        return self._process.read(length, deadline)
