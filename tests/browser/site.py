"""A running installation, as tests see it."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from accessform.operations.launch import free_port

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Site:
    """A running installation with the shipped forms and the demonstration place."""

    address: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a management command on this installation and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


@contextmanager
def serving(folder: Path, **more: str) -> Iterator[Site]:
    """Prepare an installation in `folder` as `make run` does, and serve it; `more` is added to its environment."""
    port = free_port(8100 + (os.getpid() % 400) * 2)
    address = f"http://127.0.0.1:{port}"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ACCESSFORM_")}
    environment |= {
        "ACCESSFORM_VAR": str(folder),
        "ACCESSFORM_PORT": str(port),
        "ACCESSFORM_WEB_WORKERS": "1",
        "ACCESSFORM_VOICE_AT_PUBLISH": "0",
        "ACCESSFORM_STAFF_IDLE_MINUTES": "600",  # a long run stays signed in
        **more,
    }
    environment.pop("DATABASE_URL", None)
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "accessform.operations.launch", "run"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(address, server, folder / "server.log")
            yield Site(address, environment)
        finally:
            server.terminate()
            server.wait(timeout=15)


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the installation answers; fails with its log where it does not."""
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz/ready", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the installation did not start:\n{log.read_text()[-3000:]}")
