"""Production starts with the documented environment, and refuses a demonstration's values."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from accessform.operations.keys import new_data_key, new_secret_key
from accessform.trust.operator import operator

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def documented(settings, tmp_path: Path) -> dict[str, str]:
    """The environment of docs/operations.md for a production installation."""
    shipped = Path(settings.OPERATOR_FILE).read_text(encoding="utf-8")
    own = tmp_path / "operator.toml"
    own.write_text(shipped.replace("demonstration = true", "demonstration = false"), encoding="utf-8")
    of_tests = ("ACCESSFORM_", "DJANGO_", "DATABASE_URL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(of_tests)}
    return {
        **kept,
        "ACCESSFORM_MODE": "production",
        "ACCESSFORM_VAR": str(tmp_path / "var"),
        "ACCESSFORM_SECRET_KEY": new_secret_key(),
        "ACCESSFORM_DATA_KEYS": new_data_key(),
        "ACCESSFORM_HOSTS": "demarches.example.fr",
        "ACCESSFORM_PUBLIC_URL": "https://demarches.example.fr",
        "ACCESSFORM_OPERATOR": str(own),
        "ACCESSFORM_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "ACCESSFORM_TRUSTED_PROXIES": "127.0.0.1",
    }


def check(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_documented_environment_passes_every_deploy_check(documented):
    done = check(documented)
    assert done.returncode == 0, done.stderr


def test_a_demonstration_s_values_are_refused_all_at_once(documented):
    for name in ("ACCESSFORM_PUBLIC_URL", "ACCESSFORM_OPERATOR", "ACCESSFORM_EMAIL_BACKEND"):
        del documented[name]
    done = check(documented)
    assert done.returncode == 1
    for code in ("trust.E007", "trust.E008", "trust.E009"):
        assert code in done.stderr


@pytest.mark.parametrize("missing", ["ACCESSFORM_SECRET_KEY", "ACCESSFORM_DATA_KEYS", "ACCESSFORM_HOSTS"])
def test_production_does_not_start_without_its_keys_and_hosts(documented, missing):
    del documented[missing]
    done = check(documented)
    assert done.returncode != 0
    assert missing in done.stderr


def test_production_makes_no_key_of_its_own(documented, tmp_path):
    del documented["ACCESSFORM_DATA_KEYS"]
    check(documented)
    assert not (tmp_path / "var/keys/data_keys").exists()


@pytest.mark.parametrize("bad", ["short", "", "x" * 44])
def test_a_data_key_that_is_no_key_is_refused(settings, bad):
    from accessform.trust.checks import data_keys_are_keys

    settings.DATA_KEYS = [bad] if bad else []
    assert [error.id for error in data_keys_are_keys(None)] == ["trust.E004"]


def test_the_shipped_operator_is_plainly_a_demonstration():
    assert operator().is_demonstration


@pytest.mark.django_db
def test_pages_may_not_be_framed(client):
    assert client.get("/plan-du-site").headers["X-Frame-Options"] == "DENY"


def test_a_proxy_that_is_not_named_is_warned_of(documented):
    del documented["ACCESSFORM_TRUSTED_PROXIES"]
    assert "trust.W002" in check(documented).stderr
