"""Databases and servers that belong to storms."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from accessform.operations.launch import free_port, wait_until_ready
from tests.storms.serving import Installation

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("STORM_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'storm.sqlite3'}"


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A database of this test's own; skipped with a reason where there is no server, failed where CI promises one."""
    try:
        server = psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"PostgreSQL is needed here and does not answer at {SERVER}: {error}")
        pytest.skip(f"no PostgreSQL answers at {SERVER} (STORM_POSTGRES_URL names another)")
    name = f"storm_{uuid.uuid4().hex[:12]}"
    with server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"{SERVER}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def storm_database(request: pytest.FixtureRequest) -> str:
    """One database after the other: a SQLite file, and PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Serve an empty installation with espeak alone: with no second voice, every failure shows."""
    folder, port = tmp_path_factory.mktemp("served"), free_port(21_000 + os.getpid() % 2000)
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
