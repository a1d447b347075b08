"""What anything that carries text messages does."""

from typing import Protocol


class SmsProvider(Protocol):
    """Carries text messages."""

    @property
    def drops_repeats(self) -> bool:
        """Whether a second call with the same key certainly reaches nobody: then an attempt in doubt is repeated."""

    def send(self, *, number: str, text: str, key: str) -> None:
        """Take one message for `number` (E.164). Raises Refused, NotTaken or InDoubt, never with the number."""
