"""What is stored cannot be read without the keys."""

import pytest
from cryptography.fernet import Fernet

from accessform.trust.encryption import Undecipherable, decrypt_bytes, decrypt_json, encrypt_bytes, encrypt_json


def test_json_comes_back_and_its_words_do_not_show() -> None:
    stored = encrypt_json({"nom": "Lefèvre"})
    assert "Lef" not in stored
    assert decrypt_json(stored) == {"nom": "Lefèvre"}


def test_an_older_key_still_reads(settings) -> None:
    stored = encrypt_bytes(b"texte")
    settings.DATA_KEYS = [Fernet.generate_key().decode(), *settings.DATA_KEYS]
    assert decrypt_bytes(stored) == b"texte"


def test_a_foreign_key_is_refused(settings) -> None:
    stored = encrypt_bytes(b"texte")
    settings.DATA_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(Undecipherable):
        decrypt_bytes(stored)
