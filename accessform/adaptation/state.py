"""What the policy remembers of one journey: plain values only, so that it can be stored, read and replayed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from operator import attrgetter
from typing import Any

from accessform.adaptation.preferences import Value
from accessform.observation.hints import HintValue
from accessform.observation.struggle import Observations, observations_from

FORMAT = 2
"""1: before counters of the browser. Rows of either are read; what a row lacks is as in a journey that begins."""

MAX_DECISIONS = 300
"""Decisions kept, the latest: more than the longest form can bring, so that no sequence of events can grow the row."""


class Adaptation(StrEnum):
    """What can change for a person."""

    ERROR_HELP = "error_help"
    PLAIN_WORDING = "plain_wording"
    EASY_WORDING = "easy_wording"
    TOLERANT_INPUT = "tolerant_input"
    CHOICE_HELP = "choice_help"
    STEP_MAP = "step_map"
    ONE_QUESTION = "one_question"
    LARGER_TARGETS = "larger_targets"
    LARGER_TEXT = "larger_text"
    HIGHER_CONTRAST = "higher_contrast"
    VOICE = "voice"


class Action(StrEnum):
    """What the policy decides."""

    APPLY = "apply"
    OFFER = "offer"
    HAND_OFF = "hand_off"
    WITHDRAW = "withdraw"


class Status(StrEnum):
    """Where a change or an offer stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    APPLIED = "applied"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"
    REPLACED = "replaced"


IN_FORCE = frozenset({Status.ACCEPTED, Status.APPLIED})


@dataclass(frozen=True, slots=True)
class Reason:
    """A fact of the page behind a decision: a signal and its count, never a judgement. `name` is a hint's."""

    signal: str
    count: int
    step: str | None = None
    question: str | None = None
    name: str | None = None

    def as_dict(self) -> dict[str, Value]:
        """Return plain values, what is absent left out."""
        values: dict[str, Value | None] = {"signal": self.signal, "count": self.count, "step": self.step}
        values |= {"question": self.question, "name": self.name}
        return {key: value for key, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Decision:
    """One automatic decision, with what it rests on. `adaptation` is None for a hand-off."""

    at: float
    action: Action
    adaptation: Adaptation | None
    rule: str
    policy_version: str
    reasons: tuple[Reason, ...] = ()
    step: str | None = None
    question: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for storage and for the person's own copy."""
        return {
            "at": self.at,
            "action": self.action.value,
            "adaptation": self.adaptation.value if self.adaptation else None,
            "rule": self.rule,
            "policy_version": self.policy_version,
            "reasons": [reason.as_dict() for reason in self.reasons],
            "step": self.step,
            "question": self.question,
        }


@dataclass(frozen=True, slots=True)
class Change:
    """A change or an offer, and where it stands. `sets` holds the presentation's fields that it gives."""

    id: str
    adaptation: Adaptation
    status: Status
    at: float
    rule: str
    step: str | None = None
    question: str | None = None
    reasons: tuple[Reason, ...] = ()
    sets: Mapping[str, Value] = field(default_factory=dict)

    @property
    def in_force(self) -> bool:
        """Whether it acts now."""
        return self.status in IN_FORCE

    def moved_to(self, status: Status, at: float) -> "Change":
        """Return the same change in another status."""
        return replace(self, status=status, at=at)

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for storage and for the person's own copy."""
        return {
            "id": self.id,
            "adaptation": self.adaptation.value,
            "status": self.status.value,
            "at": self.at,
            "rule": self.rule,
            "step": self.step,
            "question": self.question,
            "reasons": [reason.as_dict() for reason in self.reasons],
            "sets": dict(self.sets),
        }


@dataclass(frozen=True, slots=True)
class HandOff:
    """A person is proposed: why, and whether the proposal still stands (offered, accepted, refused, withdrawn)."""

    rule: str
    at: float
    status: Status
    step: str | None = None
    question: str | None = None
    reasons: tuple[Reason, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for storage."""
        return {
            "rule": self.rule,
            "at": self.at,
            "status": self.status.value,
            "step": self.step,
            "question": self.question,
            "reasons": [reason.as_dict() for reason in self.reasons],
        }


@dataclass(slots=True)
class PolicyState:
    """Everything that the policy knows of one journey. It is replaced, never changed, outside `policy.step`.

    `chosen` holds the person's own choices; `changes` one entry per help (per question for the plainer error), by id;
    `handed` the occasions on which a person was proposed; `asked` the step where « C'est difficile » was pressed;
    `barred` the helps that the device's own preference rules out; `reset_at` the last « tout remettre » taken over;
    `hints` those of the device that were taken, while automatic adaptation is on; `seen` when each choice of the
    session that was taken over had been made. Only `observations` and `changes` are worked on in place.
    """

    at: float = 0.0
    observations: Observations = field(default_factory=Observations)
    chosen: dict[str, Value] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    hand_off: HandOff | None = None
    handed: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    offers_made: int = 0
    auto_adapt: bool = False
    stopped: bool = False
    submitted: bool = False
    asked: str | None = None
    reset_at: float = 0.0
    hints: dict[str, HintValue] = field(default_factory=dict)
    seen: dict[str, float] = field(default_factory=dict)

    def copy(self) -> "PolicyState":
        """Return a copy that can be worked on without changing this one."""
        new = PolicyState(*_EVERY_FIELD(self))
        new.observations, new.changes = self.observations.copy(), self.changes.copy()
        return new

    @property
    def silent(self) -> bool:
        """Whether nothing may be noticed or decided: refused, a plain form asked for, or already sent."""
        return self.stopped or self.submitted or self.chosen.get("plain_form") is True

    @property
    def pending_offer(self) -> Change | None:
        """The offer that waits for an answer, if any."""
        for change in self.changes.values():
            if change.status is Status.OFFERED:
                return change
        return None

    def in_force(self) -> list[Change]:
        """Return the changes that act now, oldest first."""
        changes = [change for change in self.changes.values() if change.status in IN_FORCE]
        return sorted(changes, key=lambda c: (c.at, c.id)) if len(changes) > 1 else changes

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for storage."""
        return {
            "format": FORMAT,
            "at": self.at,
            "observations": self.observations.as_dict(),
            "chosen": dict(self.chosen),
            "changes": [change.as_dict() for change in self.changes.values()],
            "decisions": [decision.as_dict() for decision in self.decisions],
            "hand_off": self.hand_off.as_dict() if self.hand_off else None,
            "handed": sorted(self.handed),
            "barred": sorted(self.barred),
            "offers_made": self.offers_made,
            "auto_adapt": self.auto_adapt,
            "stopped": self.stopped,
            "submitted": self.submitted,
            "asked": self.asked,
            "reset_at": self.reset_at,
            "hints": dict(self.hints),
            "seen": dict(self.seen),
        }


_EVERY_FIELD = attrgetter(*(item.name for item in fields(PolicyState)))


def state_from(data: Mapping[str, Any]) -> PolicyState:
    """Build a state from stored values; an empty mapping gives the state of a journey that begins."""
    hand_off = data.get("hand_off")
    changes = [_change_from(item) for item in data.get("changes", ())]
    return PolicyState(
        at=data.get("at", 0.0),
        observations=observations_from(data.get("observations", {})),
        chosen=dict(data.get("chosen", {})),
        changes={change.id: change for change in changes},
        decisions=tuple(_decision_from(item) for item in data.get("decisions", ())),
        hand_off=_hand_off_from(hand_off) if hand_off else None,
        handed=frozenset(data.get("handed", ())),
        barred=frozenset(data.get("barred", ())),
        offers_made=data.get("offers_made", 0),
        auto_adapt=data.get("auto_adapt", False),
        stopped=data.get("stopped", False),
        submitted=data.get("submitted", False),
        asked=data.get("asked"),
        reset_at=data.get("reset_at", 0.0),
        hints=dict(data.get("hints", {})),
        seen=dict(data.get("seen", {})),
    )


def _reasons_from(items: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    return tuple(Reason(**item) for item in items)


def _change_from(item: Mapping[str, Any]) -> Change:
    values = {**item, "adaptation": Adaptation(item["adaptation"]), "status": Status(item["status"])}
    return Change(**{**values, "reasons": _reasons_from(item["reasons"]), "sets": dict(item["sets"])})


def _decision_from(item: Mapping[str, Any]) -> Decision:
    adaptation = Adaptation(item["adaptation"]) if item["adaptation"] else None
    values = {**item, "action": Action(item["action"]), "adaptation": adaptation}
    return Decision(**{**values, "reasons": _reasons_from(item["reasons"])})


def _hand_off_from(item: Mapping[str, Any]) -> HandOff:
    return HandOff(**{**item, "status": Status(item["status"]), "reasons": _reasons_from(item["reasons"])})
