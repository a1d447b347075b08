"""Django app of the room `adaptation`."""

from django.apps import AppConfig


class AdaptationConfig(AppConfig):
    """Register the room with Django, and what it keeps with trust."""

    name = "accessform.adaptation"

    def ready(self) -> None:
        """Register expiry, erasure and export of what is remembered about a journey, and the defects of forms."""
        from accessform.adaptation import muting, services
        from accessform.trust import erasure, export, retention
        from forms_catalog.workbench.defects import register_defects

        register_defects(muting.defects_told)

        retention.register("adaptation", services.purge_states)
        retention.register("signals", muting.purge_counts)
        erasure.register("adaptation", services.erase_state)
        export.register("adaptation", services.export_state)
