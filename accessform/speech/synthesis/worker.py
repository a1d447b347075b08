"""The process that speaks. Run by path with `python -I worker.py pico|espeak`; imports nothing of accessform.

The engines are native code that can crash or hang: they live here, alone. A request is 4 bytes of length (big endian)
and UTF-8 text; the answer is a status byte (0 fine, 1 refused), the rate, the length of the samples and the number of
marks (4 bytes each), then the samples, then for each mark its place in the text and its millisecond (4 bytes each).
Nothing is written to disk: no core dump, standard output and error go nowhere.
"""

import ctypes
import os
import signal
import struct
import sys
from collections.abc import Callable
from typing import Any

Marks = list[tuple[int, int]]
Speak = Callable[[str], tuple[bytes, int, Marks]]

SUICIDE_SECONDS = 15.0
"""Longer than any parent's time-out: ends a hanging worker whose parent is gone."""
MEMORY_BYTES = 1024**3


def pico() -> Speak:
    """Load SVOX Pico's French voice."""
    from py_nanotts import NanoTTS

    engine = NanoTTS()
    return lambda text: (engine.speak(text, voice="fr-FR"), 16_000, [])


class EspeakEvent(ctypes.Structure):
    """espeak_EVENT of espeak-ng's speak_lib.h; a list of them ends with type 0."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    ]


def espeak() -> Speak:
    """Load espeak-ng's French voice from the wheel's library and data."""
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    retrieval, keep_running = 1, 0x8000
    rate = library.espeak_Initialize(retrieval, 0, espeakng_loader.get_data_path().encode(), keep_running)
    if rate <= 0 or library.espeak_SetVoiceByName(b"fr") != 0:
        raise RuntimeError("espeak-ng did not start")
    collected = bytearray()
    marks: Marks = []
    callback_type = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(EspeakEvent))
    end, word = 0, 1

    def collect(samples: int | None, count: int, events: Any) -> int:
        if samples and count:
            collected.extend(ctypes.string_at(samples, 2 * count))
        place = 0
        while events and events[place].type != end:
            if events[place].type == word:
                marks.append((max(0, events[place].text_position - 1), max(0, events[place].audio_position)))
            place += 1
        return 0

    callback = callback_type(collect)
    library.espeak_SetSynthCallback(callback)
    utf8 = 1

    def speak(text: str, kept_alive: object = callback) -> tuple[bytes, int, Marks]:
        collected.clear()
        marks.clear()
        data = text.encode() + b"\0"
        if library.espeak_Synth(data, len(data), 0, 0, 0, utf8, None, None) != 0:
            raise RuntimeError("espeak-ng refused")
        library.espeak_Synchronize()
        return bytes(collected), rate, list(marks)

    return speak


def confine() -> None:
    """Limit memory and forbid core dumps, where the system can."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    except (ImportError, OSError, ValueError):
        return


def read_exactly(descriptor: int, count: int) -> bytes:
    """Return `count` bytes; ends the process where the parent has closed its end."""
    received = b""
    while len(received) < count:
        chunk = os.read(descriptor, count - len(received))
        if not chunk:
            sys.exit(0)
        received += chunk
    return received


def serve(speak: Speak, answers: int) -> None:
    """Answer requests until the parent closes."""
    with os.fdopen(answers, "wb") as stream:
        while True:
            (length,) = struct.unpack(">I", read_exactly(0, 4))
            text = read_exactly(0, length).decode()
            if hasattr(signal, "setitimer"):
                signal.setitimer(signal.ITIMER_REAL, SUICIDE_SECONDS)
            try:
                pcm, rate, marks = speak(text)
                told = b"".join(struct.pack(">II", *mark) for mark in marks)
                stream.write(struct.pack(">BIII", 0, rate, len(pcm), len(marks)) + pcm + told)
            except Exception:
                stream.write(struct.pack(">BIII", 1, 0, 0, 0))
            stream.flush()
            if hasattr(signal, "setitimer"):
                signal.setitimer(signal.ITIMER_REAL, 0)


def main() -> None:
    """Keep the pipe to the parent for answers alone, load the engine, serve."""
    answers = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    confine()
    serve({"pico": pico, "espeak": espeak}[sys.argv[1]](), answers)


if __name__ == "__main__":
    main()
