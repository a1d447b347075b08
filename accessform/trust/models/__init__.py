"""What the room `trust` stores."""

from accessform.trust.models.throttle import ThrottleCounter

__all__ = ["ThrottleCounter"]
