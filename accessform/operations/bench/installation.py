"""An installation made for one measurement: its own folder, database, forms and server."""

import os
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from accessform.operations.launch import free_port, web_command

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = "accessform.operations.bench.settings"


@contextmanager
def measured_installation() -> Iterator[Path]:
    """Point this process at a fresh, prepared installation in a folder that goes when the measurement ends."""
    with tempfile.TemporaryDirectory(prefix="accessform-bench-") as folder:
        os.environ["ACCESSFORM_VAR"] = folder
        os.environ["ACCESSFORM_MODE"] = "demo"
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
        os.environ.pop("DATABASE_URL", None)
        from accessform.operations.launch import prepare

        prepare(demonstration=True)
        yield Path(folder)


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """Serve the installation of this process and give its host and port."""
    port = free_port(8600)
    command = web_command("127.0.0.1", port)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS}
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz/ready")
        yield "127.0.0.1", port
    finally:
        server.terminate()
        server.wait(timeout=15)


def _wait(address: str) -> None:
    """Wait for the server to answer; raises TimeoutError after 30 seconds."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{address} does not answer")
