"""Which engines this machine has, without starting any."""

import importlib.metadata
import importlib.util
from functools import cache

from accessform.speech.synthesis.engine import VoiceIdentity

PICO, ESPEAK, GTTS = "pico", "espeak", "gtts"
_PACKAGES = {PICO: ("py_nanotts", "py-nanotts", "fr-FR"), ESPEAK: ("espeakng_loader", "espeakng-loader", "fr")}
CHOICES = ("auto", PICO, ESPEAK, "none")


@cache
def identity_of(engine: str) -> VoiceIdentity | None:
    """Return the identity of a local engine, or None where its package is not installed."""
    module, package, voice = _PACKAGES[engine]
    if importlib.util.find_spec(module) is None:
        return None
    return VoiceIdentity(engine, importlib.metadata.version(package), voice)


@cache
def gtts_identity() -> VoiceIdentity:
    """Return the identity of Google's voice as gTTS asks for it."""
    return VoiceIdentity(GTTS, importlib.metadata.version("gTTS"), "fr")


def engines_for(choice: str) -> tuple[VoiceIdentity, ...]:
    """Return the engines to try in order for ACCESSFORM_VOICE_ENGINE; espeak is the fallback of pico.

    Raises ValueError for an unknown choice.
    """
    if choice not in CHOICES:
        raise ValueError(f"ACCESSFORM_VOICE_ENGINE is {choice!r}; it must be one of {', '.join(CHOICES)}")
    wanted = {"auto": (PICO, ESPEAK), PICO: (PICO, ESPEAK), ESPEAK: (ESPEAK,), "none": ()}[choice]
    return tuple(identity for name in wanted if (identity := identity_of(name)) is not None)
