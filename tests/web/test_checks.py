"""Settings under which a promise would break are refused at start."""

import copy
from typing import Any

import pytest

from accessform.settings import SQLITE_OPTIONS
from accessform.web.checks import database_keeps_its_promises

SAFE = {"ENGINE": "django.db.backends.sqlite3", "CONN_MAX_AGE": None, "OPTIONS": SQLITE_OPTIONS}


def findings(settings: Any, **changes: Any) -> list[str]:
    settings.DATABASES = {"default": {**copy.deepcopy(SAFE), **changes}}
    return [str(error.id) for error in database_keeps_its_promises(None)]


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"ATOMIC_REQUESTS": True}, ["web.E001"]),
        ({"CONN_MAX_AGE": 0}, ["web.E002"]),
        ({"OPTIONS": {**SQLITE_OPTIONS, "transaction_mode": "DEFERRED"}}, ["web.E003"]),
        ({"OPTIONS": {**SQLITE_OPTIONS, "timeout": 5}}, ["web.E003"]),
        (
            {"OPTIONS": {**SQLITE_OPTIONS, "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON;"}},
            ["web.E004"],
        ),
        ({"ENGINE": "django.db.backends.postgresql", "OPTIONS": {}}, []),
    ],
)
def test_unsafe_database_options_are_refused(settings: Any, changes: dict[str, Any], expected: list[str]) -> None:
    assert findings(settings, **changes) == expected
