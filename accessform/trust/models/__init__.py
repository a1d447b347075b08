"""What the room `trust` stores."""

from accessform.trust.models.staff import Authenticator, RecoveryCode
from accessform.trust.models.throttle import ThrottleCounter

__all__ = ["Authenticator", "RecoveryCode", "ThrottleCounter"]
