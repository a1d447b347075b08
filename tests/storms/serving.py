"""A real server of an empty installation, and its processes."""

import contextlib
import http.client
import os
import signal
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True)
class Installation:
    """A running server with one web process and one voice."""

    port: int
    group: int

    def engines(self) -> list[int]:
        """Return the process ids of the voices that this installation runs."""
        rows = processes()
        return [pid for pid in rows if "synthesis/worker.py" in rows[pid][1] and self.group in ancestors(pid, rows)]

    def get(self, path: str, timeout: float = 30) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        """Return the answer to a GET, its body unread."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        connection.request("GET", path)
        return connection, connection.getresponse()

    def hear(self, path: str) -> tuple[int, bytes]:
        """Return the status and the whole body."""
        connection, answer = self.get(f"{path}?ecouter")
        with contextlib.closing(connection):
            return answer.status, answer.read()


def processes() -> dict[int, tuple[int, str]]:
    """Return every process of this machine: id → its parent and its command."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,command="], capture_output=True, text=True, check=True
    )
    columns = (line.split(None, 2) for line in listed.stdout.splitlines())
    return {int(row[0]): (int(row[1]), row[2]) for row in columns if len(row) == 3}


def ancestors(pid: int, rows: dict[int, tuple[int, str]]) -> set[int]:
    """Return the processes above `pid`."""
    found: set[int] = set()
    while pid in rows:
        pid = rows[pid][0]
        found.add(pid)
    return found


def kill_tree(top: int) -> None:
    """End a process and all below it at once, as a power cut would: the top first, which would start others again."""
    rows = processes()
    for pid in [top, *[pid for pid in rows if top in ancestors(pid, rows)]]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
