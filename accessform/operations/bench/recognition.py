"""Recognition figures, with the test model, on answers that the project's own synthetic voice says: no human voice."""

import io
import os
import time
import wave
from collections.abc import Iterator
from pathlib import Path

from accessform.operations.bench.figures import Figure, median
from accessform.operations.voice_model import assemble_model

ANSWERS = (
    "oui", "non", "tout à fait", "je ne sais pas", "le douze mars mille neuf cent quarante-huit",
    "le premier janvier deux mille vingt-quatre", "le trois août mille neuf cent soixante-quinze", "douze cents euros",
    "mille deux cent trente-quatre euros et cinquante centimes", "zéro six, douze, trente-quatre, cinquante-six, dix",
    "soixante-neuf mille trois", "trois", "quatre-vingt-dix-sept", "je suis veuve", "célibataire", "la deuxième",
    "douze rue des Lilas, Lyon", "Marseille", "Clermont-Ferrand", "je suis né en Algérie", "répétez", "retour",
    "je touche une pension de retraite", "aucun", "mon mari est décédé l'année dernière",
)  # fmt: skip
"""Spoken the way people answer, two thirds of them under two seconds."""


def measure_recognition() -> Iterator[Figure]:
    """Load the model, hear each answer once, and tell times, memory, and how far the words are from what was said."""
    from accessform.speech.management.measuring import percentile, word_errors
    from accessform.speech.recognition.recogniser import Recogniser
    from accessform.speech.recognition.worker_engine import WorkerEngine

    engine = WorkerEngine(assemble_model())
    recogniser = Recogniser(engine)
    sounds = [_said(answer) for answer in ANSWERS]
    started = time.perf_counter()
    recogniser.recognise(sounds[0])
    first = time.perf_counter() - started
    before = _processor_seconds(engine.pid, 0.0)
    times, errors, words = [], 0, 0
    for answer, sound in zip(ANSWERS, sounds, strict=True):
        started = time.perf_counter()
        found = recogniser.recognise(sound)
        times.append(time.perf_counter() - started)
        wrong, true = word_errors(answer, found.text)
        errors, words = errors + wrong, words + true
    yield Figure("recognition of a synthetic voice's answer: median", median(times), "s", at_most=1.5)
    yield Figure("recognition of a synthetic voice's answer: p95", percentile(times, 0.95), "s")
    yield Figure("recognition: first answer, the model loaded", first, "s")
    yield Figure("recognition: processor time of one answer", _processor_seconds(engine.pid, before) / len(times), "s")
    yield Figure("recognition: memory of its process", _memory(engine.pid), "MB")
    yield Figure("recognition of a synthetic voice: share of words that are wrong", errors / words, "")
    recogniser.stop()


def _said(text: str) -> bytes:
    """Return a WAV of the local voice saying `text`."""
    from accessform.speech.normalising.text import normalise
    from accessform.speech.voice import local_voice

    sound = local_voice().say(normalise(text)).sound
    whole = io.BytesIO()
    with wave.open(whole, "wb") as writing:
        writing.setnchannels(1)
        writing.setsampwidth(2)
        writing.setframerate(sound.rate)
        writing.writeframes(sound.pcm)
    return whole.getvalue()


def _processor_seconds(pid: int | None, before: float) -> float:
    """Return the processor time that a process has used since `before`, whatever else ran; 0 where it is not told."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") - before


def _memory(pid: int | None) -> float:
    """Return the largest resident memory of a process so far, in MB; 0 on a system that does not tell."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM")), 0.0)
