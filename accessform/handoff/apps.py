"""Django app of the room `handoff`."""

from django.apps import AppConfig


class HandoffConfig(AppConfig):
    """Register the room with Django."""

    name = "accessform.handoff"
