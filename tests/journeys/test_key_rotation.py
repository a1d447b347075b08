"""Data keys are replaced without losing a word, in pieces, while people write."""

import uuid

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accessform.journeys import resume
from accessform.journeys.models import Journey, ResumeAccess, SecondElement, StepAnswers, UploadedFile
from accessform.operations.keys import new_data_key
from accessform.trust import files, rotation
from accessform.trust.encryption import Undecipherable
from tests.journeys.small_journeys import make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey() -> Journey:
    journey = make_draft()
    for number in range(7):
        StepAnswers.objects.create(journey=journey, step_id=f"s{number}", typed={"a": [str(number)]}, answers={})
    file = UploadedFile.objects.create(
        journey=journey, question_id="p", name="paie.jpg", content_type="image/jpeg", size=4, digest="0" * 64
    )
    files.store_file(file.pk, b"paie")
    resume.make_access(journey=journey, kind=SecondElement.WORD, second="papillon")
    return journey


def tokens(table: str, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        return [row[0] for row in cursor.fetchall()]


def add_key(settings) -> str:
    newest = new_data_key()
    settings.DATA_KEYS = [newest, *settings.DATA_KEYS]
    return newest


def test_after_rotation_the_older_keys_are_needed_no_more(journey, settings):
    newest = add_key(settings)
    code = ResumeAccess.objects.get().code
    call_command("rotate_data_keys", verbosity=0)
    settings.DATA_KEYS = [newest]
    assert [row.typed for row in StepAnswers.objects.filter(step_id="s3")] == [{"a": ["3"]}]
    assert UploadedFile.objects.get().name == "paie.jpg"
    assert files.read_file(UploadedFile.objects.get().pk) == b"paie"
    opened = Client().post("/reprendre", {"code": code, "second": "papillon"})
    assert opened.status_code == 303


def test_a_cut_run_is_finished_by_the_next_one(journey, settings, monkeypatch):
    newest = add_key(settings)
    monkeypatch.setattr(rotation, "BATCH", 2)
    seen = []
    renew = rotation._renewed

    def cut(token: bytes, report: rotation.Rotated) -> bytes | None:
        seen.append(token)
        if len(seen) == 6:
            raise KeyboardInterrupt
        return renew(token, report)

    monkeypatch.setattr(rotation, "_renewed", cut)
    with pytest.raises(KeyboardInterrupt):
        call_command("rotate_data_keys", verbosity=0)
    monkeypatch.setattr(rotation, "_renewed", renew)
    reports = list(rotation.rotate_everything())
    assert sum(report.current for report in reports) >= 5
    for token in tokens("journeys_stepanswers", "typed"):
        Fernet(newest).decrypt(token.encode())


def test_a_second_run_writes_nothing(journey, settings):
    add_key(settings)
    call_command("rotate_data_keys", verbosity=0)
    before = tokens("journeys_stepanswers", "typed")
    assert all(report.renewed == 0 for report in rotation.rotate_everything())
    assert tokens("journeys_stepanswers", "typed") == before


def test_what_was_written_meanwhile_is_not_overwritten(journey, settings, monkeypatch):
    add_key(settings)
    renew = rotation._renewed
    row = StepAnswers.objects.get(step_id="s3")

    def someone_writes(token: bytes, report: rotation.Rotated) -> bytes | None:
        fresh = renew(token, report)
        StepAnswers.objects.filter(pk=row.pk).update(typed={"a": ["new"]})
        return fresh

    monkeypatch.setattr(rotation, "_renewed", someone_writes)
    rotation.rotate_field(StepAnswers, StepAnswers._meta.get_field("typed"))
    row.refresh_from_db()
    assert row.typed == {"a": ["new"]}


def test_a_value_that_no_key_opens_is_reported_and_left_as_it_is(journey, settings):
    add_key(settings)
    stranger = Fernet(new_data_key()).encrypt(b"{}").decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journeys_stepanswers SET typed = %s WHERE step_id = 's3'", [stranger])
    with pytest.raises(CommandError, match="1 values"):
        call_command("rotate_data_keys", verbosity=0)
    assert stranger in tokens("journeys_stepanswers", "typed")
    with pytest.raises(Undecipherable):
        list(StepAnswers.objects.all())


def test_every_room_s_encrypted_fields_are_found():
    found = {f"{model._meta.label}.{field.name}" for model, field in rotation.encrypted_fields()}
    assert {
        "journeys.StepAnswers.typed",
        "journeys.StepAnswers.answers",
        "journeys.Submission.document",
        "journeys.UploadedFile.name",
        "journeys.ResumeAccess.code",
        "journeys.ResumeLink.email",
    } <= found


def test_an_unfinished_write_is_left_alone(settings):
    file_id = uuid.uuid4()
    files.store_file(file_id, b"x")
    part = files.path_of(file_id).with_name("rest.part")
    part.write_bytes(b"half")
    add_key(settings)
    assert rotation.rotate_files().unreadable == 0
