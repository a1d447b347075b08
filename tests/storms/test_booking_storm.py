"""48 processes, 60 rounds, everything at once: capacity exact, nothing overlaps, nothing promised is lost, no error."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, ROUNDS = 48, 60

pytestmark = [pytest.mark.storm, pytest.mark.slow]


def storm(scenario: str, database: str, tmp_path: Path, processes: int = PROCESSES, rounds: int = ROUNDS) -> Any:
    environment = {**os.environ, "DATABASE_URL": database, "ACCESSFORM_VAR": str(tmp_path / "var")}
    command = [sys.executable, "-m", "tests.storms.booking_storm", scenario, str(processes), str(rounds)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=1000, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    result = json.loads(done.stdout.splitlines()[-1])
    assert "error" not in result["outcomes"], done.stderr[-4000:]
    return result


def assert_exact(result: Any) -> None:
    """The invariant: as many as the capacity, no two at once, every cell belongs to a live appointment."""
    assert result["overlaps"] == 0
    assert result["orphans"] == 0
    assert result["booked"] == result["capacity"] == result["outcomes"]["done"]
    assert result["cells"] == result["booked"] * 4


@pytest.mark.parametrize("database", ["sqlite_url", pytest.param("postgres_url", marks=pytest.mark.postgres)])
def test_a_crowd_books_exactly_the_capacity(database, request, tmp_path):
    result = storm("book", request.getfixturevalue(database), tmp_path)
    assert_exact(result)
    assert sum(result["outcomes"].values()) == PROCESSES * ROUNDS


HAPPENED = (
    "book done", "book slot_gone", "book already_booked", "move done", "cancel done-done", "close done", "expire done",
    "keep done", "take done", "leave True", "longer True", "sweep made", "answer accept_offer done", "bring changed",
)  # fmt: skip


@pytest.mark.parametrize("database", ["sqlite_url", pytest.param("postgres_url", marks=pytest.mark.postgres)])
def test_everything_at_once_keeps_every_invariant(database, request, tmp_path):
    result = storm("mixed", request.getfixturevalue(database), tmp_path)
    assert {name: count for name, count in result["violations"].items() if count} == {}
    assert sum(result["outcomes"].values()) == PROCESSES * ROUNDS
    assert [deed for deed in HAPPENED if deed not in result["outcomes"]] == []


@pytest.mark.postgres
def test_looking_then_inserting_fails_the_same_test(postgres_url, tmp_path):
    result = storm("naive", postgres_url, tmp_path)
    with pytest.raises(AssertionError):
        assert_exact(result)
    assert result["overlaps"] > 0
    assert result["booked"] > result["capacity"]
