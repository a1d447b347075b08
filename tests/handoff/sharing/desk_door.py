"""How tests read what the desk's door answers and what it writes."""

import datetime as dt

from accessform.handoff.models import (
    Handover,
    HandoverAccess,
)
from accessform.handoff.sharing.services import (
    OpenedFile,
    Refusal,
    RefusalKind,
    open_by_code,
)
from tests.handoff.sharing_made import digits_of

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


def kind_of(answer: object) -> RefusalKind:
    assert isinstance(answer, Refusal), answer
    assert answer.said
    return answer.kind


def log_of(handover: Handover) -> list[tuple[str, str, str]]:
    return [(line.kind, line.reason, line.desk) for line in HandoverAccess.objects.filter(handover=handover)]


def wrong_code(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**6:06}"


def open_first(agent, handover: Handover, now: dt.datetime) -> Handover:
    opened = open_by_code(agent=agent, code=digits_of(handover, now), now=now)
    assert isinstance(opened, OpenedFile), opened
    return opened.handover
