"""What a step's POST tells the adaptation room: counts of outcomes and the person's own acts, never an answer. Pure."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accessform.observation.counters import Counted
from accessform.observation.events import EventKind, InteractionEvent

ACTS: Mapping[str, EventKind] = {
    "accept": EventKind.OFFER_ACCEPTED,
    "refuse": EventKind.OFFER_REFUSED,
    "undo": EventKind.CHANGE_UNDONE,
}

COUNTED_ONCE = frozenset({EventKind.COUNTER, EventKind.SUBMIT_FAILED, EventKind.REJECTED, EventKind.HELP_OPENED})
"""What only says that something was met: told once of a POST that arrives twice, as it does where its answer is lost.
Two buttons of one page pressed with the same answers are taken for one another here; a sign too few is no harm."""


@dataclass(frozen=True)
class Outcome:
    """What a POST came to: the verb pressed, what was refused (question, code), where it leads, what was counted.

    `again` tells that this very POST had arrived before.
    """

    verb: str
    argument: str
    step: str
    refused: tuple[tuple[str, str], ...]
    changed: bool
    complete: bool
    next_step: str
    counted: tuple[Counted, ...] = ()
    again: bool = False


def events_of(outcome: Outcome) -> list[InteractionEvent]:
    """Return the events of one POST, all of one instant but the page that follows; raises RefusedEvent if forged."""
    now = time.time()
    told = [(kind, values) for kind, values in _told(outcome) if not (outcome.again and kind in COUNTED_ONCE)]
    if outcome.next_step and outcome.next_step != outcome.step:
        return [
            *(_event(kind, now, values) for kind, values in told),
            _event(EventKind.STEP_SHOWN, now + 0.001, {"step": outcome.next_step}),
        ]
    return [_event(kind, now, values) for kind, values in told]


def _told(outcome: Outcome) -> Iterable[tuple[EventKind, dict[str, Any]]]:
    step = {"step": outcome.step}
    for counted in outcome.counted:
        where = {**step, "question": counted.question} if counted.question else step
        yield EventKind.COUNTER, {**where, "name": counted.name, "value": counted.value}
    if outcome.verb == "next" and outcome.refused:
        yield EventKind.SUBMIT_FAILED, step
        for question, code in outcome.refused:
            yield EventKind.REJECTED, {**step, "question": question, "code": code}
    elif outcome.verb == "next" and outcome.complete:
        yield EventKind.STEP_SAVED, {**step, "changed": outcome.changed}
    elif outcome.verb == "previous" and outcome.next_step != outcome.step:
        yield EventKind.RETURNED, {"step": outcome.next_step}
    elif outcome.verb == "help" and outcome.argument:
        yield EventKind.HELP_OPENED, {**step, "question": outcome.argument}
    elif outcome.verb == "word" and not outcome.argument.endswith(":"):
        question = outcome.argument.partition(":")[0]
        yield EventKind.HELP_OPENED, {**step, **({"question": question} if question else {})}
    elif outcome.verb == "hard":
        yield EventKind.ASKED_FOR_HELP, {**step, **({"question": outcome.argument} if outcome.argument else {})}
    elif outcome.verb == "person":
        yield EventKind.OFFER_ACCEPTED, {**step, "name": "hand_off"}
    elif outcome.verb in ACTS:
        yield ACTS[outcome.verb], {**step, "name": outcome.argument}


def _event(kind: EventKind, at: float, values: Mapping[str, Any]) -> InteractionEvent:
    return InteractionEvent(kind, at, **values)
