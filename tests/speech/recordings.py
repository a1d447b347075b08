"""Sounds for the recogniser: made in memory, in the containers that browsers record."""

import io
import math
import random
import struct
import wave
from array import array
from pathlib import Path

import pytest

from accessform.operations.voice_model import MODEL_FOLDER, MODEL_PACKAGES, assemble_model, missing_model_packages
from accessform.speech.normalising.text import normalise
from accessform.speech.recognition.installed import missing_files, missing_packages
from accessform.speech.synthesis.installed import PICO
from accessform.speech.synthesis.worker_engine import WorkerEngine
from tests.speech.conftest import installed

RATE = 16_000


def installed_model() -> Path:
    """Return the folder of the test model, or skip: it is installed by `make voice-demo`, and by `make test` in CI."""
    if missing := missing_packages():
        pytest.skip(f"{', '.join(missing)} not installed (make voice-tools)")
    if missing_files(MODEL_FOLDER) and missing_model_packages():
        pytest.skip(f"{', '.join(MODEL_PACKAGES)} not installed (make voice-demo)")
    return assemble_model(MODEL_FOLDER)


def wav(pcm: bytes, rate: int = RATE, channels: int = 1) -> bytes:
    """Return samples of 16 bits as a WAV file."""
    whole = io.BytesIO()
    with wave.open(whole, "wb") as writing:
        writing.setnchannels(channels)
        writing.setsampwidth(2)
        writing.setframerate(rate)
        writing.writeframes(pcm)
    return whole.getvalue()


def silence(seconds: float) -> bytes:
    """Return samples of nothing."""
    return bytes(2 * int(RATE * seconds))


def noise(seconds: float, level: float, seed: int = 1) -> bytes:
    """Return samples of white noise; `level` is the standard deviation, 1 is full scale."""
    rng = random.Random(seed)
    return array("h", (_clipped(rng.gauss(0, level)) for _ in range(int(RATE * seconds)))).tobytes()


def music(seconds: float) -> bytes:
    """Return samples of chords in a rhythm."""
    chords = ((261.6, 329.6, 392.0), (220.0, 277.2, 329.6), (174.6, 220.0, 261.6), (196.0, 246.9, 293.7))
    return array("h", (_clipped(_note(place / RATE, chords)) for place in range(int(RATE * seconds)))).tobytes()


def _note(at: float, chords: tuple[tuple[float, ...], ...]) -> float:
    chord = chords[int(at * 2) % len(chords)]
    fading = math.exp(-3 * (at * 2 % 1))
    return 0.2 * fading * sum(math.sin(2 * math.pi * pitch * at) for pitch in chord)


def _clipped(value: float) -> int:
    return int(max(-1.0, min(1.0, value)) * 32_767)


def said(*texts: str, pause: float = 0.0) -> bytes:
    """Return samples of Pico saying each text, `pause` seconds apart."""
    engine = WorkerEngine(installed(PICO))
    try:
        return silence(pause).join(engine.synthesize(normalise(text)).pcm for text in texts)
    finally:
        engine.stop()


def encoded(pcm: bytes, container: str, codec: str, rate: int = 48_000) -> bytes:
    """Return samples at RATE as a file of FFmpeg's `container` and `codec`, as a browser's MediaRecorder would."""
    import av
    import numpy as np

    whole = io.BytesIO()
    with av.open(whole, "w", format=container) as writing:
        stream = writing.add_stream(codec, rate=rate)
        stream.layout = "mono"  # type: ignore[attr-defined]
        samples = np.frombuffer(pcm, np.int16).reshape(1, -1)
        resampler = av.AudioResampler(format=stream.format.name, layout="mono", rate=rate)  # type: ignore[attr-defined]
        fifo = av.AudioFifo()
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = RATE
        for resampled in [*resampler.resample(frame), *resampler.resample(None)]:
            resampled.pts = None
            fifo.write(resampled)
        for piece in fifo.read_many(stream.frame_size or 1024, partial=True):  # type: ignore[attr-defined]
            piece.pts = piece.pts
            writing.mux(stream.encode(piece))  # type: ignore[attr-defined]
        writing.mux(stream.encode(None))  # type: ignore[attr-defined]
    return whole.getvalue()


def pictures_only(container: str = "webm", codec: str = "libvpx") -> bytes:
    """Return a short film without sound."""
    import av
    import numpy as np

    whole = io.BytesIO()
    with av.open(whole, "w", format=container) as writing:
        stream = writing.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"  # type: ignore[attr-defined]
        for shade in range(10):
            picture = av.VideoFrame.from_ndarray(np.full((64, 64, 3), shade * 20, np.uint8), format="rgb24")
            writing.mux(stream.encode(picture))  # type: ignore[attr-defined]
        writing.mux(stream.encode(None))  # type: ignore[attr-defined]
    return whole.getvalue()


def playlist(of: str) -> bytes:
    """Return a list of sounds that a decoder left to guess would open."""
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{of}\n#EXT-X-ENDLIST\n".encode()


def packed(message: bytes) -> bytes:
    """Return a message of the worker's protocol."""
    return struct.pack(">I", len(message)) + message
