"""Django app of the room `handoff`."""

from django.apps import AppConfig


class HandoffConfig(AppConfig):
    """Register the room with Django."""

    name = "accessform.handoff"

    def ready(self) -> None:
        """Register what this room presents, erases, exports, purges and puts under a newer key."""
        from accessform.adaptation import presenting
        from accessform.handoff import access
        from accessform.handoff.services import erasing, finding
        from accessform.trust import erasure, export, retention, rotation

        presenting.register(access.presented_at)
        erasure.register("handoff", erasing.erase_hand_off)
        export.register("handoff", erasing.export_hand_off)
        retention.register("appointments", erasing.purge_appointments)
        retention.register("callbacks", erasing.purge_callbacks)
        retention.register("contacts", erasing.purge_contacts)
        rotation.register("appointment codes", finding.rehash_codes)
