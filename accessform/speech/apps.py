"""Django app of the room `speech`."""

from django.apps import AppConfig


class SpeechConfig(AppConfig):
    """Register the room with Django, and make the voice of a form when it is published."""

    name = "accessform.speech"

    def ready(self) -> None:
        """Listen to publications; register the system checks."""
        from accessform.speech import checks  # noqa: F401
        from accessform.speech.tasks import prepare_voice
        from forms_catalog.versioning import version_published

        version_published.connect(prepare_voice, dispatch_uid="speech.prepare_voice")
