"""Give a person everything that is held about their journey, as JSON (GDPR, art. 15 and 20)."""

import uuid
from collections.abc import Callable
from typing import Any

from django.utils import timezone

EXPORT_FORMAT = 1

ExportHandler = Callable[[uuid.UUID], Any]

_handlers: dict[str, ExportHandler] = {}


def register(name: str, handler: ExportHandler) -> None:
    """Have `handler(journey_id)` give its part of an export: JSON values, or None where it holds nothing.

    Raises ValueError when `name` belongs to another handler.
    """
    if _handlers.get(name, handler) is not handler:
        raise ValueError(f"two export handlers are named {name!r}")
    _handlers[name] = handler


def registered() -> list[str]:
    """Return the names of the parts of an export."""
    return list(_handlers)


def export_journey(journey_id: uuid.UUID) -> dict[str, Any]:
    """Return what every room holds about a journey, by room."""
    parts = {name: handler(journey_id) for name, handler in _handlers.items()}
    held = {name: part for name, part in parts.items() if part is not None}
    return {"format": EXPORT_FORMAT, "journey": str(journey_id), "made_at": timezone.now().isoformat(), "held": held}
