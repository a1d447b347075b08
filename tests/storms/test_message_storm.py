"""Killed between sending and recording: e-mails come again under one name, text messages never come twice."""

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS, SEED = 120, 20261122
EACH = 25

pytestmark = [pytest.mark.storm, pytest.mark.slow]


def run(database, tmp_path, *options):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ACCESSFORM_")}
    # Noon somewhere: text messages wait for the day, and this test does not.
    chosen = {"DATABASE_URL": database, "ACCESSFORM_VAR": str(tmp_path / "var"), "ACCESSFORM_TIME_ZONE": _zone_by_day()}
    command = [sys.executable, "-m", "tests.storms.message_storm", str(SECONDS), str(SEED), *options]
    done = subprocess.run(
        command, cwd=ROOT, env={**kept, **chosen}, capture_output=True, text=True, timeout=280, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["kills"] >= 3
    return result


def _zone_by_day() -> str:
    ahead = (12 - dt.datetime.now(dt.UTC).hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def states(result, channel):
    return {pk: state for kind, state, pk in result["rows"] if kind == channel}


def test_text_messages_arrive_once_at_most_and_what_is_in_doubt_is_said(storm_database, tmp_path):
    result = run(storm_database, tmp_path)
    texts, told = states(result, "sms"), result["texts"]
    assert set(told.values()) == {1}
    assert set(texts.values()) == {"sent", "doubtful"}
    assert {pk for pk, state in texts.items() if state == "sent"} <= set(told)
    mails = states(result, "email")
    assert set(mails.values()) == {"sent"}
    names = {name.partition("@")[0].strip("<") for name in result["mails"]}
    assert names == set(mails)
    assert len(mails) == len(texts) == EACH
    assert max(result["mails"].values()) > 1


def test_a_gateway_that_drops_repeats_gets_every_text_message(sqlite_url, tmp_path):
    result = run(sqlite_url, tmp_path, "drops")
    texts = states(result, "sms")
    assert set(texts.values()) == {"sent"}
    assert set(result["texts"]) == set(texts)
    assert len(texts) == EACH
    assert max(result["texts"].values()) > 1
