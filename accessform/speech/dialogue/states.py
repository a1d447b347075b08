"""Where the dialogue stands on one question, what may happen to it, and what a turn comes to."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from typing import Any

from accessform.speech.understanding.understood import Command, Value
from forms_catalog.definition import Constraints, QuestionType


class Phase(StrEnum):
    """What the person's next words answer to."""

    ASKING = "asking"
    VALIDATING = "validating"
    CONFIRMING = "confirming"
    STOPPED = "stopped"


class Rung(IntEnum):
    """How the question is put again, by the failures before it (design 5, rule 5).

    After one, shorter and with an example; after two, figure by figure or at most four answers; from the third on,
    the keyboard and a person stand beside it.
    """

    WHOLE = 0
    EXAMPLE = 1
    NARROWED = 2
    PERSON = 3


class Move(StrEnum):
    """What the page, or the voice, does after a turn."""

    ASK = "ask"
    ASK_BACK = "ask_back"
    VALIDATE = "validate"
    CONFIRM = "confirm"
    COMMIT = "commit"
    REPEAT = "repeat"
    SLOWER = "slower"
    HELP = "help"
    BACK = "back"
    SKIP = "skip"
    STOP = "stop"
    HUMAN = "human"


class Notice(StrEnum):
    """What is told before the question is put again."""

    NO_INPUT = "no_input"
    NO_MATCH = "no_match"
    REFUSED = "refused"
    CORRECTED = "corrected"
    UNKNOWN = "unknown"
    NEEDED = "needed"


class Evidence(StrEnum):
    """What a turn tells the assessment of difficulty; never a word that was said."""

    NO_INPUT = "no_input"
    NO_MATCH = "no_match"
    CORRECTION = "correction"


@dataclass(frozen=True)
class Asked:
    """The question that is being put: `choices` are key → label, `today` the day that « hier » counts from."""

    name: str
    kind: QuestionType
    choices: Mapping[str, str] = field(default_factory=dict)
    constraints: Constraints = field(default_factory=Constraints)
    today: dt.date | None = None
    required: bool = True


@dataclass(frozen=True)
class Dialogue:
    """The dialogue on one question: `value` waits for its validation or its yes, `pending` is what an ask keeps.

    `accepted` says that the form takes that very value, `agreed` that « Est-ce bien … ? » was answered yes for it.
    JSON values only.
    """

    name: str
    phase: Phase = Phase.ASKING
    failures: int = 0
    value: Value | None = None
    accepted: bool = False
    agreed: bool = False
    pending: Mapping[str, Any] | None = None

    @property
    def rung(self) -> Rung:
        """How the question is put now."""
        return Rung(min(self.failures, Rung.PERSON))

    def failed(self) -> "Dialogue":
        """Return the dialogue with one more failure."""
        return replace(self, failures=self.failures + 1)

    def emptied(self) -> "Dialogue":
        """Return the dialogue asking again, with nothing kept of what was said."""
        return replace(self, phase=Phase.ASKING, value=None, accepted=False, agreed=False, pending=None)

    def as_json(self) -> dict[str, Any]:
        """Return plain values, what is at its default left out."""
        value = list(self.value) if isinstance(self.value, (list, tuple)) else self.value
        told: dict[str, Any] = {"name": self.name, "phase": self.phase.value}
        told |= {"failures": self.failures} if self.failures else {}
        told |= {"value": value} if value is not None else {}
        told |= {name: True for name in ("accepted", "agreed") if getattr(self, name)}
        return told | ({"pending": dict(self.pending)} if self.pending else {})


def dialogue_from(data: Mapping[str, Any]) -> Dialogue:
    """Build the dialogue that `as_json` told; raises ValueError or KeyError on anything else."""
    return Dialogue(
        name=str(data["name"]),
        phase=Phase(data["phase"]),
        failures=int(data.get("failures", 0)),
        value=data.get("value"),
        accepted=data.get("accepted") is True,
        agreed=data.get("agreed") is True,
        pending=data.get("pending"),
    )


@dataclass(frozen=True)
class Heard:
    """Words said, dictated or typed; blank is silence."""

    words: str


@dataclass(frozen=True)
class Unrecognised:
    """A sound came, and no words could be made out in it: noise, music, a voice too far."""


@dataclass(frozen=True)
class Replied:
    """The buttons « Oui » and « Non » under « Est-ce exact ? »."""

    exact: bool


@dataclass(frozen=True)
class Validated:
    """What the form says of the value that it was given."""

    accepted: bool


@dataclass(frozen=True)
class Ordered:
    """A command pressed, not said."""

    command: Command


@dataclass(frozen=True)
class Resumed:
    """The person goes on after having stopped."""


Event = Heard | Unrecognised | Replied | Validated | Ordered | Resumed


@dataclass(frozen=True)
class Turn:
    """What one event came to: the dialogue after it, what is done, what is told first.

    `question` is the understanding's own question back; `value` is given with COMMIT alone.
    """

    dialogue: Dialogue
    move: Move
    notice: Notice | None = None
    question: str = ""
    value: Value | None = None
    evidence: Evidence | None = None
