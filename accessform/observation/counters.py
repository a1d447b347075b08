"""What the browser counted on one page, as the step's form carries it (« question:B3=9 »), read by an allow-list."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from accessform.observation.events import COUNTERS, MAX_COUNT

FIELD = "counters"
"""The name of the form's field."""
MAX_LENGTH = 20_000
"""Characters of the field: above every counter of every question of a long step."""

_COUNT = re.compile(
    r"(?:(?P<question>[a-z][a-z0-9_]{0,59}):)?(?P<name>B[0-9]{1,2})=(?P<value>0|[1-9][0-9]{0,5})", re.ASCII
)


class RefusedCounter(ValueError):
    """A counter outside the allow-list. The message never repeats what was sent."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One counter at one question, or on the page where no question is named. `value` is 0 to MAX_COUNT."""

    question: str | None
    name: str
    value: int


def parse_counters(sent: str, questions: Collection[str]) -> tuple[Counted, ...]:
    """Read the form's field, its parts separated by one space; `questions` are the ids that may be named.

    All or nothing: raises RefusedCounter at the first part that is not a known counter of a known question with a whole
    number from 0 to MAX_COUNT, or that says one counter twice.
    """
    if len(sent) > MAX_LENGTH:
        raise RefusedCounter("too long")
    found: dict[tuple[str | None, str], Counted] = {}
    for part in sent.split(" ") if sent else ():
        counted = _read(part)
        if counted.question is not None and counted.question not in questions:
            raise RefusedCounter("no such question")
        if (counted.question, counted.name) in found:
            raise RefusedCounter("a counter said twice")
        found[counted.question, counted.name] = counted
    return tuple(found.values())


def _read(part: str) -> Counted:
    """Read one part."""
    match = _COUNT.fullmatch(part)
    if match is None or match["name"] not in COUNTERS:
        raise RefusedCounter("not a counter")
    value = int(match["value"])
    if value > MAX_COUNT:
        raise RefusedCounter("too large")
    return Counted(match["question"], match["name"], value)
