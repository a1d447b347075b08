"""A fake language model on this machine: it answers as told, and keeps what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from accessform.plain_language.language_model import ModelSettings

KEY = "sk-clef-tres-secrete"
Answer = Callable[[BaseHTTPRequestHandler, dict[str, object]], None]


def chat(*texts: str) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}} for text in texts]}).encode()


def answers(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler, asked: dict[str, object]) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


class FakeModel(ThreadingHTTPServer):
    """Answers as told, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer: Answer = answers(chat("rien"))
        self.asked: list[dict[str, object]] = []
        self.headers_seen: list[dict[str, str]] = []

    def settings(self, timeout: float = 5.0) -> ModelSettings:
        return ModelSettings(f"http://127.0.0.1:{self.server_port}/v1", "essai", KEY, timeout)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that gave up is no error of the test."""


class _Handler(BaseHTTPRequestHandler):
    server: FakeModel

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked)
        self.server.headers_seen.append({"path": self.path, **dict(self.headers)})
        self.server.answer(self, asked)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def running_model() -> Iterator[FakeModel]:
    server = FakeModel()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
