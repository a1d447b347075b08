"""What may be noticed during a journey: a closed vocabulary that cannot carry an answer."""

import functools
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from accessform.observation.hints import is_allowed

EventValue = bool | int | float | str


class EventKind(StrEnum):
    """What happened. The order is the one in which events of the same instant are taken."""

    AUTO_ADAPT_SET = "auto_adapt_set"
    PREFERENCE_SET = "preference_set"
    OFFER_ACCEPTED = "offer_accepted"
    OFFER_REFUSED = "offer_refused"
    CHANGE_UNDONE = "change_undone"
    EXPIRED = "expired"
    RESUMED = "resumed"
    RETURNED = "returned"
    STEP_SAVED = "step_saved"
    SUBMIT_FAILED = "submit_failed"
    REJECTED = "rejected"
    NOT_UNDERSTOOD = "not_understood"
    HELP_OPENED = "help_opened"
    COUNTER = "counter"
    HINT = "hint"
    STEP_SHOWN = "step_shown"
    ASKED_FOR_HELP = "asked_for_help"
    SUBMITTED = "submitted"


COUNTERS = frozenset({"B1", "B3", "B4", "B5", "B6", "B8", "B9", "B11", "B12", "B13"})
MAX_COUNT = 100_000
MAX_TIME = 1e12
"""Seconds: thirty thousand years, whatever the origin."""

NEEDS_STEP = frozenset(
    {
        EventKind.STEP_SHOWN,
        EventKind.STEP_SAVED,
        EventKind.SUBMIT_FAILED,
        EventKind.REJECTED,
        EventKind.NOT_UNDERSTOOD,
        EventKind.HELP_OPENED,
        EventKind.RETURNED,
        EventKind.ASKED_FOR_HELP,
        EventKind.COUNTER,
    }
)
HAS_VALUE = frozenset({EventKind.COUNTER, EventKind.HINT, EventKind.PREFERENCE_SET, EventKind.AUTO_ADAPT_SET})

WHY_NOT_UNDERSTOOD = frozenset({"no_input", "no_match", "correction"})
"""How words given aloud, dictated or typed failed to be an answer (speech.dialogue.states.Evidence)."""

_NEEDS_QUESTION = frozenset({EventKind.REJECTED, EventKind.NOT_UNDERSTOOD})
_PLACE = re.compile(r"[a-z0-9][a-z0-9_.\-]{0,119}", re.ASCII)
_COUNTER = re.compile(r"B[0-9]{1,2}", re.ASCII)
_WORD = re.compile(r"[a-z][a-z0-9_.\-]{0,139}", re.ASCII)


class RefusedEvent(ValueError):
    """An event outside the vocabulary."""


class _Told(NamedTuple):
    """The fields of an event."""

    kind: EventKind
    at: float
    step: str | None = None
    question: str | None = None
    code: str | None = None
    name: str | None = None
    value: EventValue | None = None
    changed: bool | None = None


class InteractionEvent(_Told):
    """One thing that happened. `at` is in seconds from any origin and never decreases within a journey.

    `step` and `question` are ids of the form; `code` says why an answer was refused (« required », « invalid »…),
    how words failed to be one (« no_input »…) or how help was asked for (« listen »); `name` is the counter (B1…), the
    hint, the preference, the help or the change; `changed` says on step_saved whether an answer changed, None where
    unknown. A tuple, for a replay makes millions of them. Raises RefusedEvent.
    """

    __slots__ = ()

    def __new__(  # noqa: PLR0913, PLR0917 - the fields of an event
        cls,
        kind: EventKind,
        at: float,
        step: str | None = None,
        question: str | None = None,
        code: str | None = None,
        name: str | None = None,
        value: EventValue | None = None,
        changed: bool | None = None,
    ) -> "InteractionEvent":
        """Check what is said; raises RefusedEvent."""
        if not _is_number(at, MAX_TIME):
            raise RefusedEvent("at must be a number of seconds, zero or more")
        try:
            _check(kind, step, question, code, name, value, changed)
        except TypeError:  # a list or an object: no key of a cache, and no value of an event
            _check.__wrapped__(kind, step, question, code, name, value, changed)
        return tuple.__new__(cls, (kind, at, step, question, code, name, value, changed))


_KINDS = {kind.value: kind for kind in EventKind}


class _Said(NamedTuple):
    """Everything of an event but its time."""

    kind: EventKind
    step: str | None
    question: str | None
    code: str | None
    name: str | None
    value: EventValue | None
    changed: bool | None


FIELDS = frozenset(InteractionEvent._fields)


def parse_event(data: Mapping[str, object]) -> InteractionEvent:
    """Build an event from a decoded JSON object; raises RefusedEvent on anything that the vocabulary does not hold."""
    if not data.keys() <= FIELDS:
        raise RefusedEvent(f"unknown field {min(map(str, set(data) - FIELDS))[:80]!r}")
    try:
        said_kind, at = data["kind"], data["at"]
    except KeyError as error:
        raise RefusedEvent(f"missing field {error.args[0]!r}") from error
    kind = _KINDS.get(said_kind) if isinstance(said_kind, str) else None
    if kind is None:
        raise RefusedEvent(f"unknown kind {str(said_kind)[:80]!r}")
    get: Callable[[str], Any] = data.get  # everything is checked by the event itself
    return InteractionEvent(
        kind,
        at,  # type: ignore[arg-type]
        get("step"),
        get("question"),
        get("code"),
        get("name"),
        get("value"),
        get("changed"),
    )


def in_order(event: InteractionEvent) -> tuple[int, str, str, str, str, str, str]:
    """Return a sort key, so that the order in which events of one instant arrive never matters."""
    return (
        rank(event),
        event.step or "",
        event.question or "",
        event.code or "",
        event.name or "",
        str(event.value),
        str(event.changed),
    )


_RANK = {kind: rank for rank, kind in enumerate(EventKind)}


def rank(event: InteractionEvent) -> int:
    """Return the place of an event among those of other kinds in the same instant."""
    return _RANK[event.kind]


@functools.lru_cache(maxsize=8192, typed=True)
def _check(*said: Any) -> None:
    """Refuse what the vocabulary does not hold; the same events, but for their time, come again and again."""
    event = _Said(*said)
    _check_shape(event)
    _check_value(event)


def _check_shape(event: _Said) -> None:
    """Refuse wrong types, and ids that could be something a person typed."""
    if not isinstance(event.kind, EventKind):
        raise RefusedEvent("kind is not one of the vocabulary")
    if event.step is not None:
        _check_text("step", event.step, _PLACE)
    if event.question is not None:
        _check_text("question", event.question, _PLACE)
    if event.code is not None:
        _check_text("code", event.code, _WORD)
    if event.name is not None:
        _check_text("name", event.name, _COUNTER if event.kind is EventKind.COUNTER else _WORD)
    if event.step is None and event.kind in NEEDS_STEP:
        raise RefusedEvent(f"{event.kind} needs a step")
    if event.question is None and event.kind in _NEEDS_QUESTION:
        raise RefusedEvent(f"{event.kind} needs a question")
    if event.kind is EventKind.NOT_UNDERSTOOD and event.code not in WHY_NOT_UNDERSTOOD:
        raise RefusedEvent("not_understood says why in the words of the dialogue")
    if event.changed is not None and (type(event.changed) is not bool or event.kind is not EventKind.STEP_SAVED):
        raise RefusedEvent("changed is a truth value of step_saved alone")


def _check_text(name: str, value: object, pattern: re.Pattern[str]) -> None:
    """Refuse a field that is not an id."""
    if not (isinstance(value, str) and pattern.fullmatch(value)):
        raise RefusedEvent(f"{name} is not an identifier")


def _check_value(event: _Said) -> None:
    """Refuse a value where the kind takes none, and any value outside the kind's own list."""
    if event.kind not in HAS_VALUE:
        if event.value is not None:
            raise RefusedEvent(f"{event.kind} takes no value")
        return
    if event.kind is EventKind.AUTO_ADAPT_SET:
        if type(event.value) is not bool:
            raise RefusedEvent("auto_adapt_set takes true or false")
        return
    if event.name is None:
        raise RefusedEvent(f"{event.kind} needs a name")
    if event.kind is EventKind.COUNTER:
        _check_counter(event)
    elif event.kind is EventKind.HINT:
        if not is_allowed(event.name, event.value):
            raise RefusedEvent("unknown hint or value")
    elif not _is_choice(event.value):
        raise RefusedEvent("preference_set takes a choice of the panel")


def _check_counter(event: _Said) -> None:
    """Refuse counters outside the list, and anything but a whole number."""
    if event.name not in COUNTERS:
        raise RefusedEvent("unknown counter")
    if type(event.value) is not int or not 0 <= event.value <= MAX_COUNT:
        raise RefusedEvent(f"a counter is a whole number from 0 to {MAX_COUNT}")


def _is_number(value: Any, most: float) -> bool:
    """Tell whether a value is a number from zero to `most`; a truth value, NaN and infinity are none."""
    return type(value) in (int, float) and 0 <= value <= most


def _is_choice(value: object) -> bool:
    """Tell whether a value can be a choice of the panel; None takes the choice back."""
    if value is None or type(value) is bool:
        return True
    if type(value) in (int, float):
        return _is_number(value, MAX_COUNT)
    return isinstance(value, str) and bool(_WORD.fullmatch(value))
