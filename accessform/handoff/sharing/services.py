"""The door of the agent's desk: everything it may ask of a shared file, and nothing that is not a consent's to give."""

from accessform.handoff.sharing.gate import Refusal, RefusalKind
from accessform.handoff.sharing.mandates import (
    describe_mandate,
    find_mandate,
    record_mandate,
    revoke_mandates,
    use_mandate,
)
from accessform.handoff.sharing.opening import OpenedFile, open_by_code, open_for_appointment
from accessform.handoff.sharing.reading import close_file, may_write, read_file
from accessform.handoff.sharing.shown import (
    RowState,
    SharedContent,
    SharedEntry,
    SharedFile,
    SharedRow,
    SharedStep,
)

__all__ = [
    "OpenedFile",
    "Refusal",
    "RefusalKind",
    "RowState",
    "SharedContent",
    "SharedEntry",
    "SharedFile",
    "SharedRow",
    "SharedStep",
    "close_file",
    "describe_mandate",
    "find_mandate",
    "may_write",
    "open_by_code",
    "open_for_appointment",
    "read_file",
    "record_mandate",
    "revoke_mandates",
    "use_mandate",
]
