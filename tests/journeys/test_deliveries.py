"""Deliveries: written with the submission, retried until the receiver keeps them."""

import contextlib
import datetime as dt
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import transaction
from django.utils import timezone

from accessform.journeys import deliveries
from accessform.journeys.deliveries import (
    BACK_OFF,
    LEASE,
    MAX_ATTEMPTS,
    deliver,
    deliver_due,
    enqueue_deliveries,
    message_body,
    reopen_failed,
)
from accessform.journeys.models import Delivery, DeliveryState
from accessform.journeys.webhook_receiver import ReceiverServer
from accessform.journeys.webhooks import check_signature
from accessform.web import outgoing
from tests.journeys.submissions import make_submission

SECRET = "a-secret-of-sixteen-signs"

pytestmark = pytest.mark.django_db


@contextlib.contextmanager
def _serving(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def _answering(*statuses, wait=0.0, headers=None):
    """Serve the given statuses in order, the last one for ever; `.requests` holds what came."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.requests.append((self.path, dict(self.headers), body))
            time.sleep(wait)
            status = statuses[min(len(self.server.requests), len(statuses)) - 1]
            with contextlib.suppress(OSError):
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.requests = []
    with _serving(server):
        yield server


def _configure(settings, port, **changes):
    hook = {"name": "nord", "url": f"http://127.0.0.1:{port}/in?x=1", "secret": SECRET, **changes}
    settings.WEBHOOKS = json.dumps([hook])


def _one_delivery(settings, port):
    _configure(settings, port)
    submission = make_submission()
    with transaction.atomic():
        return enqueue_deliveries(submission)[0]


def _make_due(delivery):
    Delivery.objects.filter(pk=delivery.pk).update(next_attempt_at=timezone.now())


def _closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_row_is_written_for_each_webhook_that_wants_the_form(settings):
    hook = {"url": "https://x.example/", "secret": SECRET}
    settings.WEBHOOKS = json.dumps(
        [
            {**hook, "name": "all"},
            {**hook, "name": "mine", "forms": ["petite-aide"]},
            {**hook, "name": "no", "forms": ["x"]},
        ]
    )
    enqueue_deliveries(make_submission())
    assert sorted(Delivery.objects.values_list("target", flat=True)) == ["all", "mine"]


def test_no_row_outlives_a_submission_that_was_rolled_back(settings):
    _configure(settings, 1)
    submission = make_submission()
    with contextlib.suppress(RuntimeError), transaction.atomic():
        enqueue_deliveries(submission)
        raise RuntimeError("the disk is full")
    assert not Delivery.objects.exists()


def test_the_message_leaves_when_the_transaction_commits(settings, django_capture_on_commit_callbacks):
    with _answering(204) as server:
        _configure(settings, server.server_port)
        submission = make_submission()
        with django_capture_on_commit_callbacks(execute=True):
            enqueue_deliveries(submission)
            assert server.requests == []
        assert len(server.requests) == 1
    assert Delivery.objects.get().state == DeliveryState.DELIVERED


def test_the_message_is_signed_and_named(settings):
    with _answering(200) as server:
        delivery = _one_delivery(settings, server.server_port)
        assert deliver(delivery.pk)
    path, headers, body = server.requests[0]
    assert path == "/in?x=1"
    assert headers["Idempotency-Key"] == str(delivery.pk)
    check_signature(headers["X-Accessform-Signature"], body, secret=SECRET)
    message = json.loads(body)
    assert message["id"] == str(delivery.pk)
    assert message["event"] == "submission.received"
    assert message["submission"]["reference"] == "AF-TEST-0001"
    assert message["submission"]["submitted_at"] == "2026-03-03T23:30:00Z"
    assert message["submission"]["steps"][0]["questions"][0]["label"] == "Secteur de résidence"


def test_the_message_says_nothing_of_how_the_person_answered(settings):
    delivery = _one_delivery(settings, 1)
    text = message_body(delivery).decode().lower()
    for word in ("où habitez-vous", "level", "modality", "modalit", "difficult", "difficile", "voice", "easy", "plain"):
        assert word not in text


def test_a_failure_is_tried_again_with_the_same_message(settings):
    with _answering(500, 200) as server:
        delivery = _one_delivery(settings, server.server_port)
        assert not deliver(delivery.pk)
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == (DeliveryState.DUE, 1)
        assert delivery.last_error == "the receiver answered 500"
        _make_due(delivery)
        assert deliver(delivery.pk)
    first, second = server.requests
    assert first[2] == second[2]
    assert first[1]["Idempotency-Key"] == second[1]["Idempotency-Key"]


def test_a_delivered_message_is_not_sent_again(settings):
    with _answering(200) as server:
        delivery = _one_delivery(settings, server.server_port)
        assert deliver(delivery.pk)
        assert not deliver(delivery.pk)
        assert len(server.requests) == 1


def test_waits_grow_and_end_in_a_failure(settings):
    delivery = _one_delivery(settings, _closed_port())
    for number in range(1, MAX_ATTEMPTS + 1):
        before = timezone.now()
        _make_due(delivery)
        assert not deliver(delivery.pk)
        delivery.refresh_from_db()
        assert delivery.attempts == number
        if number < MAX_ATTEMPTS:
            assert abs(delivery.next_attempt_at - before - BACK_OFF[number - 1]) < dt.timedelta(seconds=20)
    assert delivery.state == DeliveryState.FAILED
    assert "while connecting" in delivery.last_error


def test_a_row_that_is_not_due_is_left_alone(settings):
    with _answering(200) as server:
        delivery = _one_delivery(settings, server.server_port)
        Delivery.objects.update(next_attempt_at=timezone.now() + dt.timedelta(minutes=1))
        assert not deliver(delivery.pk)
        assert server.requests == []


def test_a_redirect_is_a_refusal(settings):
    with (
        _answering(200) as elsewhere,
        _answering(307, headers={"Location": f"http://127.0.0.1:{elsewhere.server_port}/"}) as server,
    ):
        delivery = _one_delivery(settings, server.server_port)
        assert not deliver(delivery.pk)
        assert elsewhere.requests == []
    delivery.refresh_from_db()
    assert delivery.last_error == "the receiver answered 307"


def test_a_receiver_that_does_not_answer_is_cut_off(settings, monkeypatch):
    monkeypatch.setattr(outgoing, "STEP_SECONDS", 0.2)
    with _answering(200, wait=1.0) as server:
        delivery = _one_delivery(settings, server.server_port)
        assert not deliver(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.last_error == "no answer in time"


def test_a_receiver_that_drips_is_cut_off(settings, monkeypatch):
    monkeypatch.setattr(outgoing, "TOTAL_SECONDS", 0.4)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_drip, args=[listener])
        thread.start()
        delivery = _one_delivery(settings, listener.getsockname()[1])
        started = time.monotonic()
        assert not deliver(delivery.pk)
        assert time.monotonic() - started < 5
        thread.join()


def _drip(listener):
    """Send one byte of an endless header at a time."""
    connection, _ = listener.accept()
    with connection, contextlib.suppress(OSError):
        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        while True:
            connection.sendall(b"x")
            time.sleep(0.05)


def test_a_claimed_row_is_not_taken_by_another_worker(settings):
    delivery = _one_delivery(settings, 1)
    assert deliveries._claim(delivery.pk) is not None
    assert deliveries._claim(delivery.pk) is None


def test_the_row_of_a_dead_worker_comes_back(settings):
    with _answering(200) as server:
        delivery = _one_delivery(settings, server.server_port)
        deliveries._claim(delivery.pk)
        assert deliver_due() == 0
        Delivery.objects.update(next_attempt_at=timezone.now() - dt.timedelta(seconds=1))
        assert deliver_due() == 1
        assert len(server.requests) == 1


def test_the_lease_outlasts_an_attempt():
    assert dt.timedelta(seconds=outgoing.TOTAL_SECONDS + 2 * outgoing.STEP_SECONDS) < LEASE


def test_a_webhook_that_is_gone_is_given_up_with_its_reason_and_can_be_reopened(settings):
    delivery = _one_delivery(settings, 1)
    settings.WEBHOOKS = ""
    assert not deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == (DeliveryState.FAILED, "this webhook is no longer configured")
    assert reopen_failed() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.DUE, 0)


def test_the_test_receiver_keeps_each_message_once(settings):
    shown = []
    with _serving(ReceiverServer(0, secret=SECRET, show=shown.append)) as server:
        delivery = _one_delivery(settings, server.server_port)
        assert deliver(delivery.pk)
        Delivery.objects.update(state=DeliveryState.DUE, next_attempt_at=timezone.now())
        assert deliver(delivery.pk)
    assert server.seen == {str(delivery.pk)}
    assert json.loads(shown[0])["submission"]["reference"] == "AF-TEST-0001"
    assert shown[1] == f"again, ignored: {delivery.pk}"


def test_the_test_receiver_refuses_another_secret(settings):
    shown = []
    with _serving(ReceiverServer(0, secret="another-secret-of-some-length", show=shown.append)) as server:
        delivery = _one_delivery(settings, server.server_port)
        assert not deliver(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.last_error == "the receiver answered 401"
    assert shown == ["refused: the signature does not match"]
