"""The page of the stop link: no login, GET stops nothing, a mail program may stop with one POST."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accessform.messages.models import Channel
from accessform.messages.sending import send_due
from tests.messages.conftest import queue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def message():
    return queue(send_at=timezone.now() + dt.timedelta(days=1))


@pytest.fixture
def link(message):
    return f"/m/{message.recipient.token}"


def test_the_page_says_what_is_planned_and_hides_most_of_the_address(client, link):
    page = client.get(link)
    assert page.status_code == 200
    assert "22 novembre 2026" in page.content.decode().replace("\xa0", " ")
    assert "c…@example.fr" in page.content.decode()
    assert "camille" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("method", ["get", "head"])
def test_scanners_that_open_links_stop_nothing(client, link, message, method):
    getattr(client, method)(link, {"action": "stop"})
    message.recipient.refresh_from_db()
    assert message.recipient.stopped_at is None


@pytest.mark.parametrize("posted", [{"action": "stop"}, {"List-Unsubscribe": "One-Click"}])
def test_one_post_stops_without_cookie_or_login(link, message, clock, posted):
    client = Client(enforce_csrf_checks=True)
    assert client.post(link, posted).status_code == 303
    assert "Vous ne recevrez plus ces messages" in client.get(link).content.decode()
    clock.shift(dt.timedelta(days=1))
    assert send_due() == 0
    assert queue("elsewhere", subject="trial:2") is not None


def test_everything_stops_then_starts_again(client, link):
    client.post(link, {"action": "stop_all"})
    assert "plus aucun message" in client.get(link).content.decode()
    assert queue("elsewhere", subject="trial:2") is None
    client.post(link, {"action": "start"})
    assert queue("elsewhere", subject="trial:2") is not None


@pytest.mark.parametrize("token", ["nothing", "0" * 20, "%00", "é", "x" * 500])
@pytest.mark.parametrize("method", ["get", "post"])
def test_any_other_token_is_a_page_that_says_so(client, token, method):
    answer = getattr(client, method)(f"/m/{token}")
    assert answer.status_code == 404
    assert "Ce lien ne sert plus" in answer.content.decode()


def test_other_methods_are_refused_and_an_unknown_action_does_nothing(client, link, message):
    assert client.put(link).status_code == 405
    assert client.post(link, {"action": "delete"}).status_code == 303
    message.recipient.refresh_from_db()
    assert message.recipient.stopped_at is None


def test_a_number_is_shown_by_its_last_figures(client):
    message = queue(channel=Channel.SMS)
    page = client.get(f"/m/{message.recipient.token}").content.decode()
    assert "… 00" in page
    assert "98" not in page.partition("<main")[2].partition("</main")[0]
