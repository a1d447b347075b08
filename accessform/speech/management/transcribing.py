"""`manage.py speech transcribe`: the words of recordings, one line each."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from accessform.speech.recognising import is_recognition_available, recogniser
from accessform.speech.recognition.outcomes import Recognised, RecognitionOutcome
from accessform.speech.recognition.recogniser import MAX_SOUND_BYTES, Recogniser

TOLD = {
    RecognitionOutcome.SILENCE: "silence",
    RecognitionOutcome.NO_WORDS: "aucun mot distinct",
    RecognitionOutcome.TOO_LONG: "trop long : une minute de parole, dix minutes et 12 Mo au plus",
    RecognitionOutcome.UNREADABLE: "ce n'est pas un son lisible",
    RecognitionOutcome.BUSY: "occupé",
    RecognitionOutcome.UNAVAILABLE: "le modèle ne se charge pas",
    RecognitionOutcome.FAILED: "le moteur s'est arrêté ou n'a pas répondu à temps",
}


class NotListening(Exception):
    """This installation recognises nothing; the message says what to set."""


def installed_recogniser() -> Recogniser:
    """Return the recogniser of this installation; raises NotListening."""
    if is_recognition_available():
        return recogniser()
    if settings.RECOGNITION_MODEL:
        raise NotListening("ACCESSFORM_RECOGNITION_MODEL ne nomme pas un modèle complet ; voyez « manage.py check ».")
    raise NotListening("Aucun modèle de reconnaissance : nommez son dossier dans ACCESSFORM_RECOGNITION_MODEL.")


def transcribe_files(files: Iterable[Path], *, as_json: bool) -> Iterator[tuple[str, bool]]:
    """Yield a line for each file and whether it has words; raises NotListening."""
    listening = installed_recogniser()
    for file in files:
        try:
            found = listening.recognise(read_recording(file))
        except OSError as error:
            yield _line(file, {"error": f"illisible : {error.strerror}"}, as_json=as_json), False
        else:
            yield _line(file, _described(found), as_json=as_json), found.outcome is RecognitionOutcome.WORDS


def read_recording(file: Path) -> bytes:
    """Return the bytes of a file, one more than the limit at most; raises OSError."""
    with file.open("rb") as reading:
        return reading.read(MAX_SOUND_BYTES + 1)


def _described(found: Recognised) -> dict[str, Any]:
    told: dict[str, Any] = {"outcome": found.outcome.value, "seconds": round(found.seconds, 2)}
    if found.outcome is RecognitionOutcome.WORDS:
        told |= {"text": found.text, "confidence": round(found.confidence, 3)}
    if found.beginning:
        told["beginning"] = found.beginning
    return told


def _line(file: Path, told: dict[str, Any], *, as_json: bool) -> str:
    if as_json:
        return json.dumps({"file": str(file), **told}, ensure_ascii=False)
    reason = told.get("error") or TOLD.get(told["outcome"], "")
    return f"{file.name} : {told.get('text') or f'({reason})'}"
