"""Two tabs, two desks, a revocation in the middle of a reading: the database decides, once."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accessform.handoff.models import Handover, HandoverAccess, HandoverCode
from accessform.handoff.sharing.granting import revoke_handover
from accessform.handoff.sharing.services import (
    OpenedFile,
    Refusal,
    RefusalKind,
    SharedFile,
    open_by_code,
    read_file,
    record_mandate,
)
from tests.handoff.conftest import add_agent
from tests.handoff.sharing_made import agree, digits_of, make_filled_journey

pytestmark = pytest.mark.django_db(transaction=True)

READERS = 4


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run every work in a thread of its own, all started together; return what each gave, its exception included."""
    start = threading.Barrier(len(works))
    given: list[Any] = [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=30)
            given[place] = work()
        except Exception as error:
            given[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return given


def test_nothing_is_read_after_a_revocation_whatever_was_on_its_way(place, agent):
    now = timezone.now()
    handover = agree(make_filled_journey(), place, now)
    open_by_code(agent=agent, code=digits_of(handover, now), now=now)
    stopped = threading.Event()
    reading = threading.Semaphore(0)

    def read() -> list[tuple[bool, Any]]:
        seen = []
        for _ in range(15):
            after = stopped.is_set()
            seen.append((after, read_file(handover=handover, agent=agent, now=timezone.now())))
            reading.release()
        return seen

    def revoke() -> None:
        for _ in range(2 * READERS):
            reading.acquire(timeout=30)
        revoke_handover(handover=handover, now=timezone.now())
        stopped.set()

    *read_by, _ = at_once(*[read] * READERS, revoke)
    answers = [answer for seen in read_by for answer in seen]
    shown = [answer for _, answer in answers if isinstance(answer, SharedFile)]
    refused = [answer for _, answer in answers if isinstance(answer, Refusal)]
    assert shown
    assert refused
    assert {refusal.kind for refusal in refused} == {RefusalKind.REVOKED}
    assert not [answer for after, answer in answers if after and isinstance(answer, SharedFile)]
    lines = HandoverAccess.objects.filter(handover=handover)
    assert lines.filter(kind="read").count() == len(shown)
    assert lines.filter(kind="refused").count() == len(refused)
    assert not lines.exclude(snapshot="").exists()
    assert Handover.objects.get().wrapped_key is None


def test_one_code_opens_for_one_desk_of_many(place, motif, agent):
    now = timezone.now()
    handover = agree(make_filled_journey(), place, now)
    digits = digits_of(handover, now)
    desks = [agent, *(add_agent(place, motif, f"Guichet {number}") for number in range(2, 6))]
    answers = at_once(*[lambda desk=desk: open_by_code(agent=desk, code=digits, now=now) for desk in desks])
    opened = [answer for answer in answers if isinstance(answer, OpenedFile)]
    assert len(opened) == 1, answers
    assert {answer.kind for answer in answers if isinstance(answer, Refusal)} == {RefusalKind.CODE_ENDED}
    assert Handover.objects.get().agent_id == opened[0].handover.agent_id


def test_two_tabs_that_agree_leave_one_file_and_one_code(place, agent):
    now, journey = timezone.now(), make_filled_journey()
    made = at_once(*[lambda: agree(journey, place, now)] * 4)
    assert all(isinstance(each, Handover) for each in made), made
    assert Handover.objects.filter(closed_at=None).count() == 1
    assert HandoverCode.objects.filter(ended_at=None).count() == 1


def test_a_mandate_recorded_twice_at_once_is_one(place, agent):
    now = timezone.now()
    handover = agree(make_filled_journey(), place, now, may_write=True)
    open_by_code(agent=agent, code=digits_of(handover, now), now=now)
    work = lambda: record_mandate(handover=handover, agent=agent, given_by="Ada", now=now + dt.timedelta(minutes=1))  # noqa: E731
    mandates = at_once(*[work] * 4)
    assert len({mandate.pk for mandate in mandates}) == 1
