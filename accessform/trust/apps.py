"""Django app of the room `trust`."""

from django.apps import AppConfig

PURGE_EVERY_SECONDS = 3600


class TrustConfig(AppConfig):
    """Register the room with Django."""

    name = "accessform.trust"

    def ready(self) -> None:
        """Register the system checks and what this room purges."""
        from accessform.trust import checks, purging, retention  # noqa: F401
        from accessform.web import periodic

        retention.register("failures", purging.purge_failures)
        retention.register("sessions", purging.purge_sessions)
        retention.register("tasks", purging.purge_tasks)
        periodic.register("retention", seconds=PURGE_EVERY_SECONDS, do=purging.purge_now)
