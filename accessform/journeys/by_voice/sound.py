"""The sound of a POST: words once a request, made on this machine, counted against a limit, kept nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest

from accessform.adaptation.preferences import Presentation
from accessform.speech.recognising import is_recognition_available, prepare_recognition, recognise_sent
from accessform.speech.recognition.outcomes import Recognised, RecognitionOutcome
from accessform.speech.sound_uploads import SOUND_FIELD, SoundUploadHandler
from accessform.trust import throttle
from accessform.trust.network import client_network

_RECOGNISED = "recognised_sound"
"""The attribute of the request that holds what came of its sound, until the request ends."""


class Trouble(StrEnum):
    """Why a sound is no answer, where the person's words are not the reason: no failure of theirs."""

    TOO_LONG = "too_long"
    TOO_LONG_UNHEARD = "too_long_unheard"
    """Nothing of it is shown: it was too heavy to be listened to, no word was made out, or the page has no place."""
    UNREADABLE = "unreadable"
    BUSY = "busy"
    FAILED = "failed"
    UNAVAILABLE = "unavailable"
    TOO_MANY = "too_many"


_TROUBLES = {
    RecognitionOutcome.TOO_LONG: Trouble.TOO_LONG,
    RecognitionOutcome.UNREADABLE: Trouble.UNREADABLE,
    RecognitionOutcome.BUSY: Trouble.BUSY,
    RecognitionOutcome.FAILED: Trouble.FAILED,
    RecognitionOutcome.UNAVAILABLE: Trouble.UNAVAILABLE,
}
_WORTH_ANOTHER_TRY = frozenset({Trouble.BUSY, Trouble.FAILED})


@dataclass(frozen=True)
class Sound:
    """What came of a sound: words, or a trouble, or neither (silence where `is_silent`, else noise).

    `words` under a trouble are the beginning of what was too long: shown to be completed, never taken.
    """

    words: str = ""
    trouble: Trouble | None = None
    is_silent: bool = False

    def __repr__(self) -> str:
        """Tell no word: a representation ends up in logs."""
        return f"<Sound {self.trouble or 'heard'}>"


@dataclass(frozen=True)
class Microphone:
    """What templates/journeys/microphone.html draws: who hears, and whether the last sound is worth sending again."""

    on_server: bool
    again: bool = False


def microphone_of(presentation: Presentation, trouble: Trouble | None = None) -> Microphone | None:
    """Return the microphone of a page; None where pages go without scripts. Wakes the recogniser."""
    if presentation.plain_form:
        return None
    if trouble is not Trouble.UNAVAILABLE:
        prepare_recognition()
    return Microphone(is_recognition_available(), trouble in _WORTH_ANOTHER_TRY)


def has_sound(request: HttpRequest) -> bool:
    """Tell whether a recording came with the request, one that was too large to be kept included."""
    handlers = [handler for handler in request.upload_handlers if isinstance(handler, SoundUploadHandler)]
    return SOUND_FIELD in request.FILES or any(handler.is_too_large for handler in handlers)


def sound_of(request: HttpRequest, prompt_words: Iterable[str] = ()) -> Sound | None:
    """Return what came of the request's sound, None without one. Recognised at the first call; about a second."""
    if not has_sound(request):
        return None
    found: Sound | None = getattr(request, _RECOGNISED, None)
    if found is None:
        found = _recognised(request, prompt_words)
        setattr(request, _RECOGNISED, found)
    return found


def _recognised(request: HttpRequest, prompt_words: Iterable[str]) -> Sound:
    counted = [
        throttle.take_attempt("sound_session", request.session.session_key or ""),
        throttle.take_attempt("sound_network", client_network(request)),
    ]
    if not all(counted):
        return Sound(trouble=Trouble.TOO_MANY)
    return _sound(recognise_sent(request, prompt_words=prompt_words))


def _sound(heard: Recognised) -> Sound:
    words, trouble = heard.text or heard.beginning, _TROUBLES.get(heard.outcome)
    return Sound(
        words=words,
        trouble=Trouble.TOO_LONG_UNHEARD if trouble is Trouble.TOO_LONG and not words else trouble,
        is_silent=heard.outcome is RecognitionOutcome.SILENCE,
    )
