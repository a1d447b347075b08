"""Prepare an installation and serve it: web processes, task worker and timer, restarted when they die."""

import contextlib
import hashlib
import io
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[2]
RESTART_AFTER_SECONDS = 1.0
READY_WITHIN_SECONDS = 60.0


def say(message: str) -> None:
    """Print one line of progress at once."""
    print(f"accessform: {message}", flush=True)  # noqa: T201


def free_port(wanted: int) -> int:
    """Return `wanted` if nothing listens there, else the next free port; raises OSError after 50 tries."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {wanted} to {wanted + 49}")


def static_digest(folder: Path) -> str:
    """Return a digest of the static sources: names, sizes and times of change."""
    lines = [f"{f.relative_to(folder)} {f.stat().st_size} {f.stat().st_mtime_ns}" for f in sorted(folder.rglob("*"))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def prepare(*, demonstration: bool) -> None:
    """Bring database, static files and, for a demonstration, forms, place and voice up to date.

    Raises SystemCheckError where the settings do not hold what is promised; production checks its own as well.
    """
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("check", deploy=settings.PRODUCTION, stdout=io.StringIO())
    say("database")
    call_command("migrate", interactive=False, verbosity=0)
    stamp, digest = settings.VAR / "static.digest", static_digest(ROOT / "static")
    if not stamp.exists() or stamp.read_text() != digest:
        say("pages' style and scripts")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(digest)
    if demonstration:
        _prepare_demonstration()


def _prepare_demonstration() -> None:
    """Publish the shipped forms, open the demonstration place and render the demonstration form's voice."""
    from django.core.management import call_command

    say("shipped forms")
    for file in sorted((ROOT / "forms_catalog/fr").glob("*/form.yaml")):
        call_command("form", "publish", str(file), verbosity=0)
    say("demonstration place")
    call_command("demo_places", verbosity=0)
    say("voice of the demonstration form")
    call_command("speech", "render", "demonstration", verbosity=0)


def web_command(host: str, port: int) -> list[str]:
    """Return the command of the web processes (docs/operations.md says why these options)."""
    workers = os.environ.get("ACCESSFORM_WEB_WORKERS", "2")
    options = ["--interface", "wsgi", "--workers", workers, "--blocking-threads", "8", "--respawn-failed-workers"]
    options += ["--host", host, "--port", str(port), "--log-level", "error", "--no-ws"]
    return [sys.executable, "-m", "granian", *options, "accessform.wsgi:application"]


class Supervisor:
    """Keep a set of commands running until told to stop.

    Each command leads a process group of its own: a terminal's Ctrl+C reaches this process only, and what a command
    started (granian's workers) ends with it.
    """

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self.commands = commands
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False

    def start(self) -> None:
        """Start every command, and listen for the signals that end them."""
        for received in (signal.SIGINT, signal.SIGTERM):
            signal.signal(received, self._stop)
        for name in self.commands:
            self._spawn(name)

    def watch(self) -> Iterator[str]:
        """Restart what dies, yielding its name each time, until a signal stops everything."""
        while not self.stopping:
            time.sleep(0.2)
            for name, process in list(self.running.items()):
                if process.poll() is not None and not self.stopping:
                    _signal_group(process, signal.SIGKILL)
                    time.sleep(RESTART_AFTER_SECONDS)
                    self._spawn(name)
                    yield name
        self._end()

    def _spawn(self, name: str) -> None:
        self.running[name] = subprocess.Popen(self.commands[name], cwd=ROOT, start_new_session=True)

    def _stop(self, received: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _end(self) -> None:
        """Ask every command to end; after five seconds, end what is left of it and of what it started."""
        for process in self.running.values():
            process.terminate()
        deadline = time.monotonic() + 5
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            _signal_group(process, signal.SIGKILL)
            process.wait()


def _signal_group(process: "subprocess.Popen[bytes]", sent: signal.Signals) -> None:
    """Signal a command and all that it started; silent where nothing is left."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS answers EPERM for a group of zombies
        os.killpg(process.pid, sent)


def wait_until_ready(address: str) -> bool:
    """Ask for /healthz/ready until it answers; False when it has not within READY_WITHIN_SECONDS."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/healthz/ready", timeout=2) as answer:  # noqa: S310
                if answer.status == 200:  # noqa: PLR2004
                    return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _refusal_to_prepare(*, demonstration: bool) -> str | None:
    """Prepare; return None, or why this installation must not start: keys, hosts, or checks that fail."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import SystemCheckError

    from accessform.operations.keys import MissingKey

    try:
        prepare(demonstration=demonstration)
    except (MissingKey, ImproperlyConfigured, SystemCheckError) as reason:
        return f"not started. {reason}"
    return None


def main(command: str) -> int:
    """Run `run` (a demonstration on this machine), `voice-demo` (one that listens) or `serve` (without any)."""
    started = time.monotonic()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accessform.settings")
    if command == "voice-demo":
        from accessform.operations.voice_model import assemble_model

        os.environ.setdefault("ACCESSFORM_RECOGNITION_MODEL", str(assemble_model()))
        say(f"it listens with {os.environ['ACCESSFORM_RECOGNITION_MODEL']}, a small model for trying, not for serving")
    demonstration = command != "serve"
    if demonstration and os.environ.get("ACCESSFORM_MODE", "demo") == "production":
        say("demonstration data is refused in production; use `make serve` (docs/operations.md)")
        return 2
    host = os.environ.get("ACCESSFORM_HOST", "127.0.0.1")
    port = int(os.environ.get("ACCESSFORM_PORT", "8000"))
    port = free_port(port) if demonstration else port
    address = f"http://127.0.0.1:{port}"
    os.environ.setdefault("ACCESSFORM_PUBLIC_URL", address)
    if (refusal := _refusal_to_prepare(demonstration=demonstration)) is not None:
        say(refusal)
        return 1
    manage = [sys.executable, str(ROOT / "manage.py")]
    supervisor = Supervisor(
        {
            "web": web_command(host, port),
            "worker": [*manage, "db_worker", "--interval", "1"],
            "timer": [*manage, "tick", "--forever"],
        }
    )
    supervisor.start()
    if wait_until_ready(address):
        say(f"ready in {time.monotonic() - started:.1f} s: {address}  (Ctrl+C stops it)")
    else:
        say("the server does not answer yet; its messages are above")
    for name in supervisor.watch():
        say(f"{name} had stopped and was started again")
    say("stopped")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
    except KeyboardInterrupt:
        say("stopped before it was ready")
        sys.exit(130)
