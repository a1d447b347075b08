"""Model fields whose column holds ciphertext only."""

from typing import Any

from django.db import models

from accessform.trust.encryption import decrypt_json, encrypt_json


class EncryptedJSONField(models.Field[Any, Any]):
    """A JSON value, encrypted in the database. It cannot be searched or ordered by."""

    def get_internal_type(self) -> str:
        """Store as text on every database."""
        return "TextField"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Decrypt what the database returned."""
        return None if value is None else decrypt_json(value)

    def get_prep_value(self, value: Any) -> str | None:
        """Encrypt what goes to the database."""
        return None if value is None else encrypt_json(value)


class EncryptedTextField(EncryptedJSONField):
    """A text, encrypted in the database."""
