"""The launcher takes a free port, prepares only what changed and restarts what dies."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from accessform.operations.keys import new_data_key, new_secret_key
from accessform.operations.launch import ROOT, Supervisor, free_port, static_digest, web_command


def test_a_taken_port_gives_the_next_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) > port


def test_static_files_are_collected_again_when_one_changes(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a{}")
    before = static_digest(tmp_path)
    assert static_digest(tmp_path) == before
    (tmp_path / "a.css").write_text("a{color:red}")
    assert static_digest(tmp_path) != before


def test_the_server_respawns_failed_workers() -> None:
    command = web_command("127.0.0.1", 8000)
    assert "--respawn-failed-workers" in command
    assert command[command.index("--blocking-threads") + 1] == "8"


def test_what_dies_is_started_again() -> None:
    supervisor = Supervisor({"brief": [sys.executable, "-c", "pass"]})
    previous = {received: signal.getsignal(received) for received in (signal.SIGINT, signal.SIGTERM)}
    supervisor.start()
    try:
        first = supervisor.running["brief"].pid
        restarted = next(supervisor.watch())
        assert restarted == "brief"
        assert supervisor.running["brief"].pid != first
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()
        list(supervisor.watch())
        assert supervisor.stopping
    finally:
        for received, handler in previous.items():
            signal.signal(received, handler)


def test_demonstration_data_refuses_production() -> None:
    environment = {**os.environ, "ACCESSFORM_MODE": "production"}
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "accessform.operations.launch", "run"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "make serve" in done.stdout
    assert time.monotonic() - started < 30


def test_stopping_leaves_nothing_that_a_command_started(tmp_path: Path) -> None:
    grandchild = tmp_path / "pid"
    script = (
        "import pathlib, subprocess, sys, time;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"pathlib.Path({str(grandchild)!r}).write_text(str(child.pid)); time.sleep(60)"
    )
    supervisor = Supervisor({"parent": [sys.executable, "-c", script]})
    previous = {received: signal.getsignal(received) for received in (signal.SIGINT, signal.SIGTERM)}
    supervisor.start()
    try:
        assert os.getpgid(supervisor.running["parent"].pid) != os.getpgid(0), "Ctrl+C would reach it directly"
        deadline = time.monotonic() + 20
        while not (grandchild.exists() and grandchild.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        supervisor.stopping = True
        list(supervisor.watch())
        assert _ends(int(grandchild.read_text()))
    finally:
        for received, handler in previous.items():
            signal.signal(received, handler)


def _ends(pid: int) -> bool:
    """Tell whether a process is gone, or a zombie that its adopter has not read yet, within five seconds."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
        if state.stdout.strip() in ("", "Z"):
            return True
        time.sleep(0.05)
    return False


def _serve_in_production(**environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ACCESSFORM_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "-m", "accessform.operations.launch", "serve"],
        cwd=ROOT,
        env={**kept, "ACCESSFORM_MODE": "production", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_production_does_not_start_without_keys_and_says_which(tmp_path: Path) -> None:
    done = _serve_in_production(ACCESSFORM_VAR=str(tmp_path), ACCESSFORM_HOSTS="demarches.example.fr")
    assert done.returncode == 1
    assert "ACCESSFORM_SECRET_KEY is not set" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_production_does_not_start_as_the_demonstration(tmp_path: Path) -> None:
    done = _serve_in_production(
        ACCESSFORM_VAR=str(tmp_path),
        ACCESSFORM_HOSTS="demarches.example.fr",
        ACCESSFORM_SECRET_KEY=new_secret_key(),
        ACCESSFORM_DATA_KEYS=new_data_key(),
    )
    assert done.returncode == 1
    assert "trust.E007" in done.stdout, "the operator of the demonstration"
    assert "trust.E008" in done.stdout, "an address without TLS"
    assert not (tmp_path / "db.sqlite3").exists()
