"""Files are whole or absent, and never in clear."""

import uuid

import pytest

from accessform.trust import files


def test_a_file_is_read_back_and_lies_encrypted_for_its_owner_alone():
    file_id = uuid.uuid4()
    files.store_file(file_id, b"photo of a pay slip")
    assert files.read_file(file_id) == b"photo of a pay slip"
    assert b"pay slip" not in files.path_of(file_id).read_bytes()
    assert files.path_of(file_id).stat().st_mode & 0o077 == 0


def test_a_full_disk_leaves_the_former_content_and_no_rubbish(monkeypatch):
    file_id = uuid.uuid4()
    files.store_file(file_id, b"first")
    monkeypatch.setattr("os.fsync", _disk_full)
    with pytest.raises(OSError, match="No space"):
        files.store_file(file_id, b"second")
    assert files.read_file(file_id) == b"first"
    assert [path.name for path in files.stored_files()] == [str(file_id)]


def test_deleting_twice_is_silent():
    file_id = uuid.uuid4()
    files.store_file(file_id, b"x")
    files.delete_file(file_id)
    files.delete_file(file_id)
    assert list(files.stored_files()) == []


def _disk_full(descriptor: int) -> None:
    raise OSError(28, "No space left on device")
