"""System checks of the voice's settings."""

import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from accessform.speech.recognition.installed import missing_files, missing_packages
from accessform.speech.synthesis.command_engine import read_command
from accessform.speech.synthesis.installed import CHOICES, engines_for


@register()
def voice_settings_make_sense(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse an unknown engine; say when the chosen one is not installed, since the buttons then disappear."""
    choice = settings.VOICE_ENGINE
    if choice not in CHOICES:
        return [Error(f"ACCESSFORM_VOICE_ENGINE={choice!r}: choose {', '.join(CHOICES)}.", id="speech.E001")]
    wrong = _wrong_command()
    if choice != "none" and not engines_for(choice):
        return [
            *wrong,
            Warning(f"No voice engine for ACCESSFORM_VOICE_ENGINE={choice}: nobody can listen.", id="speech.W001"),
        ]
    return wrong


def _wrong_command() -> list[CheckMessage]:
    """Refuse a voice command that cannot be read or run; it is not run here."""
    try:
        command = read_command(settings.VOICE_COMMAND)
    except ValueError as error:
        hint = 'Write a JSON list: ["/opt/piper/piper", "--model", "/opt/voix/fr.onnx", "--output_file", "-"].'
        return [Error(f"ACCESSFORM_VOICE_COMMAND: {error}.", hint=hint, id="speech.E004")]
    if command and shutil.which(command[0]) is None:
        return [Error(f"ACCESSFORM_VOICE_COMMAND: {command[0]} cannot be run.", id="speech.E005")]
    missing = [part for part in command[1:] if os.path.isabs(part) and not os.path.exists(part)]
    return [Error(f"ACCESSFORM_VOICE_COMMAND: {part} does not exist.", id="speech.E006") for part in missing]


@register()
def recognition_settings_make_sense(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a path that holds no model, or one without the packages to use it; no path turns recognition off."""
    model = settings.RECOGNITION_MODEL
    if not model:
        return []
    if files := missing_files(Path(model)):
        told = f"ACCESSFORM_RECOGNITION_MODEL={model}: this folder lacks {', '.join(files)}."
        return [Error(told, hint="Name the folder of a Whisper model in CTranslate2's form.", id="speech.E002")]
    if packages := missing_packages():
        told = f"ACCESSFORM_RECOGNITION_MODEL is set, and {', '.join(packages)} is not installed."
        return [Error(told, hint="Run `make voice-tools`.", id="speech.E003")]
    return []
