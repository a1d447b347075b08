"""The words of a request: the one place where they are read."""

from django.http import HttpRequest

from accessform.journeys.by_voice.sound import sound_of
from accessform.journeys.typed import LONGEST_KEPT

WORDS = "voice-words"
STATE = "voice-state"


def heard_words(request: HttpRequest) -> str:
    """Return the answer that was said, dictated or typed in the box; "" for nothing.

    Where a sound came, it is the answer, whatever the box holds.
    """
    sound = sound_of(request)
    if sound is None:
        return typed_words(request)
    return "" if sound.trouble else sound.words


def typed_words(request: HttpRequest) -> str:
    """Return what the box holds."""
    return request.POST.get(WORDS, "").replace("\x00", "").strip()[:LONGEST_KEPT]
