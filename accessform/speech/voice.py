"""The voice of this installation, as the settings choose it; one worker a web process."""

from functools import cache

from django.conf import settings

from accessform.speech.synthesis.command_engine import COMMAND, CommandEngine, command_identity, read_command
from accessform.speech.synthesis.engine import Engine, VoiceIdentity
from accessform.speech.synthesis.installed import engines_for, gtts_identity
from accessform.speech.synthesis.local_voice import LocalVoice
from accessform.speech.synthesis.worker_engine import WorkerEngine


def local_identities() -> tuple[VoiceIdentity, ...]:
    """Return the engines that may say anything, in the order they are tried; empty where there is none.

    The operator's command is among them only where the operator answers for its being local: it would hear what
    people typed.
    """
    engines = engines_for(settings.VOICE_ENGINE)
    return (*_commanded(), *engines) if settings.VOICE_COMMAND_IS_LOCAL else engines


def catalogue_identities() -> tuple[VoiceIdentity, ...]:
    """Return the engines that say the texts of published forms, in order; empty where nothing can be heard."""
    return (*_commanded(), *engines_for(settings.VOICE_ENGINE)) if local_identities() else ()


def _commanded() -> tuple[VoiceIdentity, ...]:
    """Return the voice of the operator's command, or nothing; a badly written one is told by the system checks."""
    if settings.VOICE_ENGINE == "none":
        return ()
    try:
        command = read_command(settings.VOICE_COMMAND)
    except ValueError:
        return ()
    return (_command_identity(command),) if command else ()


@cache
def _command_identity(command: tuple[str, ...]) -> VoiceIdentity:
    return command_identity(command)


def is_voice_available() -> bool:
    """Tell whether « Écouter » can be offered. Starts nothing."""
    return bool(local_identities())


def catalogue_identity() -> VoiceIdentity | None:
    """Return the voice that catalogue clips are named after, or None where nothing can be heard.

    With gTTS chosen by the operator its clips are served where they were made; others are said by the local voice.
    """
    identities = catalogue_identities()
    if not identities:
        return None
    return gtts_identity() if settings.VOICE_GTTS else identities[0]


def renders_locally() -> bool:
    """Tell whether this machine makes the clips; with gTTS only the operator's command does."""
    return not settings.VOICE_GTTS


def catalogue_voice() -> LocalVoice:
    """Return this process's voice for the texts of published forms."""
    return _voice_for(catalogue_identities())


def local_voice() -> LocalVoice:
    """Return this process's voice for anything, what people typed included; its engines start at the first word."""
    return _voice_for(local_identities())


@cache
def _voice_for(identities: tuple[VoiceIdentity, ...]) -> LocalVoice:
    return LocalVoice([_engine_for(identity) for identity in identities])


@cache
def _engine_for(identity: VoiceIdentity) -> Engine:
    if identity.engine == COMMAND:
        return CommandEngine(read_command(settings.VOICE_COMMAND))
    return WorkerEngine(identity)
