"""kill −9 at any instant, and a power cut: every answer that was acknowledged is there, nothing is there twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS, SEED = 6, 20261121

pytestmark = [pytest.mark.storm, pytest.mark.slow]


def test_a_server_killed_again_and_again_loses_and_doubles_nothing(storm_database, tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ACCESSFORM_")}
    environment = {**kept, "DATABASE_URL": storm_database, "ACCESSFORM_VAR": str(tmp_path / "var")}
    command = [sys.executable, "-m", "tests.storms.kill_storm", str(SECONDS), str(SEED)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["errors"] == [], done.stderr[-4000:]
    assert set(result["statuses"]) <= {"200", "303"}
    assert result["kills"] >= 2
    assert result["unanswered"] > 0
    ledgers = result["ledgers"]
    assert len(ledgers) >= 2
    assert result["journeys"] == result["submissions"] == len(ledgers)
    for ledger in ledgers:
        row = result["rows"][ledger["journey_id"]]
        assert len(row["references"]) == 1
        assert row["deliveries"] == ["deux", "un"]
        assert row["steps"]["vous"]["answers"]["nom"] == ledger["name"]
        assert row["steps"]["papiers"]["answers"]["avis"] == f"avis de {ledger['name']}"
        assert {step["revision"] for step in row["steps"].values()} == {1}
        assert ledger["name"] in row["documents"][0]
        files = [content for journey_id, content in result["files"] if journey_id == ledger["journey_id"]]
        assert len(files) == 1
        assert files[0].endswith(ledger["name"])
    assert len(result["files"]) == len(ledgers)
