"""Django app of the room `journeys`."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Register the room with Django."""

    name = "accessform.journeys"
