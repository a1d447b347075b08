"""Erase everything that is held about one journey (GDPR, art. 17), whichever rooms hold it."""

import uuid
from collections.abc import Callable

from django.db import transaction

ErasureHandler = Callable[[uuid.UUID], None]

_handlers: dict[str, ErasureHandler] = {}


def register(name: str, handler: ErasureHandler) -> None:
    """Have `handler(journey_id)` called when a journey is erased; rooms do so in AppConfig.ready.

    A handler deletes rows at once, and files from transaction.on_commit; it is silent where it holds nothing.
    Raises ValueError when `name` belongs to another handler.
    """
    if _handlers.get(name, handler) is not handler:
        raise ValueError(f"two erasure handlers are named {name!r}")
    _handlers[name] = handler


def registered() -> list[str]:
    """Return the names of the handlers, in the order in which they run."""
    return list(_handlers)


def erase_journey(journey_id: uuid.UUID) -> None:
    """Erase what every room holds about a journey, all or nothing.

    What was sent to a service is the service's own copy: it follows retention.toml, not this.
    """
    with transaction.atomic():
        for handler in _handlers.values():
            handler(journey_id)
