"""What came of one utterance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """The six things that an utterance may be."""

    VALUE = "value"
    ASK = "ask"
    UNKNOWN = "unknown"
    COMMAND = "command"
    NO_INPUT = "no_input"
    NO_MATCH = "no_match"


class Command(StrEnum):
    """What a person may ask of the dialogue at any moment."""

    REPEAT = "repeat"
    SLOWER = "slower"
    HELP = "help"
    BACK = "back"
    CORRECT = "correct"
    SKIP = "skip"
    STOP = "stop"
    HUMAN = "human"


Value = bool | int | str | Sequence[str]


@dataclass(frozen=True)
class Understood:
    """An outcome with what belongs to it.

    `pending` is what an ask keeps of the utterance, so that the next one may complete it; it holds JSON values only.
    """

    outcome: Outcome
    value: Value | None = None
    command: Command | None = None
    question: str = ""
    pending: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the contract's object; what an outcome does not carry is left out."""
        found: dict[str, Any] = {"outcome": self.outcome.value}
        if self.outcome is Outcome.VALUE:
            found["value"] = list(self.value) if isinstance(self.value, (list, tuple)) else self.value
        if self.command is not None:
            found["command"] = self.command.value
        if self.outcome is Outcome.ASK:
            found["question"] = self.question
        if self.pending:
            found["pending"] = dict(self.pending)
        return found


NO_INPUT = Understood(Outcome.NO_INPUT)
NO_MATCH = Understood(Outcome.NO_MATCH)
UNKNOWN = Understood(Outcome.UNKNOWN)


def answered(value: Value) -> Understood:
    """Return a whole answer."""
    return Understood(Outcome.VALUE, value=value)


def asked(question: str, **pending: Any) -> Understood:
    """Return a question back, with what is already known."""
    return Understood(Outcome.ASK, question=question, pending=pending or None)
