"""A disk that takes nothing more, a database that is away: a clear page, and nothing acknowledged that is not kept."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client

from accessform.journeys.models import Journey, StepAnswers, UploadedFile
from accessform.trust.files import read_file, stored_files
from forms_catalog.versioning import publish_source
from tests.journeys.citizen_doors import VALID
from tests.journeys.filling import Citizen

TRIAL = Path(__file__).parents[1] / "journeys/forms/essai.yaml"
MEGABYTE = 1024 * 1024


def person() -> Citizen:
    """Return a citizen on the first step of the small form, who is answered even by an error page."""
    publish_source(source=TRIAL.read_bytes(), file=TRIAL.name)
    return Citizen(Client(raise_request_exception=False)).start("essai").press(filled_for_who="self")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"this machine lets nobody mount a small disk: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@contextlib.contextmanager
def database_that_cannot_grow() -> Iterator[None]:
    """Let SQLite use no page more than it has: it then fails as on a full disk, « database or disk is full »."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can be told to stop growing; on PostgreSQL the disk is the server's")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")


def is_clear(response: Any) -> bool:
    """Tell whether an answer is the page that says: not your fault, try again, a person can help."""
    page = lxml.html.fromstring(response.content.decode())
    words = page.text_content()
    return "Ce n'est pas votre faute" in words and bool(page.xpath('//a[@href="/lieux/"]')) and page.get("lang") == "fr"


def give(citizen: Citizen, content: bytes, **typed: str) -> Any:
    """Send one document with the step."""
    values = {**citizen.fields(), **typed, "action": "next"}
    upload = SimpleUploadedFile("carte.pdf", content)
    return citizen.client.post(citizen.path, {**values, "piece-upload": upload})


@pytest.mark.django_db
def test_a_document_that_finds_no_room_is_refused_alone(small_disk, settings):
    settings.FILES_DIR = small_disk / "files"
    citizen = person().press(**VALID)
    kept, answer = 0, None
    for number in range(6):
        answer = give(
            citizen, b"%PDF-1.7\n" + bytes([number]) * 2 * MEGABYTE + b"\n%%EOF\n", avis=f"mot {number}", accord="oui"
        )
        if answer.status_code != 303:
            break
        kept += 1
        citizen.get(citizen.path)
    assert 0 < kept < 4
    assert answer is not None
    assert "Nous n'avons pas pu garder carte.pdf" in lxml.html.fromstring(answer.content.decode()).text_content()
    assert StepAnswers.objects.get(step_id="papiers").answers["avis"] == f"mot {kept}"
    assert UploadedFile.objects.count() == kept == len(list(stored_files()))
    assert all(read_file(row.pk).endswith(b"%%EOF\n") for row in UploadedFile.objects.all())


@pytest.mark.django_db(transaction=True)
def test_a_database_that_cannot_grow_acknowledges_nothing():
    people = [person() for _ in range(12)]
    posts = [(one.path, {**one.fields(), **VALID, "nom": "D" * 290, "action": "next"}) for one in people]
    with database_that_cannot_grow():
        answers = [one.client.post(*post) for one, post in zip(people, posts, strict=True)]
        refused = [answer for answer in answers if answer.status_code != 303]
        assert refused
        assert all(answer.status_code == 503 and is_clear(answer) for answer in refused)
        assert refused[0].headers["Retry-After"] == "120"
        assert StepAnswers.objects.filter(step_id="vous").count() == len(people) - len(refused)
    again = [one.client.post(*post).status_code for one, post in zip(people, posts, strict=True)]
    assert again == [303] * len(people)
    rows = StepAnswers.objects.filter(step_id="vous")
    assert [row.answers["nom"] for row in rows] == ["D" * 290] * len(people)


@pytest.mark.django_db
def test_a_database_that_is_away_is_a_clear_page(monkeypatch):
    citizen = person()

    def refuse(*arguments: Any, **named: Any) -> Any:
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)
    for path in (citizen.path, "/", "/affichage"):
        answer = citizen.client.get(path)
        assert answer.status_code == 503, path
        assert is_clear(answer)
    posted = citizen.client.post(citizen.path, {"nom": "Durand"})
    assert posted.status_code == 503
    assert is_clear(posted)
    monkeypatch.undo()
    assert Journey.objects.count() == 1
    assert not StepAnswers.objects.filter(step_id="vous").exists()
