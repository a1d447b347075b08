"""The requests that RDV Service Public is asked, and what its refusals mean."""

import datetime as dt
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import urlencode

from accessform.handoff.providers.protocol import NotConnected, OfferedPlace, Refused, Unavailable
from accessform.handoff.providers.rdv_service_public import answers
from accessform.handoff.providers.rdv_service_public.pacing import read_retry_after
from accessform.handoff.providers.rdv_service_public.settings import RdvSettings
from accessform.web import outgoing

logger = logging.getLogger(__name__)

Read = TypeVar("Read")

STEP_SECONDS = 5.0
TOTAL_SECONDS = 10.0
"""A person waits for these requests: less than webhooks may take."""
LARGEST = 256 * 1024
"""Bytes: a department's public links are a few dozen lines."""
SCOPE = "write"


class Unauthorised(Exception):
    """The access token is not accepted: expired or revoked."""


@dataclass(frozen=True, slots=True)
class Person:
    """All that is told of a person: their name and one contact."""

    first_name: str
    last_name: str
    phone_number: str = ""
    email: str = ""

    def told(self) -> dict[str, str]:
        """Return what is sent; an empty field is not."""
        fields = ("first_name", "last_name", "phone_number", "email")
        return {name: value for name in fields if (value := getattr(self, name))}


class Api:
    """One installation. Methods raise Unavailable, Refused and, where a token is used, Unauthorised."""

    def __init__(self, settings: RdvSettings) -> None:
        self.settings = settings

    def authorize_url(self, *, redirect_uri: str, state: str, challenge: str) -> str:
        """Return where an agent gives us leave to act for them (PKCE, S256)."""
        asked = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": redirect_uri,
            "scope": SCOPE,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{self.settings.url}/oauth/authorize?{urlencode(asked)}"

    def exchange_code(self, *, code: str, redirect_uri: str, verifier: str) -> answers.Tokens:
        """Return the tokens of an authorization code; raises NotConnected for a code that is no longer good."""
        return self._ask_tokens(
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": redirect_uri,
                "code_verifier": verifier,
            }
        )

    def refresh(self, refresh_token: str) -> answers.Tokens:
        """Return a new pair of tokens; raises NotConnected for a refresh token that has been revoked."""
        return self._ask_tokens({"grant_type": "refresh_token", "refresh_token": refresh_token})

    def revoke(self, token: str) -> None:
        """Have a token forgotten there."""
        self._send("POST", "/oauth/revoke", form={"token": token})

    def create_plan(self, *, token: str, person: Person, return_url: str, dossier_url: str = "") -> answers.Plan:
        """Open a plan: a draft of an appointment, whose time the agent chooses at the address returned."""
        asked: dict[str, object] = {"user": person.told(), "return_url": return_url}
        if dossier_url:
            asked["dossier_url"] = dossier_url
        answer = self._send("POST", "/api/v1/rdv_plans", token=token, content=asked)
        _check(answer, HTTPStatus.CREATED)
        return _believe(lambda: answers.read_plan(answer.body, hosts=self.settings.hosts))

    def read_plan(self, *, token: str, number: int) -> answers.Plan:
        """Return a plan as it stands there."""
        answer = self._send("GET", f"/api/v1/rdv_plans/{number}", token=token)
        _check(answer, HTTPStatus.OK)
        return _believe(lambda: answers.read_plan(answer.body, hosts=self.settings.hosts, expected=number))

    def list_public_links(self, territory: str) -> list[OfferedPlace]:
        """Return where citizens of a department may book by themselves; needs no token. Unknown there: none."""
        answer = self._send("GET", f"/api/v1/public_links?{urlencode({'territory': territory})}")
        if answer.status == HTTPStatus.NOT_FOUND:
            return []
        _check(answer, HTTPStatus.OK)
        return _believe(lambda: answers.read_public_links(answer.body, hosts=self.settings.hosts))

    def _ask_tokens(self, grant: Mapping[str, str]) -> answers.Tokens:
        us = {"client_id": self.settings.client_id, "client_secret": self.settings.client_secret}
        answer = self._send("POST", "/oauth/token", form={**grant, **us})
        error = "" if answer.is_success else answers.read_error(answer.body)
        if error == "invalid_grant":
            raise NotConnected("the code or the refresh token is no longer good")
        if error == "invalid_client":
            logger.error("RDV Service Public does not know our client id and secret")
        _check(answer, HTTPStatus.OK, of_token=False)
        return _believe(lambda: answers.read_tokens(answer.body))

    def _send(
        self,
        method: str,
        path: str,
        *,
        token: str = "",
        content: Mapping[str, object] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> outgoing.Answer:
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "accessform/1"}
        body = None
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if content is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
            body = json.dumps(content, ensure_ascii=False).encode()
        elif form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form).encode()
        try:
            return outgoing.send(
                method,
                self.settings.url + path,
                headers=headers,
                body=body,
                largest=LARGEST,
                step=STEP_SECONDS,
                total=TOTAL_SECONDS,
            )
        except outgoing.NoAnswer as error:
            raise Unavailable(str(error)) from error


def _check(answer: outgoing.Answer, wanted: HTTPStatus, *, of_token: bool = True) -> None:
    """Raise what a status means unless it is the one that was wanted."""
    if answer.status == wanted:
        return
    if answer.status == HTTPStatus.UNAUTHORIZED and of_token:
        raise Unauthorised
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        asked = read_retry_after(answer.headers.get("retry-after", ""), now=dt.datetime.now(dt.UTC))
        raise Unavailable("it asks us to slow down", retry_after=60.0 if asked is None else asked)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.is_success:
        raise Unavailable(f"it answered {answer.status}")
    raise Refused(f"it answered {answer.status}")


def _believe(read: Callable[[], Read]) -> Read:
    """Return what is read of an answer; one that cannot be believed is as good as none."""
    try:
        return read()
    except answers.Unbelievable as error:
        raise Unavailable(str(error)) from error
