"""Many tabs at once, on a real database file or server: no event is lost."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
TABS, ROUNDS = 4, 15

TAB = """
import sys, time, uuid
import django
django.setup()
from accessform.adaptation import services
from accessform.observation.events import EventKind, InteractionEvent
journey, tab, rounds = uuid.UUID(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(rounds):
    event = InteractionEvent(EventKind.HELP_OPENED, time.time(), f"step-{tab}")
    services.record_events(state=services.load_state(journey), events=[event])
"""

READ = """
import sys, uuid
import django
django.setup()
from accessform.adaptation import services
counts = services.load_state(uuid.UUID(sys.argv[1])).policy_state.observations.counts
print(sum(tally.count for tally in counts["A3"].values()))
"""


def start(code: str, environment: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture
def environment(tmp_path, transactional_db):
    """A database that processes share: a file of the test's own, or the test database of the server."""
    values = {**os.environ, "DJANGO_SETTINGS_MODULE": "accessform.settings", "ACCESSFORM_VAR": str(tmp_path)}
    if connection.vendor == "sqlite":
        values.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=values, check=True)
    else:
        database = settings.DATABASES["default"]
        where = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
        values["DATABASE_URL"] = f"postgres://{where}/{connection.settings_dict['NAME']}"
    return values


@pytest.mark.storm
def test_no_event_is_lost_between_tabs(environment):
    journey = str(uuid.uuid4())
    tabs = [start(TAB, environment, journey, str(tab), str(ROUNDS)) for tab in range(TABS)]
    ended = [(tab.communicate(timeout=120)[1], tab.returncode) for tab in tabs]
    assert ended == [("", 0)] * TABS
    assert start(READ, environment, journey).communicate()[0].strip() == str(TABS * ROUNDS)
