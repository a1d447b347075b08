"""`manage.py struggle replay --jsonl`: recorded or invented journeys through the product's own step. Pure."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from accessform.adaptation.policy import advance_in_place
from accessform.adaptation.policy_file import Policy
from accessform.adaptation.state import Decision, PolicyState
from accessform.observation.events import InteractionEvent, RefusedEvent, parse_event

JourneyId = str | int
_DECODER = json.JSONDecoder()
_SPACE = " \t\n\r"
MAX_LINE = 100_000
"""Bytes of one line: an event has a few hundred at most, and nothing longer is worth decoding."""


class BadLine(ValueError):
    """A line that is no event of the vocabulary; the text is « line N: why »."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"line {number}: {reason}")


class _Course:
    """One journey of the replay: its state, and the events of its last instant, not decided yet."""

    __slots__ = ("at", "instant", "state")

    def __init__(self) -> None:
        self.state = PolicyState()
        self.at = 0.0
        self.instant: list[InteractionEvent] = []


def replay(lines: Iterable[bytes], policy: Policy) -> Iterator[dict[str, Any]]:
    """Yield one object for each decision, in the order in which instants end: at the journey's next, or at the end.

    Journeys may interleave; events of one journey with equal `at` are one set, decided once. At the first line that
    is no event, or that goes back in its journey's time, what the lines before it decide is yielded, then BadLine
    is raised. Blank lines are left out.
    """
    courses: dict[JourneyId, _Course] = {}
    bad: BadLine | None = None
    try:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            journey, event = _read(number, line)
            course = courses.get(journey)
            if course is None:
                course = courses[journey] = _Course()
            if event.at < course.at:
                raise BadLine(number, f"at goes back from {course.at:g} to {event.at:g}")
            if event.at > course.at:
                for decision in advance_in_place(course.state, course.instant, policy):
                    yield _told(journey, decision)
                course.at, course.instant = event.at, [event]
            else:
                course.instant.append(event)
    except BadLine as error:
        bad = error
    for journey, course in courses.items():
        for decision in advance_in_place(course.state, course.instant, policy):
            yield _told(journey, decision)
    if bad:
        raise bad


def _read(number: int, line: bytes) -> tuple[JourneyId, InteractionEvent]:
    """Return the journey and the event of one line; raises BadLine."""
    try:
        data = _object(line)
        journey = data.pop("journey", None)
        if type(journey) not in (str, int) or journey == "":
            raise RefusedEvent("journey must be a text or a whole number")
        return journey, parse_event(data)
    except (RefusedEvent, ValueError, RecursionError) as error:
        raise BadLine(number, str(error)) from error


def _object(line: bytes) -> dict[str, Any]:
    """Decode one line; raises RefusedEvent."""
    if len(line) > MAX_LINE:
        raise RefusedEvent(f"longer than {MAX_LINE} bytes")
    try:
        text = line.decode("utf-8").strip(_SPACE)
        data, end = _DECODER.raw_decode(text)
    except (ValueError, RecursionError) as error:
        raise RefusedEvent("not JSON") from error
    if end != len(text):
        raise RefusedEvent("not JSON")
    if not isinstance(data, dict):
        raise RefusedEvent("not a JSON object")
    return data


def _told(journey: JourneyId, decision: Decision) -> dict[str, Any]:
    """Return a decision as the replay writes it: signals and counts, no place."""
    return {
        "journey": journey,
        "at": decision.at,
        "action": decision.action.value,
        "adaptation": decision.adaptation.value if decision.adaptation else None,
        "reasons": [{"signal": reason.signal, "count": reason.count} for reason in decision.reasons],
        "rule": decision.rule,
        "policy_version": decision.policy_version,
    }
