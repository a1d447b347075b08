"""Sending one signed message to a webhook."""

import http.client
import time

from accessform.journeys.webhooks import IDEMPOTENCY_HEADER, SIGNATURE_HEADER, Webhook, sign
from accessform.web.outgoing import NotConnected, Unanswered, post


class NotDelivered(Exception):
    """The receiver did not say 2xx; the message says why and never holds what was sent."""


def post_message(webhook: Webhook, body: bytes, *, message_id: str) -> None:
    """POST `body` and return once the receiver has answered 2xx; raises NotDelivered otherwise.

    A redirect is a refusal: following it would take the answers to an address that nobody configured.
    """
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "accessform-webhook/1",
        IDEMPOTENCY_HEADER: message_id,
        SIGNATURE_HEADER: sign(body, secret=webhook.secret, at=int(time.time())),
    }
    try:
        status = post(webhook.url, body, headers=headers)
    except (NotConnected, Unanswered) as error:
        raise NotDelivered(str(error)) from error
    if not http.client.OK <= status < http.client.MULTIPLE_CHOICES:
        raise NotDelivered(f"the receiver answered {status}")
