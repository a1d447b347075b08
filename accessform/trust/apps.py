"""Django app of the room `trust`."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """Register the room with Django."""

    name = "accessform.trust"
