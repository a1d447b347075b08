"""System checks of the voice's settings."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from accessform.speech.synthesis.installed import CHOICES, engines_for


@register()
def voice_settings_make_sense(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse an unknown engine; say when the chosen one is not installed, since the buttons then disappear."""
    choice = settings.VOICE_ENGINE
    if choice not in CHOICES:
        return [Error(f"ACCESSFORM_VOICE_ENGINE={choice!r}: choose {', '.join(CHOICES)}.", id="speech.E001")]
    if choice != "none" and not engines_for(choice):
        return [Warning(f"No voice engine for ACCESSFORM_VOICE_ENGINE={choice}: nobody can listen.", id="speech.W001")]
    return []
