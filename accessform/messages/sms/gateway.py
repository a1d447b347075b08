"""Text messages through an HTTP gateway: one POST of JSON, the same Idempotency-Key at every attempt."""

import json
from dataclasses import dataclass, field
from http import HTTPStatus

from accessform.messages.outcomes import InDoubt, NotTaken, Refused
from accessform.web.outgoing import NotConnected, Unanswered, post

LATER = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
"""By HTTP's own meaning of these, nothing was taken."""
OUR_FAULT = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
"""The settings are wrong, not the number: the message waits for the operator."""


@dataclass(frozen=True)
class HttpSms:
    """A gateway that takes {"id", "to", "text", "sender"}; 2xx means taken."""

    url: str
    token: str = field(repr=False)
    sender: str = ""
    drops_repeats: bool = False

    def send(self, *, number: str, text: str, key: str) -> None:
        """Hand one message to the gateway. Raises Refused, NotTaken or InDoubt."""
        told = {"id": key, "to": number, "text": text} | ({"sender": self.sender} if self.sender else {})
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "accessform-sms/1",
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": key,
        }
        try:
            status = post(self.url, json.dumps(told, ensure_ascii=False).encode(), headers=headers)
        except NotConnected as error:
            raise NotTaken(str(error)) from None
        except Unanswered as error:
            raise InDoubt(str(error)) from None
        _read_status(status)


def _read_status(status: int) -> None:
    """Return for 2xx; a redirect is not followed, since the number would go where nobody configured."""
    told = f"the gateway answered {status}"
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return
    if status in LATER or status in OUR_FAULT or status < HTTPStatus.BAD_REQUEST:
        raise NotTaken(told)
    if status == HTTPStatus.REQUEST_TIMEOUT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise InDoubt(told)
    raise Refused(told)
