"""An agent's leave to act for them at RDV Service Public: asked for, kept fresh, given back."""

import base64
import datetime as dt
import hashlib
import logging
import secrets
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings as django_settings
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accessform.handoff.models import AgentConnection, ConnectionAttempt, ExternalPlan, PlanStatus
from accessform.handoff.providers.protocol import NotConnected, ProviderError, Refused, Unavailable
from accessform.handoff.providers.rdv_service_public.answers import Tokens
from accessform.handoff.providers.rdv_service_public.api import Api, Unauthorised
from accessform.handoff.providers.rdv_service_public.settings import RdvSettings
from accessform.trust.hashing import keyed_hash, keyed_hashes

logger = logging.getLogger(__name__)

ATTEMPT_LASTS = dt.timedelta(minutes=10)
"""As long as an authorization code there (Doorkeeper's default)."""
MARGIN = dt.timedelta(seconds=60)
"""A token that ends this soon is replaced before it is used."""
REFRESH_LEASE = dt.timedelta(seconds=40)
"""Longer than a request may take: only a process that died leaves a lease behind."""
REFRESH_WAIT, REFRESH_LOOKS = 0.2, 15
PURPOSE = "handoff:rdv_state"

Done = TypeVar("Done")


def callback_address() -> str:
    """Return the address that RDV Service Public sends agents back to; it must be declared there, exactly."""
    return f"{django_settings.PUBLIC_URL}{reverse('rdv_callback')}"


def begin_connection(settings: RdvSettings, user: Any) -> str:
    """Return where `user` gives leave; the attempt serves once, for this account, within ten minutes."""
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    ConnectionAttempt.objects.create(
        state_digest=keyed_hash(PURPOSE, state), user=user, verifier=verifier, begun_at=timezone.now()
    )
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
    return Api(settings).authorize_url(redirect_uri=callback_address(), state=state, challenge=challenge)


def finish_connection(settings: RdvSettings, user: Any, *, state: str, code: str, error: str = "") -> AgentConnection:
    """Keep the tokens that an authorization leads to.

    Raises Refused for a state that is unknown, used, too old or another account's; NotConnected where the agent
    refused, or the code is no longer good; Unavailable.
    """
    verifier = _use_attempt(user, state)
    if error or not code:
        raise NotConnected("leave was not given")
    api = Api(settings)
    tokens = api.exchange_code(code=code, redirect_uri=callback_address(), verifier=verifier)
    connection, _ = AgentConnection.objects.update_or_create(
        user=user, defaults={**_columns(tokens), "ended_at": None, "refreshing_until": None, "used_at": timezone.now()}
    )
    waiting = ExternalPlan.objects.filter(agent__user=user, status__in=[PlanStatus.WAITING, PlanStatus.BOOKED])
    waiting.filter(next_poll_at__isnull=False).update(next_poll_at=timezone.now())
    return connection


def _use_attempt(user: Any, state: str) -> str:
    """Use an attempt up and return its verifier: of two callbacks with one state, one alone goes on."""
    now = timezone.now()
    attempt = ConnectionAttempt.objects.filter(
        state_digest__in=keyed_hashes(PURPOSE, state[:200]),
        user=user,
        used_at=None,
        begun_at__gt=now - ATTEMPT_LASTS,
        begun_at__lte=now + MARGIN,
    )
    verifier = attempt.values_list("verifier", flat=True).first()
    if verifier is None or not attempt.update(used_at=now):
        logger.warning("an authorization came back with a state that is unknown, used, too old or another account's")
        raise Refused("the state is not one of ours")
    return str(verifier)


def end_connection(settings: RdvSettings, user: Any) -> None:
    """Forget the tokens of `user`, here and there; there only if it answers."""
    connection = AgentConnection.objects.filter(user=user).first()
    if connection is None:
        return
    connection.delete()
    for token in (connection.refresh_token, connection.access_token):
        if token and connection.ended_at is None:
            try:
                Api(settings).revoke(token)
            except ProviderError as error:
                logger.warning("a token could not be revoked at RDV Service Public: %s", error)
                return


def with_token(settings: RdvSettings, user: Any, act: Callable[[str], Done]) -> Done:
    """Return what `act` returns with the access token of `user`, replaced once where it is no longer accepted.

    Raises NotConnected where the agent must connect (again), and what `act` raises.
    """
    connection = _find(user)
    if connection.expires_at <= timezone.now() + MARGIN:
        connection = _refresh(settings, connection)
    try:
        return act(connection.access_token)
    except Unauthorised:
        connection = _refresh(settings, connection)
    try:
        return act(connection.access_token)
    except Unauthorised:
        _end(connection)
        raise NotConnected("a fresh token was not accepted") from None


def _find(user: Any) -> AgentConnection:
    connection = AgentConnection.objects.filter(user=user, ended_at=None, user__is_active=True).first()
    if connection is None:
        raise NotConnected("this agent is not connected")
    AgentConnection.objects.filter(pk=connection.pk).update(used_at=timezone.now())
    return connection


def _refresh(settings: RdvSettings, connection: AgentConnection) -> AgentConnection:
    """Return the connection with a new pair of tokens, asked for by one process at a time."""
    if connection.refresh_token is None:
        _end(connection)
        raise NotConnected("the token has ended, and there is none to replace it")
    now = timezone.now()
    row = AgentConnection.objects.filter(pk=connection.pk, version=connection.version)
    free = Q(refreshing_until=None) | Q(refreshing_until__lte=now) | Q(refreshing_until__gt=now + 2 * REFRESH_LEASE)
    if not row.filter(free).update(refreshing_until=now + REFRESH_LEASE):
        return _await_other(connection)
    try:
        tokens = Api(settings).refresh(connection.refresh_token)
    except NotConnected:
        _end(connection)
        raise
    except ProviderError:
        row.update(refreshing_until=None)
        raise
    kept = {**_columns(tokens), "refresh_token": tokens.refresh or connection.refresh_token}
    row.update(**kept, version=F("version") + 1, refreshing_until=None)
    return _find(connection.user)


def _await_other(connection: AgentConnection) -> AgentConnection:
    """Return the connection once another process has refreshed it; raises Unavailable where that takes too long."""
    for _ in range(REFRESH_LOOKS):
        current = AgentConnection.objects.filter(pk=connection.pk, ended_at=None).first()
        if current is None:
            raise NotConnected("this agent is not connected")
        if current.version != connection.version:
            return current
        time.sleep(REFRESH_WAIT)
    raise Unavailable("another process is refreshing the token", retry_after=REFRESH_LEASE.total_seconds())


def _end(connection: AgentConnection) -> None:
    """Note that the tokens are no longer good, unless newer ones have come meanwhile."""
    row = AgentConnection.objects.filter(pk=connection.pk, version=connection.version)
    row.update(ended_at=timezone.now(), refreshing_until=None)
    logger.warning("RDV Service Public no longer accepts the tokens of an agent, who must connect again")


def _columns(tokens: Tokens) -> dict[str, Any]:
    ends = timezone.now() + dt.timedelta(seconds=tokens.seconds)
    return {"access_token": tokens.access, "refresh_token": tokens.refresh, "expires_at": ends}
