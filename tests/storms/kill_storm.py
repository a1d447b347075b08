"""A real server is killed again and again while people fill in forms. Run as a program: it prints what is left.

    python -m tests.storms.kill_storm SECONDS SEED

DATABASE_URL and ACCESSFORM_VAR name a database and a folder that are this program's own.
"""

import dataclasses
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

import django

from accessform.operations.launch import free_port, prepare, wait_until_ready
from tests.storms.people import Browser, Ledger, fill_one_form
from tests.storms.serving import kill_tree, processes

ROOT = Path(__file__).resolve().parents[2]
FORM = ROOT / "tests/journeys/forms/essai.yaml"
PEOPLE = 3
HOOKS = [{"name": name, "url": "http://127.0.0.1:9/", "secret": "0123456789abcdef"} for name in ("un", "deux")]


class Server:
    """An installation as `make serve` runs it: web processes, task worker, timer."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "accessform.operations.launch", "serve"]
        environment = {**os.environ, "ACCESSFORM_PORT": str(self.port)}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, stdout=sys.stderr)
        assert wait_until_ready(f"http://127.0.0.1:{self.port}")

    def workers(self) -> list[int]:
        """Return the process ids of the web workers that live now."""
        assert self.process is not None
        rows = processes()
        web = [pid for pid, (parent, command) in rows.items() if parent == self.process.pid and "granian" in command]
        return [pid for pid, (parent, command) in rows.items() if parent in web and "tracker" not in command]

    def kill_worker(self, choice: random.Random) -> bool:
        """End one worker at once, as a crash or the kernel's memory guard would; False where none lives just now."""
        workers = self.workers()
        if workers:
            os.kill(choice.choice(workers), signal.SIGKILL)
        return bool(workers)

    def kill_all(self) -> None:
        """End every process of the server at once, as a power cut would."""
        assert self.process is not None
        kill_tree(self.process.pid)
        self.process.wait()


def fill_until(deadline: float, port: int, number: int, ledgers: list[Ledger], browsers: list[Browser]) -> None:
    """One person after the other fills in a form until the deadline; what was begun is finished."""
    while time.monotonic() < deadline:
        browser = Browser(port)
        browsers.append(browser)
        ledgers.append(fill_one_form(browser, "essai", number))


def storm(seconds: float, seed: int) -> dict[str, Any]:
    """Kill workers at random instants, and the whole server once, while PEOPLE fill in forms."""
    choice = random.Random(seed)
    server = Server(free_port(18_000 + os.getpid() % 2000))
    server.start()
    ledgers: list[Ledger] = []
    browsers: list[Browser] = []
    errors: list[str] = []

    def live(number: int) -> None:
        try:
            fill_until(deadline, server.port, number, ledgers, browsers)
        except BaseException:
            errors.append(traceback.format_exc())

    deadline = time.monotonic() + seconds
    crowd = [threading.Thread(target=live, args=(number,)) for number in range(PEOPLE)]
    for person in crowd:
        person.start()
    try:
        kills = kill_until(deadline, server, choice)
        for person in crowd:
            person.join(120)
    finally:
        server.kill_all()
    return {"kills": kills, "ledgers": ledgers, "browsers": browsers, "errors": errors}


def kill_until(deadline: float, server: Server, choice: random.Random) -> int:
    """Kill a worker at random instants, the whole server half-way; return how many workers were killed."""
    kills, power_cut = 0, time.monotonic() + (deadline - time.monotonic()) / 2
    while time.monotonic() < deadline:
        time.sleep(choice.uniform(0.3, 1.5))
        if power_cut and time.monotonic() > power_cut:
            power_cut = 0
            server.kill_all()
            server.start()
        kills += server.kill_worker(choice)
    return kills


def kept(ledgers: list[Ledger]) -> dict[str, Any]:
    """Return what the database and the disk hold."""
    from accessform.journeys.models import Journey, Submission, UploadedFile
    from accessform.trust.files import read_file
    from tests.storms.journey_storm import rows_of

    files = UploadedFile.objects.all()
    return {
        "journeys": Journey.objects.count(),
        "submissions": Submission.objects.count(),
        "files": [[str(file.journey_id), read_file(file.pk).decode()] for file in files],
        "rows": {ledger.journey_id: rows_of(0, ledger.journey_id) for ledger in ledgers},
    }


def main(seconds: float, seed: int) -> dict[str, Any]:
    """Prepare an installation, let the storm pass over it, and report."""
    from django.core.management import call_command

    os.environ["ACCESSFORM_WEBHOOKS"] = json.dumps(HOOKS)
    prepare(demonstration=False)
    call_command("form", "publish", str(FORM), verbosity=0)
    result = storm(seconds, seed)
    statuses: dict[str, int] = {}
    for browser in result["browsers"]:
        for status, count in browser.statuses.items():
            statuses[str(status)] = statuses.get(str(status), 0) + count
    return {
        "kills": result["kills"],
        "errors": result["errors"],
        "statuses": statuses,
        "unanswered": sum(browser.unanswered for browser in result["browsers"]),
        "ledgers": [dataclasses.asdict(ledger) for ledger in result["ledgers"]],
        **kept(result["ledgers"]),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accessform.settings")
    os.environ["ACCESSFORM_VOICE_ENGINE"] = "none"
    django.setup()
    print(json.dumps(main(float(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201
