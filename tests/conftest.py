"""What every test gets."""

from pathlib import Path
from typing import Any

import pytest

PURE = ("tests/plain_language/", "tests/answers/", "tests/observation/", "tests/speech/test_understanding")
"""Tests of modules that do not know Django: thousands of them, which need no setting."""
DATABASE = {"db", "transactional_db"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a database, for the run on PostgreSQL."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.fixture(autouse=True)
def _test_settings(request: pytest.FixtureRequest) -> None:
    """Plain static files, files of the test's own, tasks run at once, e-mails kept in memory."""
    if request.node.nodeid.startswith(PURE) and not request.node.get_closest_marker("database"):
        return
    settings: Any = request.getfixturevalue("settings")
    tmp_path: Path = request.getfixturevalue("tmp_path")
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.FILES_DIR = tmp_path / "files"
    settings.VOICE_DIR = tmp_path / "voice"
    settings.VOICE_RENDERS_AT_PUBLISH = False
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
