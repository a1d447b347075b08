"""Django app of the room `web`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Register the room with Django."""

    name = "accessform.web"

    def ready(self) -> None:
        """Register the system checks."""
        from accessform.web import checks  # noqa: F401
