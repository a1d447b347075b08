"""Django app of the room `speech`."""

from django.apps import AppConfig


class SpeechConfig(AppConfig):
    """Register the room with Django."""

    name = "accessform.speech"
