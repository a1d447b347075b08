"""One request to another system, with limits on time and size, no redirects and no proxy; can it have arrived?"""

import contextlib
import http.client
import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

STEP_SECONDS = 10.0
"""How long connecting, or one wait for bytes, may take."""
TOTAL_SECONDS = 30.0
"""How long a whole attempt may take, against a receiver that answers one byte at a time."""


class NoAnswer(Exception):
    """No usable answer; the message says why and never holds what was sent or received."""


class NotConnected(NoAnswer):
    """Nothing was sent; the message says why and never holds what was to be sent."""


class Unanswered(NoAnswer):
    """It may have arrived, and no answer came back."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: the status, the headers by small name, and the body where one was asked for."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx. A redirect is no success: it would lead where nobody configured."""
        return http.client.OK <= self.status < http.client.MULTIPLE_CHOICES


def post(url: str, body: bytes, *, headers: Mapping[str, str]) -> int:
    """POST `body` and return the status that was answered. Raises NotConnected or Unanswered."""
    return send("POST", url, headers=headers, body=body).status


def send(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None = None,
    largest: int = 0,
    step: float | None = None,
    total: float | None = None,
) -> Answer:
    """Send one request and return the answer with its body, of `largest` bytes at most (0: the body is not read).

    `step` and `total` replace STEP_SECONDS and TOTAL_SECONDS. Raises NotConnected or Unanswered, this one for a larger
    body too.
    """
    connection, path = _connection(url, STEP_SECONDS if step is None else step)
    try:
        _connect(connection)
        with _deadline(connection.sock, TOTAL_SECONDS if total is None else total):
            connection.request(method, path, body=body, headers=dict(headers))
            response = connection.getresponse()
            found = response.read(largest + 1) if largest else b""
    except TimeoutError as error:
        raise Unanswered("no answer in time") from error
    except (OSError, http.client.HTTPException) as error:
        raise Unanswered(f"{type(error).__name__} while sending") from error
    finally:
        connection.close()
    if len(found) > largest:
        raise Unanswered("the answer is too large")
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, found)


def _connect(connection: http.client.HTTPConnection) -> None:
    try:
        connection.connect()
    except TimeoutError as error:
        raise NotConnected("no connection in time") from error
    except OSError as error:
        raise NotConnected(f"{type(error).__name__} while connecting") from error


def _connection(url: str, step: float) -> tuple[http.client.HTTPConnection, str]:
    """Return an unopened connection to the host of `url`, and the path to ask for."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return kind(parts.hostname or "", parts.port, timeout=step), path


@contextlib.contextmanager
def _deadline(sock: socket.socket, total: float) -> Iterator[None]:
    """Cut the connection after `total` seconds, whatever it is doing; raises TimeoutError where it was cut.

    http.client takes a header that ends in a cut connection for a whole one: what it returned then proves nothing.
    """
    was_cut = threading.Event()
    timer = threading.Timer(total, _cut, [sock, was_cut])
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
