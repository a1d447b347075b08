"""Django app of the room `messages`; its label is `outbox`, since django.contrib.messages has the other name."""

from django.apps import AppConfig

SEND_EVERY_SECONDS = 30


class MessagesConfig(AppConfig):
    """Register the room with Django."""

    name = "accessform.messages"
    label = "outbox"

    def ready(self) -> None:
        """Register what this room checks, sends, erases, exports, purges and puts under a newer key."""
        from accessform.messages import checks, keeping, sending  # noqa: F401
        from accessform.trust import erasure, export, retention, rotation
        from accessform.web import periodic

        erasure.register("messages", keeping.erase_of_journey)
        export.register("messages", keeping.export_of_journey)
        retention.register("messages", keeping.purge_messages)
        retention.register("stopped_addresses", keeping.purge_stopped_addresses)
        rotation.register("addresses of messages", keeping.rehash_addresses)
        periodic.register("messages", seconds=SEND_EVERY_SECONDS, do=sending.enqueue_due)
