"""Failures are counted per key, shared by every process, and forgotten when their window ends."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, connections

from accessform.trust import throttle
from accessform.trust.limits import LIMITS
from accessform.trust.models import ThrottleCounter

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_five_wrong_codes_in_an_hour_close_that_code_and_no_other():
    for _ in range(5):
        assert not throttle.is_blocked("resume_code", "AAAA")
        throttle.record_failure("resume_code", "AAAA")
    assert throttle.is_blocked("resume_code", "AAAA")
    assert not throttle.is_blocked("resume_code", "BBBB")
    assert not throttle.is_blocked("appointment_code", "AAAA")


@pytest.mark.django_db
def test_a_closed_key_opens_again_an_hour_after_its_first_failure():
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(6):
            throttle.record_failure("resume_code", "AAAA")
        assert throttle.blocked_for("resume_code", "AAAA") == timedelta(hours=1)
        clock.shift(timedelta(minutes=59, seconds=59))
        assert throttle.is_blocked("resume_code", "AAAA")
        clock.shift(timedelta(seconds=1))
        assert not throttle.is_blocked("resume_code", "AAAA")
        assert throttle.record_failure("resume_code", "AAAA") == 1


@pytest.mark.django_db
def test_trying_while_closed_does_not_lengthen_the_pause():
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(5):
            throttle.record_failure("resume_code", "AAAA")
        clock.shift(timedelta(minutes=50))
        throttle.record_failure("resume_code", "AAAA")
        assert throttle.blocked_for("resume_code", "AAAA") == timedelta(minutes=10)


@pytest.mark.django_db
def test_a_right_attempt_is_given_back_and_a_clear_forgets_the_failures():
    assert throttle.take_attempt("resume_network", "192.0.2.0/24")
    throttle.give_back_attempt("resume_network", "192.0.2.0/24")
    assert throttle.failures("resume_network", "192.0.2.0/24") == 0
    throttle.record_failure("resume_code", "AAAA")
    throttle.clear("resume_code", "AAAA")
    assert throttle.failures("resume_code", "AAAA") == 0


@pytest.mark.django_db
def test_the_key_itself_is_never_stored():
    throttle.record_failure("resume_network", "192.0.2.0/24")
    row = ThrottleCounter.objects.get()
    assert "192" not in row.key_hash
    assert len(row.key_hash) == 64


def test_a_scope_without_a_limit_is_refused():
    with pytest.raises(KeyError):
        throttle.failures("unknown", "key")


@pytest.mark.django_db
def test_purging_deletes_the_counters_of_ended_windows_only():
    with time_machine.travel(NOON, tick=False) as clock:
        throttle.record_failure("resume_code", "old")
        clock.shift(timedelta(days=2))
        throttle.record_failure("resume_code", "new")
        assert throttle.purge_counters(before=NOON + timedelta(days=1)) == 1
    assert ThrottleCounter.objects.count() == 1


def test_every_window_is_shorter_than_the_time_counters_are_kept():
    assert max(limit.window for limit in LIMITS.values()) <= timedelta(hours=24)


@pytest.mark.django_db(transaction=True)
def test_attempts_made_at_the_same_moment_are_all_counted_and_at_most_five_pass():
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("threads share nothing in an in-memory database; run with a file or PostgreSQL")
    passed: list[bool] = []
    barrier = threading.Barrier(8)

    def attempt() -> None:
        barrier.wait()
        passed.extend(throttle.take_attempt("resume_code", "AAAA") for _ in range(4))
        connections.close_all()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 32
    assert ThrottleCounter.objects.get().count == 32
    assert sum(passed) <= 5
