"""Sending one signed message to a webhook, with limits on time and no redirects."""

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from accessform.journeys.webhooks import IDEMPOTENCY_HEADER, SIGNATURE_HEADER, Webhook, sign

STEP_SECONDS = 10.0
"""How long connecting, or one wait for bytes, may take."""
TOTAL_SECONDS = 30.0
"""How long a whole attempt may take, against a receiver that answers one byte at a time."""


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
    connection, path = _connection(webhook.url)
    try:
        connection.connect()
        with _deadline(connection.sock):
            connection.request("POST", path, body=body, headers=headers)
            status = connection.getresponse().status
    except TimeoutError as error:
        raise NotDelivered("no answer in time") from error
    except (OSError, http.client.HTTPException) as error:
        raise NotDelivered(f"{type(error).__name__} while sending") from error
    finally:
        connection.close()
    if not http.client.OK <= status < http.client.MULTIPLE_CHOICES:
        raise NotDelivered(f"the receiver answered {status}")


def _connection(url: str) -> tuple[http.client.HTTPConnection, str]:
    """Return an unopened connection to the host of `url`, and the path to ask for."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return kind(parts.hostname or "", parts.port, timeout=STEP_SECONDS), path


@contextlib.contextmanager
def _deadline(sock: socket.socket) -> Iterator[None]:
    """Cut the connection after TOTAL_SECONDS, whatever it is doing; raises TimeoutError where it was cut.

    http.client takes a header that ends in a cut connection for a whole one: what it returned then proves nothing.
    """
    was_cut = threading.Event()
    timer = threading.Timer(TOTAL_SECONDS, _cut, [sock, was_cut])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if was_cut.is_set():
        raise TimeoutError("cut off")


def _cut(sock: socket.socket, was_cut: threading.Event) -> None:
    was_cut.set()
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
