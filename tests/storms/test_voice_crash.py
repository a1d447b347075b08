"""The voice's process dies or hangs under a real server: a page says so, or the sound stops, and the next is heard."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import pytest

from accessform.operations.launch import free_port, wait_until_ready
from accessform.speech.synthesis.installed import ESPEAK, identity_of

ROOT = Path(__file__).resolve().parents[2]
LONG_PAGE = "/algorithmes"

pytestmark = [pytest.mark.storm, pytest.mark.slow]


@dataclass(frozen=True)
class Installation:
    """A running server with one web process and one voice."""

    port: int
    group: int

    def engines(self) -> list[int]:
        """Return the process ids of the voices that this installation runs."""
        listed = subprocess.run(
            ["ps", "-A", "-ww", "-o", "pid=,ppid=,command="], capture_output=True, text=True, check=True
        )
        rows = {int(pid): (int(parent), command) for pid, parent, command in split(listed.stdout)}
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


def split(listing: str) -> Iterator[list[str]]:
    """Yield the three columns of each line of `ps`."""
    return (line.split(None, 2) for line in listing.splitlines())


def ancestors(pid: int, rows: dict[int, tuple[int, str]]) -> set[int]:
    """Return the processes above `pid`."""
    found: set[int] = set()
    while pid in rows:
        pid = rows[pid][0]
        found.add(pid)
    return found


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Serve an empty installation with espeak alone: with no second voice, every failure shows."""
    if identity_of(ESPEAK) is None:
        pytest.skip("espeak-ng has no package for this machine")
    folder, port = tmp_path_factory.mktemp("voice"), free_port(21_000 + os.getpid() % 2000)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ACCESSFORM_")}
    chosen = {"ACCESSFORM_VAR": str(folder), "ACCESSFORM_PORT": str(port), "ACCESSFORM_WEB_WORKERS": "1"}
    chosen |= {"ACCESSFORM_VOICE_ENGINE": "espeak", "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}"}
    command = [sys.executable, "-m", "accessform.operations.launch", "serve"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env={**kept, **chosen}, start_new_session=True, stdout=log, stderr=log
        )
        try:
            assert wait_until_ready(f"http://127.0.0.1:{port}"), (folder / "server.log").read_text()
            yield Installation(port, server.pid)
        finally:
            server.terminate()
            server.wait(timeout=20)


def test_a_voice_killed_while_it_speaks_cuts_the_sound_and_speaks_again(installation):
    status, whole = installation.hear(LONG_PAGE)
    assert status == 200
    connection, answer = installation.get(f"{LONG_PAGE}?ecouter")
    with contextlib.closing(connection):
        assert answer.status == 200
        killer = threading.Thread(target=kill_again_and_again, args=(installation,))
        killer.start()
        try:
            heard = answer.read()
        except http.client.IncompleteRead as cut:
            heard = cut.partial
        except OSError:
            heard = b""
        killer.join()
    assert len(heard) < 0.9 * len(whole)
    status, again = installation.hear(LONG_PAGE)
    assert status == 200
    assert 0.98 < len(again) / len(whole) < 1.02


def kill_again_and_again(installation: Installation) -> None:
    """Kill every voice as it comes up, for a second."""
    end = time.monotonic() + 1
    while time.monotonic() < end:
        for pid in installation.engines():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def test_a_voice_that_hangs_is_a_clear_page_in_time_and_holds_nobody_up(installation):
    assert installation.hear("/plan-du-site")[0] == 200
    assert installation.engines()
    for pid in installation.engines():
        os.kill(pid, signal.SIGSTOP)
    heard: list[tuple[int, bytes]] = []
    listener = threading.Thread(target=lambda: heard.append(installation.hear("/plan-du-site")))
    began = time.monotonic()
    listener.start()
    time.sleep(0.5)
    connection, other = installation.get("/accessibilite", timeout=4)
    with contextlib.closing(connection):
        assert other.status == 200
    listener.join(30)
    assert time.monotonic() - began < 20
    status, body = heard[0]
    assert status == 503
    page = lxml.html.fromstring(body.decode())
    assert page.get("lang") == "fr"
    assert page.xpath("//main//h1")
    assert installation.hear("/plan-du-site")[0] == 200
