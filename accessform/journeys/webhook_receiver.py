"""A receiver to try webhooks with: verifies signatures, keeps each message once, hands it to a function."""

import json
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from accessform.journeys.webhooks import IDEMPOTENCY_HEADER, SIGNATURE_HEADER, BadSignature, check_signature

MAX_BODY = 20 * 1024 * 1024

Show = Callable[[str], object]


class ReceiverServer(ThreadingHTTPServer):
    """Listens on this machine only; `seen` holds the ids of the messages that were kept."""

    def __init__(self, port: int, *, secret: str, show: Show) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.secret = secret
        self.show = show
        self.seen: set[str] = set()

    def receive(self, body: bytes, *, signature: str, key: str) -> HTTPStatus:
        """Judge one message and show it if it is new; return the status to answer with."""
        try:
            check_signature(signature, body, secret=self.secret)
            message: dict[str, Any] = json.loads(body)
        except BadSignature as error:
            self.show(f"refused: {error}")
            return HTTPStatus.UNAUTHORIZED
        except ValueError:
            self.show("refused: not JSON")
            return HTTPStatus.BAD_REQUEST
        if message.get("id") != key:
            self.show("refused: the id and the Idempotency-Key differ")
            return HTTPStatus.BAD_REQUEST
        if key in self.seen:
            self.show(f"again, ignored: {key}")
            return HTTPStatus.OK
        self.seen.add(key)
        self.show(json.dumps(message, ensure_ascii=False, indent=2))
        return HTTPStatus.OK


class _Handler(BaseHTTPRequestHandler):
    server: ReceiverServer

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > MAX_BODY:
            self.close_connection = True
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        else:
            body = self.rfile.read(int(length))
            status = self.server.receive(
                body,
                signature=self.headers.get(SIGNATURE_HEADER, ""),
                key=self.headers.get(IDEMPOTENCY_HEADER, ""),
            )
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent: what was received is shown by the server."""
