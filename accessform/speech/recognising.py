"""What a view calls: a recording becomes words, on this machine, in memory only.

heard = recognise_sent(request, prompt_words=[label])      # the sound of a request, field SOUND_FIELD
if heard.outcome is RecognitionOutcome.WORDS:
    understood = understand(kind, heard.text, …)
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from accessform.speech.recognition.installed import missing_files, missing_packages
from accessform.speech.recognition.outcomes import Recognised, RecognitionOutcome
from accessform.speech.recognition.recogniser import Recogniser
from accessform.speech.recognition.worker_engine import WorkerEngine
from accessform.speech.sound_uploads import SoundTooLarge, sent_sound


def is_recognition_available() -> bool:
    """Tell whether the microphone can be offered: a model is set, and what it needs is there. Starts nothing."""
    return bool(settings.RECOGNITION_MODEL) and _is_complete(settings.RECOGNITION_MODEL)


def recognise(audio: bytes, *, prompt_words: Iterable[str] = ()) -> Recognised:
    """Return what came of a recording, as a browser made it (WebM, Ogg, MP4, WAV). Raises nothing; keeps nothing.

    `prompt_words` help to hear the answer (labels, names of things); those that hold a number, a day or a month are
    left out. The call takes about a second, 105 s at the very most.
    """
    if not is_recognition_available():
        return Recognised(RecognitionOutcome.UNAVAILABLE)
    return recogniser().recognise(audio, prompt_words=prompt_words)


def recognise_sent(request: HttpRequest, *, prompt_words: Iterable[str] = ()) -> Recognised:
    """Return what came of the sound of a request: TOO_LONG above the limit, UNREADABLE where there is none."""
    try:
        return recognise(sent_sound(request), prompt_words=prompt_words)
    except SoundTooLarge:
        return Recognised(RecognitionOutcome.TOO_LONG)


def prepare_recognition() -> None:
    """Load the model ahead of the first recording, as when a page offers the microphone. Returns at once."""
    if is_recognition_available():
        recogniser().prepare()


def recogniser() -> Recogniser:
    """Return this process's recogniser; its worker starts at the first recording."""
    return _recogniser_for(settings.RECOGNITION_MODEL)


@cache
def _recogniser_for(model: str) -> Recogniser:
    return Recogniser(WorkerEngine(Path(model)))


@cache
def _is_complete(model: str) -> bool:
    return not missing_packages() and not missing_files(Path(model))
