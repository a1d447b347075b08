"""The outbox: one message a key, stops that hold, three reminders a subject, addresses that nobody can read."""

import contextlib
import datetime as dt
import threading

import pytest
from django.core import mail
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from accessform.messages import wanted
from accessform.messages.addresses import BadAddress, read_address
from accessform.messages.models import Channel, OutboxMessage, Recipient, State, StoppedAddress
from accessform.messages.sending import send, send_due
from accessform.messages.services import drop_messages, forget_messages
from accessform.messages.stops import start_messages, stop_messages
from accessform.plain_language.interface import UnknownText
from tests.messages.conftest import ADDRESSES, queue
from tests.messages.noon import NOON, PARIS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def later(**time: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(**time)


def test_the_same_key_is_one_message_and_leaves_once():
    first, second = queue("one"), queue("one", words={"day": "mardi"})
    assert first == second
    assert send_due() == 1
    assert send_due() == 0
    assert queue("one").state == State.SENT
    assert [message.to for message in mail.outbox] == [[ADDRESSES[Channel.EMAIL]]]


def test_a_message_is_neutral_and_carries_its_stop_link_and_a_name_of_its_own():
    message = queue()
    send(message.pk)
    sent = mail.outbox[0]
    link = f"http://127.0.0.1:8000/m/{message.recipient.token}"
    assert sent.subject == "Un message"
    assert sent.body.startswith("C'est lundi 23 novembre.")
    assert link in sent.body
    assert sent.extra_headers["List-Unsubscribe"] == f"<{link}>"
    assert sent.message()["Message-ID"] == f"<{message.pk}@127.0.0.1>"


def test_address_and_text_are_unreadable_in_the_database_and_the_text_goes_once_sent():
    message = queue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, token FROM outbox_recipient")
        stored = [str(value) for value in cursor.fetchone()]
        cursor.execute("SELECT title, body FROM outbox_outboxmessage")
        stored += [str(value) for value in cursor.fetchone()]
    assert not any("camille" in value or "novembre" in value or message.recipient.token in value for value in stored)
    send(message.pk)
    message.refresh_from_db()
    assert (message.title, message.body, message.state) == (None, None, State.SENT)


def test_what_is_not_due_waits():
    queue(send_at=later(hours=2))
    assert send_due() == 0


def test_a_message_past_its_worth_is_dropped(clock):
    message = queue(send_at=later(hours=1), expires_at=later(hours=2))
    clock.shift(dt.timedelta(hours=2))
    assert send_due() == 0
    message.refresh_from_db()
    assert message.state == State.DROPPED
    assert mail.outbox == []


def test_what_is_withdrawn_is_not_sent_and_its_key_is_free_again():
    queue("one", send_at=later(hours=1))
    queue("other", subject="trial:2")
    assert drop_messages(subject="trial:1") == 1
    assert [message.key for message in OutboxMessage.objects.all()] == ["other"]
    assert queue("one") is not None


def test_a_message_is_written_with_what_it_tells_of_or_not_at_all():
    with contextlib.suppress(RuntimeError), transaction.atomic():
        queue()
        raise RuntimeError
    assert not OutboxMessage.objects.exists()


def test_a_message_whose_time_has_come_is_handed_to_a_worker_at_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue("now")
        queue("later", send_at=later(hours=1))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("changes", [{}, {"subject": "trial:2"}])
def test_stopping_everything_stops_what_waits_and_what_comes(changes):
    message = queue(send_at=later(hours=1))
    stop_messages(message.recipient, everything=True)
    assert queue("next", address="Camille@Example.fr", **changes) is None


def test_stopping_one_subject_leaves_the_others():
    message = queue()
    stop_messages(message.recipient)
    assert queue("next") is None
    assert queue("other", subject="trial:2") is not None
    assert send_due() == 1
    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.DROPPED, "the person said stop")


def test_a_stop_can_be_taken_back_before_the_time():
    message = queue()
    stop_messages(message.recipient, everything=True)
    start_messages(message.recipient)
    assert not StoppedAddress.objects.exists()
    assert send_due() == 1


def test_a_subject_has_three_reminders_at_most():
    reminders = [queue(f"r{number}", is_reminder=True) for number in range(5)]
    assert [reminder.number if reminder else None for reminder in reminders] == [1, 2, 3, None, None]
    assert queue("another thing to say") is not None
    assert queue("elsewhere", subject="trial:2", is_reminder=True).number == 1


def test_the_database_itself_refuses_a_fourth_reminder():
    message = queue("r", is_reminder=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.filter(pk=message.pk).update(number=4)


def test_a_text_message_waits_for_the_day(clock, settings):
    message = queue(channel=Channel.SMS, zone=PARIS)
    clock.move_to(NOON.replace(hour=20))
    assert not send(message.pk)
    message.refresh_from_db()
    assert message.state == State.DUE
    assert message.attempts == 0
    assert message.next_attempt_at == NOON.replace(day=22, hour=8)
    clock.move_to(NOON.replace(day=22, hour=8))
    assert send(message.pk)


def test_the_night_is_the_person_s_own(clock):
    from accessform.handoff.territories import find_time_zone

    clock.move_to(NOON.replace(hour=18))
    far = queue(channel=Channel.SMS, zone=find_time_zone("974"))
    assert not send(far.pk)
    assert send(queue("near", channel=Channel.SMS, subject="trial:2").pk)


def test_an_e_mail_that_was_asked_for_leaves_at_night_and_a_reminder_does_not(clock):
    clock.move_to(NOON.replace(hour=23))
    assert send(queue("asked").pk)
    assert not send(queue("reminder", is_reminder=True).pk)


def test_a_message_that_would_only_come_after_its_time_is_dropped(clock):
    message = queue(channel=Channel.SMS, expires_at=NOON.replace(hour=21))
    clock.move_to(NOON.replace(hour=20, minute=30))
    send(message.pk)
    message.refresh_from_db()
    assert message.state == State.DROPPED


def test_the_room_of_a_subject_may_withdraw_a_message_at_the_last_moment(monkeypatch):
    monkeypatch.setattr(wanted, "_hooks", {})
    wanted.register("trial", lambda message: wanted.subject_id(message) == "2")
    unwanted, wished = queue("one"), queue("two", subject="trial:2")
    assert [send(unwanted.pk), send(wished.pk)] == [False, True]
    unwanted.refresh_from_db()
    assert unwanted.state == State.DROPPED
    with pytest.raises(ValueError, match="two hooks"):
        wanted.register("trial", lambda message: True)


def test_forgetting_a_subject_leaves_nothing():
    send(queue().pk)
    queue("waits", channel=Channel.SMS)
    forget_messages(subject="trial:1")
    assert not Recipient.objects.exists()
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        (Channel.EMAIL, "camille"),
        (Channel.EMAIL, "a@b\nBcc: c@d"),
        (Channel.EMAIL, ""),
        (Channel.SMS, "06 39 98 00 00"),
        (Channel.SMS, "+336399800001234567"),
        (Channel.LETTER, "Camille"),
        (Channel.LETTER, "x\n" * 400),
    ],
)
def test_what_is_no_address_is_refused_and_not_repeated(channel, address):
    with pytest.raises(BadAddress) as refusal:
        queue(channel=channel, address=address)
    assert not address or address not in str(refusal.value)


def test_a_postal_address_keeps_its_lines():
    assert read_address(Channel.LETTER, " Camille \r\n\r\n1 rue X\r\n75011 Paris ") == "Camille\n1 rue X\n75011 Paris"


def test_a_kind_without_its_texts_is_an_error_at_once():
    with pytest.raises(UnknownText):
        queue(kind="nothing")
    with pytest.raises(KeyError):
        queue(words={})
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_writers_and_two_workers_make_one_message_that_leaves_once(clock):
    made = at_once(lambda: queue("one", is_reminder=True, send_at=later(hours=1)))
    assert len({message.pk for message in made}) == 1
    assert OutboxMessage.objects.count() == 1
    clock.shift(dt.timedelta(hours=1))
    assert sorted(at_once(lambda: send(made[0].pk))) == [False, True]
    assert len(mail.outbox) == 1


def at_once(do):
    """Call `do` in two threads at the same instant; return what came of both."""
    start, done = threading.Barrier(2), []

    def live():
        start.wait()
        done.append(do())
        connections.close_all()

    people = [threading.Thread(target=live) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return done
