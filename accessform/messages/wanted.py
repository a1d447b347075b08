"""Is a message still wanted? Asked of the room that its subject belongs to, just before it leaves."""

from collections.abc import Callable

from accessform.messages.models import OutboxMessage

StillWanted = Callable[[OutboxMessage], bool]

_hooks: dict[str, StillWanted] = {}


def register(subject_kind: str, still_wanted: StillWanted) -> None:
    """Have `still_wanted(message)` decide for the subjects « subject_kind:… »; rooms do so in AppConfig.ready.

    False withdraws the message for good. Raises ValueError when the kind belongs to another hook.
    """
    if _hooks.get(subject_kind, still_wanted) is not still_wanted:
        raise ValueError(f"two hooks say whether messages about {subject_kind!r} are wanted")
    _hooks[subject_kind] = still_wanted


def is_wanted(message: OutboxMessage) -> bool:
    """Tell whether the message may leave; a kind of subject without a hook is always wanted."""
    hook = _hooks.get(message.subject.partition(":")[0])
    return hook is None or hook(message)


def subject_id(message: OutboxMessage) -> str:
    """Return what follows the kind in the message's subject."""
    return message.subject.partition(":")[2]
