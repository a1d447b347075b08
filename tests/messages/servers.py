"""Servers on this machine that messages are given to; they know no Django."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@contextlib.contextmanager
def serving(server: Any) -> Iterator[Any]:
    """Run a server in a thread."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def gateway(
    *statuses: int, wait: float = 0.0, cut: bool = False, on_request: Callable[[], None] = lambda: None
) -> Iterator[Any]:
    """Serve a gateway that answers these statuses in order, the last one for ever; `.requests` holds what came."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.requests.append((dict(self.headers), body))
            on_request()
            time.sleep(wait)
            if cut:
                self.connection.close()
                return
            status = statuses[min(len(self.server.requests), len(statuses)) - 1]
            with contextlib.suppress(OSError):
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *args: None
    server.requests = []
    with serving(server):
        yield server
