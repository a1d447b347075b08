"""The service asks for something after sending: who wished to be told gets one neutral message, then reminders."""

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.urls import reverse

from accessform.journeys.corrections.notices import asked_subject, stop_telling, wish_to_be_told
from accessform.journeys.corrections.requests import BadRequestToPerson, withdraw
from accessform.journeys.models import SecondElement
from accessform.journeys.resume import make_access
from accessform.messages.models import Channel, OutboxMessage, Recipient, ReminderWish, State
from accessform.messages.sending import send_due
from accessform.messages.stops import stop_messages
from accessform.plain_language.interface import text
from accessform.plain_language.wording import ReadingLevel
from accessform.trust.erasure import erase_journey
from accessform.trust.export import export_journey
from tests.journeys.corrections_made import Corrected, ask_for, make_sent
from tests.journeys.test_reminders import PARIS, START, clock  # noqa: F401 - the same clock

pytestmark = pytest.mark.django_db

EMAIL, MOBILE = "camille@example.fr", "+33639981234"
DUE = dt.date(2026, 11, 20)


@pytest.fixture
def submission(client, clock):  # noqa: F811
    return make_sent(client)


@pytest.fixture
def page(submission) -> str:
    return reverse("draft_reminders", args=[submission.journey_id])


def wish(submission, channel=Channel.EMAIL, address=EMAIL) -> None:
    wish_to_be_told(journey=submission.journey, channel=channel, address=address, level=ReadingLevel.PLAIN)


def messages(submission, **wanted) -> list[OutboxMessage]:
    found = OutboxMessage.objects.filter(subject=asked_subject(submission.journey_id), **wanted)
    return list(found.order_by("send_at"))


def text_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("&#x27;", "'")


def test_who_wished_for_nothing_is_told_nothing(submission):
    ask_for(submission, "nom")
    assert messages(submission) == []


def test_who_wished_it_is_told_once_and_discreetly(submission):
    wish(submission)
    ask_for(submission, "nom")
    assert send_due() == 1
    assert send_due() == 0
    (told,) = mail.outbox
    assert told.subject == "Le service attend quelque chose de vous"
    assert "/m/" in told.body
    title = submission.document["form"]["title"]
    for secret in (title, "Service du Sud", "carte", "nom n'est pas"):
        assert secret not in f"{told.subject} {told.body}"


def test_several_requests_of_one_day_are_one_message_and_another_day_is_another(submission, clock):  # noqa: F811
    wish(submission)
    ask_for(submission, "nom")
    ask_for(submission, "nom")
    assert send_due() == 1
    clock.move_to(START + dt.timedelta(days=1))
    ask_for(submission, "nom")
    assert send_due() == 1


def test_the_service_s_date_is_reminded_of_twice(submission, clock):  # noqa: F811
    wish(submission)
    ask_for(submission, "nom", due_on=DUE)
    planned = [one.send_at.astimezone(PARIS) for one in messages(submission, number__isnull=False)]
    assert planned == [dt.datetime(2026, 11, day, 10, tzinfo=PARIS) for day in (15, 19)]
    clock.move_to(planned[1])
    send_due()
    assert "Le dernier jour est le 20 novembre 2026" in mail.outbox[-1].body.replace("\u00a0", " ")


def test_three_reminders_at_most_whatever_is_asked(submission, clock):  # noqa: F811
    wish(submission)
    for week in range(4):
        begin = START + dt.timedelta(weeks=week)
        clock.move_to(begin)
        row = ask_for(submission, "nom", due_on=begin.date() + dt.timedelta(days=6))
        for day in (1, 5):
            clock.move_to(begin + dt.timedelta(days=day))
            send_due()
        withdraw(row)
    assert len(messages(submission, number__isnull=False, state=State.SENT)) == 3


def test_an_answer_in_time_ends_the_reminders(client, submission):
    wish(submission)
    ask_for(submission, "nom", due_on=DUE)
    person = Corrected(client, submission)
    person.choose("nom").type(nom="Byron").send()
    assert submission.correction_requests.get().ended == "answered"
    assert messages(submission, number__isnull=False) == []


def test_a_request_that_is_withdrawn_tells_nothing(submission, clock):  # noqa: F811
    wish(submission)
    row = ask_for(submission, "nom", due_on=DUE)
    OutboxMessage.objects.update(next_attempt_at=START + dt.timedelta(minutes=5))
    assert withdraw(row)
    clock.move_to(START + dt.timedelta(minutes=6))
    assert send_due() == 0
    assert messages(submission, number__isnull=False) == []


def test_a_request_that_is_refused_or_repeated_tells_nothing_more(submission):
    wish(submission)
    for _ in range(2):
        with pytest.raises(ValueError):  # noqa: PT011 - any refusal
            ask_for(submission, "nom", words=" ")
    assert messages(submission) == []


def test_stop_is_kept_to_and_wishing_again_takes_it_back(submission):
    wish(submission)
    ask_for(submission, "nom")
    stop_messages(Recipient.objects.get())
    assert send_due() == 0
    wish(submission)
    assert ReminderWish.objects.count() == 1


def test_a_text_message_fits_in_one_and_asks_for_the_code(submission):
    make_access(journey=submission.journey, kind=SecondElement.WORD, second="tournesol")
    wish(submission, Channel.SMS, MOBILE)
    ask_for(submission, "nom", due_on=DUE)
    for message in messages(submission):
        assert len(message.body) <= 160, message.body
        assert reverse("resume") in message.body


def test_an_e_mail_to_who_has_no_code_leads_back_by_a_link_of_its_own(client, submission):
    wish(submission)
    ask_for(submission, "nom")
    body = messages(submission)[0].body
    link = next(word for word in body.split() if "/reprendre/" in word)
    assert client.get(link).status_code == 200


def test_taking_the_wish_back_withdraws_the_reminders(submission):
    wish(submission)
    ask_for(submission, "nom", due_on=DUE)
    stop_telling(journey=submission.journey, channel=Channel.EMAIL)
    assert messages(submission, number__isnull=False) == []
    assert not ReminderWish.objects.exists()


@pytest.mark.parametrize("level", list(ReadingLevel))
def test_the_receipt_leads_to_the_choice_at_each_level(client, submission, page, level):
    client.post("/affichage", {"reading_level": level.value, "action": "save", "next": "/"})
    receipt = reverse("receipt", args=[submission.journey_id])
    assert f'href="{page}"' in text_of(client.get(receipt))
    shown = text_of(client.get(page))
    assert "Recevoir un message si le service demande quelque chose" in shown
    assert text("messages.remind_asked_intro", level).replace("\u00a0", " ") in shown
    assert "Revenir à mon reçu" in shown
    assert client.post(page, {"action": "begin:email", "email": EMAIL}).status_code == 303
    assert "Changer ou arrêter ces messages" in text_of(client.get(receipt))
    assert "c…@example.fr" in text_of(client.get(page))
    client.post(page, {"action": "end:email"})
    assert not ReminderWish.objects.exists()


def test_an_address_given_for_the_draft_is_not_typed_again(client, submission, page):
    Recipient.objects.create(
        subject=f"journey:{submission.journey_id}", channel="email", address=EMAIL, address_digest="x", token="t",
        token_digest=uuid.uuid4().hex,
    )  # fmt: skip
    assert f'value="{EMAIL}"' in text_of(client.get(page))


def test_erasing_forgets_the_wish_and_the_export_tells_it(submission):
    wish(submission)
    ask_for(submission, "nom")
    assert EMAIL in str(export_journey(submission.journey_id))
    erase_journey(submission.journey_id)
    assert not ReminderWish.objects.exists()
    assert not Recipient.objects.exists()


NIGHT = START.replace(hour=22)


def test_a_wish_taken_back_at_night_takes_the_message_of_the_morning_with_it(submission, clock):  # noqa: F811
    clock.move_to(NIGHT)
    make_access(journey=submission.journey, kind=SecondElement.WORD, second="tournesol")
    wish(submission, Channel.SMS, MOBILE)
    ask_for(submission, "nom")
    assert send_due() == 0
    stop_telling(journey=submission.journey, channel=Channel.SMS)
    assert messages(submission) == []


def test_with_two_channels_the_message_goes_by_the_one_that_stays(submission):
    make_access(journey=submission.journey, kind=SecondElement.WORD, second="tournesol")
    wish(submission)
    wish(submission, Channel.SMS, MOBILE)
    ask_for(submission, "nom")
    assert [one.recipient.channel for one in messages(submission)] == ["email"]
    stop_telling(journey=submission.journey, channel=Channel.EMAIL)
    assert [one.recipient.channel for one in messages(submission)] == ["sms"]


def test_a_request_that_follows_a_withdrawn_one_is_told_the_same_day(submission, clock):  # noqa: F811
    wish(submission)
    withdraw(ask_for(submission, "nom"))
    assert send_due() == 0
    assert messages(submission)[0].state == State.DROPPED
    ask_for(submission, "nom")
    assert send_due() == 1


def test_a_date_that_no_calendar_follows_is_refused(submission):
    wish(submission)
    with pytest.raises(BadRequestToPerson):
        ask_for(submission, "nom", due_on=dt.date.max)
    assert messages(submission) == []
