"""Webhooks: forged, replayed, late, early, out of order, lying – refused or without effect, and nothing told."""

import datetime as dt
import itertools
import json
import logging
from http import HTTPStatus

import pytest
from django.utils import timezone

from accessform.handoff.models import ExternalPlan, PlanStatus, ReceivedEvent
from accessform.handoff.providers.rdv_service_public import events
from accessform.handoff.providers.rdv_service_public.events import sign
from accessform.handoff.providers.rdv_service_public.plans import poll_due, start_plan
from accessform.trust.retention import kept
from tests.handoff.providers.conftest import RETURN
from tests.handoff.providers.fake_rdv import WEBHOOK_SECRET

pytestmark = pytest.mark.django_db
SOON = dt.timedelta(days=3)
SECOND, MINUTE, HOUR = dt.timedelta(seconds=1), dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture
def waiting(connected, consent, contact) -> ExternalPlan:
    start_plan(agent=connected, contact=contact, return_url=RETURN)
    return ExternalPlan.objects.get()


@pytest.fixture
def plan(server, waiting) -> ExternalPlan:
    """A plan with a time, known an hour ago."""
    server.choose_time(waiting.remote_id, timezone.now().replace(microsecond=0) + SOON)
    ExternalPlan.objects.update(next_poll_at=timezone.now())
    poll_due()
    ExternalPlan.objects.update(known_at=timezone.now() - HOUR)
    waiting.refresh_from_db()
    assert waiting.status == PlanStatus.BOOKED
    return waiting


def post(client, body, signature):
    return client.post(
        "/rdv-service-public/evenements",
        data=body,
        content_type="application/json",
        headers={"X-Lapin-Signature": signature},
    )


def status_of(plan) -> str:
    plan.refresh_from_db()
    return plan.status


def test_the_signature_is_theirs():
    """HMAC-SHA256 of the raw body, in hexadecimal; the figure is OpenSSL's: openssl dgst -sha256 -hmac secret."""
    assert sign(b"content", "secret") == "230d8225fa8d7c42c0d16356ff175a660c11960fc035616023b8d22a8f36f03a"


def test_a_change_is_taken_in(client, server, plan):
    answer = post(client, *server.event(plan.remote_rdv, at=timezone.now(), status="excused"))
    assert answer.status_code == HTTPStatus.NO_CONTENT
    assert status_of(plan) == PlanStatus.CANCELLED_BY_USER
    assert plan.next_poll_at is None


def test_a_moved_appointment_shows_its_new_time(client, server, plan):
    later = plan.starts_at + HOUR
    server.rdvs[plan.remote_rdv]["starts_at"] = later.isoformat()
    post(client, *server.event(plan.remote_rdv, at=timezone.now()))
    assert status_of(plan) == PlanStatus.BOOKED
    assert plan.starts_at == later


def test_a_deleted_appointment_is_cancelled_and_keeps_its_time(client, server, plan):
    post(client, *server.event(plan.remote_rdv, at=timezone.now(), event="destroyed"))
    assert status_of(plan) == PlanStatus.CANCELLED_BY_SERVICE
    assert plan.starts_at is not None


@pytest.mark.parametrize(
    "forge",
    [
        lambda body, signature: (body, ""),
        lambda body, signature: (body, "0" * 64),
        lambda body, signature: (body, signature[:-1]),
        lambda body, signature: (body.replace(b"excused", b"revoked"), signature),
        lambda body, signature: (body + b" ", signature),
        lambda body, signature: (body, sign(body, "a-secret-that-is-not-the-one")),
        lambda body, signature: (body, "sha256=" + signature),
    ],
)
def test_a_forged_event_is_refused_and_says_nothing(client, server, plan, forge, caplog):
    body, signature = forge(*server.event(plan.remote_rdv, at=timezone.now(), status="excused"))
    with caplog.at_level(logging.DEBUG):
        answer = post(client, body, signature)
    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert answer.content == b""
    assert status_of(plan) == PlanStatus.BOOKED
    assert "refused: the signature does not match" in caplog.text
    assert WEBHOOK_SECRET not in caplog.text
    assert not ReceivedEvent.objects.exists()


@pytest.mark.parametrize("shift", [-25 * HOUR, -400 * 24 * HOUR, 6 * MINUTE, 365 * 24 * HOUR])
def test_an_event_of_another_time_is_refused(client, server, plan, shift, caplog):
    answer = post(client, *server.event(plan.remote_rdv, at=timezone.now() + shift, status="excused"))
    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert status_of(plan) == PlanStatus.BOOKED
    assert "too old" in caplog.text or "of the future" in caplog.text


def test_a_repeated_event_changes_nothing_the_second_time(client, server, plan, caplog):
    message = server.event(plan.remote_rdv, at=timezone.now() - MINUTE, status="excused")
    post(client, *message)
    ExternalPlan.objects.update(status=PlanStatus.BOOKED, known_at=timezone.now() - HOUR)
    for _ in range(3):
        assert post(client, *message).status_code == HTTPStatus.NO_CONTENT
    assert status_of(plan) == PlanStatus.BOOKED
    assert "came again" in caplog.text
    assert ReceivedEvent.objects.count() == 1


def test_digests_outlive_every_event_that_is_still_accepted():
    assert kept("provider_traces").keep >= events.OLDEST + events.FUTURE


def test_the_order_of_arrival_does_not_matter(client, server, plan):
    now = timezone.now()
    told = [("unknown", now - 30 * MINUTE), ("excused", now - 20 * MINUTE), ("seen", now - 10 * MINUTE)]
    messages = [server.event(plan.remote_rdv, at=at, status=status) for status, at in told]
    for order in itertools.permutations(messages):
        ExternalPlan.objects.update(status=PlanStatus.BOOKED, known_at=now - HOUR)
        ReceivedEvent.objects.all().delete()
        for message in order:
            post(client, *message)
        assert status_of(plan) == PlanStatus.SEEN


def test_an_older_event_that_disagrees_has_the_truth_asked_for(client, server, plan):
    ExternalPlan.objects.update(known_at=timezone.now())
    before = plan.next_poll_at
    post(client, *server.event(plan.remote_rdv, at=timezone.now() - MINUTE, status="excused"))
    assert status_of(plan) == PlanStatus.BOOKED
    assert plan.next_poll_at < before
    poll_due()
    assert status_of(plan) == PlanStatus.BOOKED


def test_an_appointment_not_known_yet_is_asked_about_rather_than_believed(client, server, waiting):
    ExternalPlan.objects.update(next_poll_at=timezone.now() + HOUR)
    answer = post(client, *server.event(987, at=timezone.now(), status="seen", users=[waiting.remote_user]))
    assert answer.status_code == HTTPStatus.NO_CONTENT
    assert status_of(waiting) == PlanStatus.WAITING
    assert waiting.next_poll_at <= timezone.now()


def test_what_is_not_ours_leaves_no_trace(client, server, plan):
    now = timezone.now()
    for body, signature in (
        server.event(31337, at=now, users=[1, 2]),
        server.event(plan.remote_rdv, at=now, status="excused", model="User"),
        server.event(plan.remote_rdv, at=now, status="excused", model=None),
    ):
        assert post(client, body, signature).status_code == HTTPStatus.NO_CONTENT
    assert status_of(plan) == PlanStatus.BOOKED
    assert not ReceivedEvent.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"null",
        b"[]",
        b"{",
        b"\xff",
        b"[" * 50_000,
        b'{"meta": {"model": "Rdv"}}',
        b'{"meta": [], "data": {}}',
        json.dumps({"meta": {"model": "Rdv", "event": "updated", "timestamp": "hier"}, "data": {"id": 1}}).encode(),
        json.dumps({"meta": {"model": "Rdv", "event": "updated", "timestamp": 12}, "data": {"id": 1}}).encode(),
    ],
)
def test_a_signed_body_that_makes_no_sense_is_refused_without_a_fall(client, server, plan, body):
    assert post(client, body, sign(body, WEBHOOK_SECRET)).status_code == HTTPStatus.UNAUTHORIZED
    assert status_of(plan) == PlanStatus.BOOKED


@pytest.mark.parametrize(
    "lie",
    [
        {"id": "x"},
        {"id": -1},
        {"id": 2**70},
        {"id": True},
        {"status": "hacked"},
        {"status": None},
        {"status": ["seen"]},
        {"starts_at": "2026-13-45"},
        {"starts_at": "2026-11-23T09:00:00"},
        {"starts_at": None},
    ],
)
def test_a_signed_lie_is_refused(client, server, plan, lie):
    body, _ = server.event(plan.remote_rdv, at=timezone.now(), status="seen")
    message = json.loads(body)
    message["data"] |= lie
    body = json.dumps(message).encode()
    assert post(client, body, sign(body, WEBHOOK_SECRET)).status_code == HTTPStatus.UNAUTHORIZED
    assert status_of(plan) == PlanStatus.BOOKED


def test_a_body_too_large_is_not_read(client, server, plan):
    body = b" " * (events.MAX_BODY + 1)
    assert post(client, body, sign(body, WEBHOOK_SECRET)).status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_off_there_is_nothing_here(client, settings):
    settings.RDV_URL = ""
    assert post(client, b"{}", "x").status_code == HTTPStatus.NOT_FOUND
    assert client.get("/rdv-service-public/evenements").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_without_a_secret_every_event_is_refused(client, server, plan, settings):
    settings.RDV_WEBHOOK_SECRETS = []
    message = server.event(plan.remote_rdv, at=timezone.now(), status="excused", secret="")
    assert post(client, *message).status_code == HTTPStatus.UNAUTHORIZED


def test_moments_are_read_as_older_and_newer_senders_write_them(client, server, plan):
    at = timezone.now()
    older = at.strftime("%Y-%m-%d %H:%M:%S +0000")
    body, _ = server.event(plan.remote_rdv, at=at, status="noshow")
    message = json.loads(body)
    message["meta"] = {"model": "Rdv", "event": "updated", "timestamp": older, "webhook_reason": None}
    message["data"]["starts_at"] = "2026-11-23 09:00:00 +0100"
    body = json.dumps(message).encode()
    assert post(client, body, sign(body, WEBHOOK_SECRET)).status_code == HTTPStatus.NO_CONTENT
    assert status_of(plan) == PlanStatus.NO_SHOW
    assert plan.starts_at == dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
