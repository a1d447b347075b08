"""The voice of this installation, as the settings choose it; one worker a web process."""

from functools import cache

from django.conf import settings

from accessform.speech.synthesis.engine import VoiceIdentity
from accessform.speech.synthesis.installed import engines_for, gtts_identity
from accessform.speech.synthesis.local_voice import LocalVoice
from accessform.speech.synthesis.worker_engine import WorkerEngine


def local_identities() -> tuple[VoiceIdentity, ...]:
    """Return the local engines to try in order; empty where there is none."""
    return engines_for(settings.VOICE_ENGINE)


def is_voice_available() -> bool:
    """Tell whether « Écouter » can be offered. Starts nothing."""
    return bool(local_identities())


def catalogue_identity() -> VoiceIdentity | None:
    """Return the voice that catalogue clips are named after, or None where nothing can be heard.

    With gTTS chosen by the operator its clips are served where they were made; others are said by the local voice.
    """
    identities = local_identities()
    if not identities:
        return None
    return gtts_identity() if settings.VOICE_GTTS else identities[0]


def renders_locally() -> bool:
    """Tell whether this machine makes the clips; with gTTS only the operator's command does."""
    return not settings.VOICE_GTTS


def local_voice() -> LocalVoice:
    """Return this process's voice; its engines start at the first word."""
    return _voice_for(local_identities())


@cache
def _voice_for(identities: tuple[VoiceIdentity, ...]) -> LocalVoice:
    return LocalVoice([WorkerEngine(identity) for identity in identities])
