"""Figures of the voice, for the bench: how fast it speaks, and how fast a kept clip starts."""

import time
from collections.abc import Sequence

from accessform.speech.services import say_aloud
from accessform.speech.synthesis.mp3 import BYTES_PER_SECOND

SAMPLE = (
    "Quelle est votre date de naissance ? Écrivez le jour, le mois et l'année, par exemple le 12 mars 1948.",
    "Avez-vous déjà demandé l'APA ? Réponses possibles : oui ; non ; ou je ne sais pas.",
    "Joignez une copie de votre pièce d'identité. Vous pouvez la photographier maintenant ou l'envoyer plus tard.",
)


def rendering_speed(texts: Sequence[str] = SAMPLE) -> float:
    """Return seconds of MP3 made in one second of clock by one worker, its start left out. Raises SynthesisError."""
    list(say_aloud("Bonjour."))
    started = time.perf_counter()
    size = sum(len(audio) for text in texts for audio, _ in say_aloud(text))
    return size / BYTES_PER_SECOND / (time.perf_counter() - started)
