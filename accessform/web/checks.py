"""System checks that hold the settings on which the guarantees rest."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

SQLITE_REQUIRED = {"transaction_mode": "IMMEDIATE", "timeout": 20}
PRAGMAS_REQUIRED = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


@register()
def database_keeps_its_promises(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse database options under which a booking or an acknowledged answer could be lost."""
    database = settings.DATABASES["default"]
    errors: list[CheckMessage] = []
    if database.get("ATOMIC_REQUESTS"):
        errors.append(Error("ATOMIC_REQUESTS holds SQLite's write lock through a request; turn it off.", id="web.E001"))
    if database.get("CONN_MAX_AGE", 0) is not None:
        errors.append(Error("CONN_MAX_AGE must be None (persistent connections).", id="web.E002"))
    if database["ENGINE"].endswith("sqlite3"):
        errors.extend(_sqlite_errors(database.get("OPTIONS", {})))
    return errors


def _sqlite_errors(options: dict[str, Any]) -> list[CheckMessage]:
    """Return one error for each SQLite option that differs from what was measured to be safe."""
    errors: list[CheckMessage] = [
        Error(f"SQLite needs {name}={value!r}.", id="web.E003")
        for name, value in SQLITE_REQUIRED.items()
        if options.get(name) != value
    ]
    pragmas = str(options.get("init_command", "")).replace(" ", "")
    errors.extend(Error(f"SQLite needs PRAGMA {p}.", id="web.E004") for p in PRAGMAS_REQUIRED if p not in pragmas)
    return errors
