"""Django app of the room `adaptation`."""

from django.apps import AppConfig


class AdaptationConfig(AppConfig):
    """Register the room with Django, and what it keeps with trust."""

    name = "accessform.adaptation"

    def ready(self) -> None:
        """Register expiry, erasure and export of what is remembered about a journey."""
        from accessform.adaptation import services
        from accessform.trust import erasure, export, retention

        retention.register("adaptation", services.purge_states)
        erasure.register("adaptation", services.erase_state)
        export.register("adaptation", services.export_state)
