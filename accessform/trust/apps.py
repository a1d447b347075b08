"""Django app of the room `trust`."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """Register the room with Django."""

    name = "accessform.trust"

    def ready(self) -> None:
        """Register the system checks and what this room purges."""
        from accessform.trust import checks, purging, retention  # noqa: F401

        retention.register("failures", purging.purge_failures)
        retention.register("sessions", purging.purge_sessions)
        retention.register("tasks", purging.purge_tasks)
