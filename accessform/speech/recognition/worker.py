"""The process that listens. Run by path: `python -I worker.py FOLDER THREADS MEMORY`; Django and its settings stay out.

Decoders and engines are native code that hostile sounds can crash or hang: they live here, alone, without network,
without a file to write (confinement.py). Every message is 4 bytes of length (big endian) and as many bytes. It begins
by sending {"ready", "confined_by"}; a request is JSON {"container", "language", "prompt"}, then the sound; an answer is
JSON. Standard output and error go nowhere: no word of a person and no library's warning reaches a log.
"""

import json
import os
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Hear = Callable[[bytes, str, str, str], dict[str, Any]]

SUICIDE_SECONDS = 120.0
"""Longer than any parent's time-out: ends a hanging worker whose parent is gone."""


def read_exactly(descriptor: int, count: int) -> bytes:
    """Return `count` bytes; ends the process where the parent has closed its end."""
    received = bytearray()
    while len(received) < count:
        chunk = os.read(descriptor, min(count - len(received), 1 << 20))
        if not chunk:
            sys.exit(0)
        received += chunk
    return bytes(received)


def read_message(descriptor: int) -> bytes:
    """Return the next message."""
    (length,) = struct.unpack(">I", read_exactly(descriptor, 4))
    return read_exactly(descriptor, length)


def write_message(descriptor: int, content: dict[str, Any]) -> None:
    """Send one JSON message."""
    data = json.dumps(content).encode()
    data = struct.pack(">I", len(data)) + data
    while data:
        data = data[os.write(descriptor, data) :]


def alarm(seconds: float) -> None:
    """End this process after `seconds`, 0 for never, where the system has such a clock."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def serve(hear: Hear, answers: int) -> None:
    """Answer requests until the parent closes; what an engine raises is told by its type alone."""
    while True:
        asked = json.loads(read_message(0))
        audio = read_message(0)
        alarm(SUICIDE_SECONDS)
        try:
            found = hear(audio, asked["container"], asked["language"], asked["prompt"])
        except Exception as error:
            found = {"error": type(error).__name__}
        write_message(answers, found)
        del audio, found
        alarm(0)


def main() -> None:
    """Keep the pipe to the parent for answers alone, give everything else up, load the engine, serve."""
    answers = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    sys.path.append(str(Path(__file__).resolve().parents[3]))
    from accessform.speech.recognition.confinement import confine

    folder, threads, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    alarm(SUICIDE_SECONDS)
    confined_by = confine(memory)
    from accessform.speech.recognition.whisper import Whisper

    engine = Whisper(folder, threads)
    alarm(0)
    write_message(answers, {"ready": True, "confined_by": confined_by})
    serve(engine.hear, answers)


if __name__ == "__main__":
    main()
