"""The voice needs no network: it speaks where there is none, and opens no socket."""

import os
import shutil
import socket
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accessform.speech import services
from tests.speech.forms import published_version

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every attempt to open a connection fail."""

    def refuse(*args: object, **options: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.django_db
@pytest.mark.usefixtures("no_sockets")
def test_forms_are_rendered_without_opening_a_socket() -> None:
    published_version()
    printed = StringIO()
    call_command("speech", "render", "essai", stdout=printed)
    assert "× le temps réel" in printed.getvalue()
    assert services.missing_clips() == []
    call_command("speech", "render", stdout=printed)
    assert "0 son, " in printed.getvalue()


@pytest.mark.parametrize("engine", ["pico", "espeak"])
def test_a_machine_without_any_network_speaks(engine: str, tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system does not let a test take the network away")
    out = tmp_path / "said.mp3"
    environment = {**os.environ, "ACCESSFORM_VOICE_ENGINE": engine, "DATABASE_URL": "sqlite://:memory:"}
    command = [unshare, "-rn", sys.executable, "manage.py", "speech", "say", "M. Martin, 12,50 €", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert "monsieur Martin, douze euros et cinquante centimes" in done.stdout
    assert out.stat().st_size > 4000


def test_the_command_says_what_it_says(tmp_path: Path) -> None:
    printed = StringIO()
    call_command("speech", "say", "Le 12/03/1948.", "--out", str(tmp_path / "a.mp3"), stdout=printed)
    assert "Le douze mars mille neuf cent quarante-huit." in printed.getvalue()
    assert (tmp_path / "a.mp3").read_bytes()[:1] == b"\xff"


def test_a_text_without_words_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="aucun mot"):
        call_command("speech", "say", "…", "--out", str(tmp_path / "a.mp3"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_an_unknown_form_is_an_error() -> None:
    with pytest.raises(CommandError, match="« inconnu »"):
        call_command("speech", "render", "inconnu")


@pytest.mark.django_db
def test_rendering_here_is_refused_where_google_was_chosen(settings: Any) -> None:
    settings.VOICE_GTTS = True
    published_version()
    with pytest.raises(CommandError, match="--engine gtts"):
        call_command("speech", "render")


@pytest.mark.django_db
def test_without_a_voice_rendering_says_so(settings: Any) -> None:
    settings.VOICE_ENGINE = "none"
    with pytest.raises(CommandError, match="Aucun son"):
        call_command("speech", "render")


@pytest.mark.parametrize(("choice", "ids"), [("auto", []), ("none", []), ("kokoro", ["speech.E001"])])
def test_the_system_check_knows_the_engines(choice: str, ids: list[str], settings: Any) -> None:
    from accessform.speech.checks import voice_settings_make_sense

    settings.VOICE_ENGINE = choice
    assert [message.id for message in voice_settings_make_sense(None)] == ids


@pytest.mark.django_db
def test_the_command_can_be_quiet() -> None:
    published_version()
    printed = StringIO()
    call_command("speech", "render", verbosity=0, stdout=printed)
    assert printed.getvalue() == ""
