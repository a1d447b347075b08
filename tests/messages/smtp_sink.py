"""A mail server on this machine that keeps what it is given: the few commands of RFC 5321 that a client needs."""

import socketserver
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class SmtpSink(socketserver.ThreadingTCPServer):
    """Keeps every mail in `.mails`; `refuse`: the code that an address gets; `taken` runs before a mail is answered."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails: list[EmailMessage] = []
        self.refuse: dict[str, int] = {}
        self.taken: Callable[[], None] = lambda: None
        self.answers_data = True

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients of these tests are killed on purpose."""


class _Session(socketserver.StreamRequestHandler):
    server: SmtpSink

    def handle(self) -> None:
        self._say(220, "sink")
        while line := self.rfile.readline().decode("ascii").strip():
            verb = line.split(" ")[0].upper()
            if verb == "QUIT":
                self._say(221, "bye")
                return
            if verb == "DATA":
                if not self._take():
                    return
            elif verb == "RCPT":
                address = line.partition("<")[2].partition(">")[0]
                self._say(self.server.refuse.get(address, 250), "address")
            else:
                self._say(250, "ok")

    def _take(self) -> bool:
        self._say(354, "go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line[1:] if line.startswith(b".") else line)
        self.server.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))  # type: ignore[arg-type]
        self.server.taken()
        if not self.server.answers_data:
            return False
        self._say(250, "kept")
        return True

    def _say(self, code: int, words: str) -> None:
        self.wfile.write(f"{code} {words}\r\n".encode())
