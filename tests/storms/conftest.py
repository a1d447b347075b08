"""Databases that belong to one storm."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

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
