"""Agents' leave: a state serves once and for one account; tokens are replaced, and forgotten when refused."""

import datetime as dt
import logging
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.db import connection as database
from django.utils import timezone

from accessform.handoff.models import AgentConnection, ConnectionAttempt
from accessform.handoff.providers.protocol import NotConnected, Refused, Unavailable
from accessform.handoff.providers.rdv_service_public import connections
from accessform.handoff.providers.rdv_service_public.api import Unauthorised
from accessform.handoff.providers.rdv_service_public.connections import (
    begin_connection,
    end_connection,
    finish_connection,
    with_token,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection(connected, user) -> AgentConnection:
    return AgentConnection.objects.get(user=user)


def whoami(server, rdv, user) -> str:
    """Return the agent that a token is of, refused as the real one refuses a token it does not know."""

    def act(token):
        if token not in server.access:
            raise Unauthorised
        return server.access[token]

    return with_token(rdv, user, act)


def test_the_address_asks_for_a_code_with_pkce_and_our_callback(rdv, user):
    address = begin_connection(rdv, user)
    asked = parse_qs(urlsplit(address).query)
    assert address.startswith(f"{rdv.url}/oauth/authorize?")
    assert asked["scope"] == ["write"]
    assert asked["redirect_uri"] == ["http://127.0.0.1:8000/guichet/rdv-service-public/retour"]
    assert len(asked["state"][0]) >= 43
    assert asked["state"][0] not in str(ConnectionAttempt.objects.values())


def test_tokens_are_kept_encrypted(connection, server, rdv, user):
    assert whoami(server, rdv, user) == "agent-1"
    with database.cursor() as cursor:
        cursor.execute("SELECT * FROM handoff_agentconnection")
        stored = str(cursor.fetchall())
    assert connection.access_token not in stored
    assert connection.refresh_token not in stored


def test_a_state_serves_once(rdv, server, user):
    given = server.authorize(begin_connection(rdv, user))
    finish_connection(rdv, user, **given)
    asked = len(server.requests)
    with pytest.raises(Refused):
        finish_connection(rdv, user, **given)
    assert len(server.requests) == asked


def test_a_state_is_one_account_s(rdv, server, user):
    given = server.authorize(begin_connection(rdv, user))
    other = get_user_model().objects.create_user("autre")
    with pytest.raises(Refused):
        finish_connection(rdv, other, **given)
    assert not AgentConnection.objects.exists()
    finish_connection(rdv, user, **given)


@pytest.mark.parametrize("late", [dt.timedelta(minutes=11), dt.timedelta(minutes=-11)])
def test_a_state_of_another_time_is_refused(rdv, server, user, late):
    given = server.authorize(begin_connection(rdv, user))
    ConnectionAttempt.objects.update(begun_at=timezone.now() - late)
    with pytest.raises(Refused):
        finish_connection(rdv, user, **given)


@pytest.mark.parametrize("state", ["", "x", "é" * 300, "\x00"])
def test_a_state_that_is_none_is_refused(rdv, server, user, state):
    with pytest.raises(Refused):
        finish_connection(rdv, user, state=state, code="x")
    assert server.requests == []


def test_access_denied_uses_the_state_up_and_asks_nothing(rdv, server, user):
    given = server.authorize(begin_connection(rdv, user))
    with pytest.raises(NotConnected):
        finish_connection(rdv, user, state=given["state"], code="", error="access_denied")
    with pytest.raises(Refused):
        finish_connection(rdv, user, **given)
    assert server.requests == []


def test_a_code_that_was_used_by_another_is_refused(rdv, server, user):
    given = server.authorize(begin_connection(rdv, user))
    server.codes.clear()
    with pytest.raises(NotConnected):
        finish_connection(rdv, user, **given)
    assert not AgentConnection.objects.exists()


@pytest.mark.parametrize(
    "answer",
    [
        b"no json",
        b"{}",
        b'{"access_token": "", "token_type": "Bearer"}',
        b'{"access_token": "long-enough-token", "token_type": "mac"}',
        b'{"access_token": "a\\r\\nX-Evil: 1", "token_type": "Bearer"}',
    ],
)
def test_tokens_that_are_none_are_not_kept(rdv, server, user, answer):
    given = server.authorize(begin_connection(rdv, user))
    server.faults.append(("status", 200, answer))
    with pytest.raises(Unavailable):
        finish_connection(rdv, user, **given)
    assert not AgentConnection.objects.exists()


def test_a_token_about_to_end_is_replaced_before_it_is_used(rdv, server, user, connection):
    AgentConnection.objects.update(expires_at=timezone.now())
    assert whoami(server, rdv, user) == "agent-1"
    after = AgentConnection.objects.get()
    assert after.access_token != connection.access_token
    assert after.refresh_token != connection.refresh_token
    assert server.paths().count("/oauth/token") == 2


def test_a_token_that_is_refused_is_replaced_once(rdv, server, user, connection):
    server.access.clear()
    assert whoami(server, rdv, user) == "agent-1"
    assert AgentConnection.objects.get().version == connection.version + 1


def test_a_revoked_refresh_token_asks_the_agent_to_connect_again(rdv, server, user, connection, caplog):
    server.access.clear()
    server.refreshes.clear()
    with caplog.at_level(logging.DEBUG):
        for _ in range(2):
            with pytest.raises(NotConnected):
                whoami(server, rdv, user)
    assert server.paths().count("/oauth/token") == 2
    assert AgentConnection.objects.get().ended_at is not None
    assert connection.refresh_token not in caplog.text
    finish_connection(rdv, user, **server.authorize(begin_connection(rdv, user)))
    assert whoami(server, rdv, user) == "agent-1"


def test_a_fresh_token_that_is_refused_too_ends_the_connection(rdv, server, user, connection):
    def never(token):
        raise Unauthorised

    with pytest.raises(NotConnected):
        with_token(rdv, user, never)
    assert AgentConnection.objects.get().ended_at is not None


@pytest.mark.parametrize("fault", [("status", 500), ("reset",), ("status", 401, b'{"error": "invalid_client"}')])
def test_a_refresh_that_fails_keeps_the_tokens_and_gives_way(rdv, server, user, connection, fault):
    AgentConnection.objects.update(expires_at=timezone.now())
    server.faults.append(fault)
    with pytest.raises((Unavailable, Refused)):
        whoami(server, rdv, user)
    kept = AgentConnection.objects.get()
    assert (kept.refresh_token, kept.ended_at, kept.refreshing_until) == (connection.refresh_token, None, None)
    assert whoami(server, rdv, user) == "agent-1"


def test_one_process_refreshes_at_a_time(rdv, server, user, connection, monkeypatch):
    monkeypatch.setattr(connections, "REFRESH_WAIT", 0.001)
    AgentConnection.objects.update(
        expires_at=timezone.now(), refreshing_until=timezone.now() + connections.REFRESH_LEASE / 2
    )
    with pytest.raises(Unavailable):
        whoami(server, rdv, user)
    assert server.paths().count("/oauth/token") == 1
    AgentConnection.objects.update(refreshing_until=timezone.now())
    assert whoami(server, rdv, user) == "agent-1"


def test_an_account_that_was_closed_acts_no_more(rdv, server, user, connection):
    user.is_active = False
    user.save()
    with pytest.raises(NotConnected):
        whoami(server, rdv, user)


def test_disconnecting_forgets_here_and_there(rdv, server, user, connection):
    end_connection(rdv, user)
    end_connection(rdv, user)
    assert not AgentConnection.objects.exists()
    assert server.access == {}
    assert server.refreshes == {}


def test_disconnecting_forgets_here_even_where_nobody_answers_there(rdv, server, user, connection):
    server.faults.append(("reset",))
    end_connection(rdv, user)
    assert not AgentConnection.objects.exists()
