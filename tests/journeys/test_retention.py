"""Nothing outlives retention.toml: proved with a frozen clock, through the command that the worker runs."""

import os
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from accessform.journeys.models import Journey, JourneyStatus, StepAnswers, Submission, UploadedFile
from accessform.trust import files, retention, throttle
from accessform.trust.models import ThrottleCounter
from tests.journeys.small_journeys import make_draft, make_version

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def attach_file(journey: Journey) -> uuid.UUID:
    file = UploadedFile.objects.create(
        journey=journey, question_id="piece", name="a.jpg", content_type="image/jpeg", size=3, digest="0" * 64
    )
    files.store_file(file.pk, b"abc")
    return file.pk


def send(journey: Journey, at: datetime) -> Submission:
    Journey.objects.filter(pk=journey.pk).update(status=JourneyStatus.SUBMITTED)
    return Submission.objects.create(
        journey=journey,
        key=uuid.uuid4(),
        reference="AF-1",
        form_slug="petite-demarche",
        form_version=1,
        document={"steps": []},
        submitted_at=at,
    )


def test_a_draft_with_its_answers_and_files_is_erased_after_its_time_and_not_before():
    with time_machine.travel(NOON, tick=False) as clock:
        journey = make_draft()
        file_id = attach_file(journey)
        clock.shift(retention.kept("drafts").keep)
        call_command("purge", verbosity=0)
        assert Journey.objects.filter(pk=journey.pk).exists()
        clock.shift(SECOND)
        call_command("purge", verbosity=0)
    assert not Journey.objects.exists()
    assert not StepAnswers.objects.exists()
    assert not UploadedFile.objects.exists()
    assert not files.path_of(file_id).exists()


def test_a_draft_that_is_used_is_kept():
    with time_machine.travel(NOON, tick=False) as clock:
        journey = make_draft()
        clock.shift(timedelta(days=59))
        Journey.objects.filter(pk=journey.pk).update(touched_at=NOON + timedelta(days=59))
        clock.shift(timedelta(days=59))
        call_command("purge", verbosity=0)
    assert Journey.objects.filter(pk=journey.pk).exists()


@pytest.mark.parametrize(("form_days", "expected"), [(90, 90), (None, 365)])
def test_what_was_sent_is_deleted_when_its_form_says_or_else_after_a_year(form_days, expected):
    with time_machine.travel(NOON, tick=False) as clock:
        journey = make_draft(make_version(retention_days=form_days))
        file_id = attach_file(journey)
        send(journey, NOON)
        clock.shift(timedelta(days=expected))
        call_command("purge", verbosity=0)
        assert Submission.objects.exists()
        assert files.path_of(file_id).exists()
        clock.shift(SECOND)
        call_command("purge", verbosity=0)
    assert not Submission.objects.exists()
    assert not Journey.objects.exists()
    assert not files.path_of(file_id).exists()


def test_a_file_that_no_row_knows_is_deleted_after_a_day():
    stranger = uuid.uuid4()
    with time_machine.travel(NOON, tick=False) as clock:
        files.store_file(stranger, b"left by a kill")
        os.utime(files.path_of(stranger), (NOON.timestamp(), NOON.timestamp()))
        known = attach_file(make_draft())
        os.utime(files.path_of(known), (NOON.timestamp(), NOON.timestamp()))
        clock.shift(timedelta(hours=24) + SECOND)
        call_command("purge", verbosity=0)
    assert not files.path_of(stranger).exists()
    assert files.path_of(known).exists()


def test_sessions_and_counters_of_failures_end_too():
    with time_machine.travel(NOON, tick=False) as clock:
        session = SessionStore()
        session["journeys"] = ["x"]
        session.save()
        throttle.record_failure("resume_network", "192.0.2.0/24")
        clock.shift(retention.kept("sessions").keep + SECOND)
        call_command("purge", verbosity=0)
        assert not Session.objects.exists()
        clock.shift(timedelta(hours=12))
        call_command("purge", verbosity=0)
    assert not ThrottleCounter.objects.exists()


def test_one_failing_handler_is_reported_and_does_not_stop_the_others(monkeypatch):
    def fail(now: datetime, keep: timedelta) -> int:
        raise RuntimeError("no")

    monkeypatch.setitem(retention._handlers, "drafts", fail)
    with time_machine.travel(NOON, tick=False) as clock:
        throttle.record_failure("resume_code", "A")
        clock.shift(timedelta(days=2))
        with pytest.raises(CommandError, match="drafts"):
            call_command("purge", verbosity=0)
    assert not ThrottleCounter.objects.exists()


def test_every_promise_has_a_handler_and_every_handler_is_told():
    assert {entry.name for entry in retention.schedule()} == retention.registered()
