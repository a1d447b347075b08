"""What carries messages fails in every way: what is known afterwards decides what happens next."""

import datetime as dt
import json
import logging
import socket

import pytest
from django.core.management import call_command
from django.utils import timezone

from accessform.messages import mailing
from accessform.messages.checks import text_messages_can_leave, text_messages_reach_people
from accessform.messages.models import Channel, OutboxMessage, State
from accessform.messages.sending import BACK_OFF, LEASE, MAX_ATTEMPTS, enqueue_due, send, send_due
from accessform.messages.sms import sms_is_offered
from accessform.web import outgoing
from tests.messages.conftest import ADDRESSES, queue
from tests.messages.servers import gateway, serving
from tests.messages.smtp_sink import SmtpSink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TOKEN = "a-token-of-sixteen-signs"


@pytest.fixture
def sink(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with serving(SmtpSink()) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def use_gateway(settings, server, *, drops_repeats=False):
    settings.SMS, settings.SMS_URL = "http", f"http://127.0.0.1:{server.server_port}/send?v=1"
    settings.SMS_TOKEN, settings.SMS_SENDER, settings.SMS_DROPS_REPEATS = TOKEN, "Demarches", drops_repeats


def state_of(message: OutboxMessage) -> str:
    message.refresh_from_db()
    return message.state


def test_an_e_mail_goes_through_a_mail_server(sink):
    message = queue()
    assert send(message.pk)
    received = sink.mails[0]
    assert received["To"] == ADDRESSES[Channel.EMAIL]
    assert received["Message-ID"] == mailing.message_id(message)
    assert received["Auto-Submitted"] == "auto-generated"
    assert "C'est lundi 23 novembre." in received.get_content()


@pytest.mark.parametrize(("code", "state"), [(550, State.GIVEN_UP), (450, State.DUE)])
def test_an_address_refused_for_good_is_given_up_and_one_put_off_is_tried_again(sink, code, state):
    sink.refuse[ADDRESSES[Channel.EMAIL]] = code
    message = queue()
    assert not send(message.pk)
    assert state_of(message) == state
    assert sink.mails == []


def test_a_lost_answer_of_the_mail_server_is_repeated_under_the_same_name(sink, clock):
    sink.answers_data = False
    message = queue()
    assert not send(message.pk)
    assert state_of(message) == State.DUE
    sink.answers_data = True
    clock.shift(BACK_OFF[0])
    assert send_due() == 1
    assert [mail["Message-ID"] for mail in sink.mails] == [mailing.message_id(message)] * 2


def test_waits_grow_and_end_in_giving_up(settings, clock):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _closed_port()
    message = queue()
    for number in range(1, MAX_ATTEMPTS + 1):
        assert not send(message.pk)
        message.refresh_from_db()
        assert message.attempts == number
        if number < MAX_ATTEMPTS:
            assert message.next_attempt_at == timezone.now() + BACK_OFF[number - 1]
            clock.move_to(message.next_attempt_at)
    assert (message.state, message.body) == (State.GIVEN_UP, None)
    assert message.given_up_at == timezone.now()


def _closed_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_a_text_message_goes_through_a_gateway(settings):
    with gateway(202) as server:
        use_gateway(settings, server)
        message = queue(channel=Channel.SMS)
        assert send(message.pk)
    headers, body = server.requests[0]
    assert headers["Idempotency-Key"] == str(message.pk)
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    told = json.loads(body)
    assert told["to"] == ADDRESSES[Channel.SMS]
    assert told["sender"] == "Demarches"
    assert told["text"].startswith("C'est lundi 23 novembre. Stop : http://127.0.0.1:8000/m/")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (400, State.GIVEN_UP),
        (422, State.GIVEN_UP),
        (429, State.DUE),
        (503, State.DUE),
        (401, State.DUE),
        (302, State.DUE),
        (500, State.DOUBTFUL),
        (504, State.DOUBTFUL),
    ],
)
def test_what_the_gateway_says_decides(settings, status, state):
    with gateway(status) as server:
        use_gateway(settings, server)
        message = queue(channel=Channel.SMS)
        assert not send(message.pk)
        assert state_of(message) == state
        assert len(server.requests) == 1


@pytest.mark.parametrize("failure", ["slow", "cut"])
@pytest.mark.parametrize(("drops_repeats", "state"), [(False, State.DOUBTFUL), (True, State.DUE)])
def test_a_text_message_in_doubt_is_repeated_only_where_the_gateway_drops_repeats(
    settings, monkeypatch, clock, failure, drops_repeats, state
):
    monkeypatch.setattr(outgoing, "STEP_SECONDS", 0.2)
    with gateway(200, wait=0.5 if failure == "slow" else 0, cut=failure == "cut") as server:
        use_gateway(settings, server, drops_repeats=drops_repeats)
        message = queue(channel=Channel.SMS)
        assert not send(message.pk)
        assert state_of(message) == state
        clock.shift(dt.timedelta(hours=1))
        send_due()
        keys = [headers["Idempotency-Key"] for headers, _ in server.requests]
    assert keys == [str(message.pk)] * (2 if drops_repeats else 1)


def test_a_gateway_that_does_not_listen_has_taken_nothing(settings):
    with gateway(200) as server:
        use_gateway(settings, server)
    message = queue(channel=Channel.SMS)
    assert not send(message.pk)
    assert state_of(message) == State.DUE
    assert message.last_error == "ConnectionRefusedError while connecting"


@pytest.mark.parametrize(
    ("channel", "drops_repeats", "state"),
    [
        (Channel.EMAIL, False, State.DUE),
        (Channel.LETTER, False, State.DUE),
        (Channel.SMS, False, State.DOUBTFUL),
        (Channel.SMS, True, State.DUE),
    ],
)
def test_what_a_dead_worker_leaves_is_told_apart_by_channel(settings, clock, channel, drops_repeats, state):
    settings.SMS, settings.SMS_DROPS_REPEATS = "file", drops_repeats
    message = queue(channel=channel)
    _die_while_sending(message)
    enqueue_due()
    assert state_of(message) == State.SENDING
    clock.shift(LEASE)
    enqueue_due()
    assert state_of(message) == state


def _die_while_sending(message: OutboxMessage) -> None:
    """Leave the row as a process that was killed after its claim leaves it."""
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=State.SENDING, claim=message.pk, claimed_until=timezone.now() + LEASE, attempts=1
    )


def test_a_person_decides_on_what_is_in_doubt(settings, clock, capsys):
    settings.SMS = "file"
    message = queue(channel=Channel.SMS)
    _die_while_sending(message)
    clock.shift(LEASE)
    enqueue_due()
    call_command("messages", "doubtful")
    assert str(message.pk) in capsys.readouterr().out
    call_command("messages", "doubtful", "--send-again")
    call_command("messages", "send")
    assert state_of(message) == State.SENT
    other = queue("other", channel=Channel.SMS)
    _die_while_sending(other)
    clock.shift(LEASE)
    enqueue_due()
    call_command("messages", "doubtful", "--close")
    assert state_of(other) == State.GIVEN_UP
    call_command("messages", "status")
    assert "sms      given_up   1" in capsys.readouterr().out


def test_a_text_message_as_a_file_is_whole_and_one_a_message(settings, tmp_path):
    settings.SMS, settings.SMS_DIR = "file", tmp_path / "sms"
    message = queue(channel=Channel.SMS)
    send(message.pk)
    (file,) = settings.SMS_DIR.iterdir()
    assert file.name == f"{message.pk}.json"
    assert json.loads(file.read_bytes())["to"] == ADDRESSES[Channel.SMS]


def test_a_text_message_in_demonstration_is_shown_on_the_terminal(settings, capsys):
    settings.SMS = "console"
    send(queue(channel=Channel.SMS).pk)
    assert "C'est lundi 23 novembre." in capsys.readouterr().out


def test_without_a_gateway_nothing_is_offered_and_what_waits_is_kept(settings):
    settings.SMS = "none"
    assert not sms_is_offered()
    message = queue(channel=Channel.SMS)
    send(message.pk)
    assert state_of(message) == State.DUE


def test_no_address_and_no_text_stands_in_logs(settings, caplog, sink):
    caplog.set_level(logging.DEBUG)
    sink.refuse[ADDRESSES[Channel.EMAIL]] = 550
    send(queue().pk)
    with gateway(500) as server:
        use_gateway(settings, server)
        send(queue("sms", channel=Channel.SMS).pk)
    for secret in (*ADDRESSES.values(), "novembre", TOKEN, "camille"):
        assert secret not in caplog.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SMS": "pigeon"}, "must be one of"),
        ({"SMS": "http", "SMS_URL": "", "SMS_TOKEN": TOKEN}, "ACCESSFORM_SMS_URL"),
        ({"SMS": "http", "SMS_URL": "http://x/", "SMS_TOKEN": "short"}, "ACCESSFORM_SMS_TOKEN"),
        ({"SMS": "http", "SMS_URL": "http://x/", "SMS_TOKEN": TOKEN, "PRODUCTION": True}, "https://"),
    ],
)
def test_settings_that_would_send_nothing_are_refused(settings, changes, said):
    for name, value in changes.items():
        setattr(settings, name, value)
    (error,) = text_messages_can_leave(None)
    assert said in error.msg
    assert "short" not in error.msg


def test_production_never_writes_numbers_to_the_terminal(settings):
    settings.PRODUCTION, settings.SMS = True, "console"
    assert [error.id for error in text_messages_reach_people(None)] == ["messages.E002"]
    settings.SMS = "none"
    assert text_messages_reach_people(None) == []
