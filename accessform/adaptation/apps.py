"""Django app of the room `adaptation`."""

from django.apps import AppConfig


class AdaptationConfig(AppConfig):
    """Register the room with Django."""

    name = "accessform.adaptation"
