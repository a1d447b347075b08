"""Put everything under the newest data key: encrypted fields, files, and hashes kept for look-up.

Each row and each file is one small write, and what is already under the newest key is skipped: a run that was cut is
simply run again, and people go on working meanwhile.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model, TextField, Value
from django.db.models.functions import Cast

from accessform.trust.encryption import cipher
from accessform.trust.fields import EncryptedJSONField
from accessform.trust.files import stored_files, write_whole

BATCH = 500

Rehash = Callable[[], int]

_rehashes: dict[str, Rehash] = {}


@dataclass
class Rotated:
    """What became of one field, or of the files."""

    name: str
    renewed: int = 0
    current: int = 0
    unreadable: int = 0


def register(name: str, rehash: Rehash) -> None:
    """Have `rehash()` make anew the keyed hashes that a room looks values up by, and return how many it changed.

    Raises ValueError when `name` belongs to another handler.
    """
    if _rehashes.get(name, rehash) is not rehash:
        raise ValueError(f"two rehash handlers are named {name!r}")
    _rehashes[name] = rehash


def encrypted_fields() -> list[tuple[type[Model], "Field[Any, Any]"]]:
    """Return every encrypted field of every model."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, EncryptedJSONField)
    ]


def rotate_everything() -> Iterator[Rotated]:
    """Renew field by field, then the files, then the hashes; yields a report as each is done."""
    for model, field in encrypted_fields():
        yield rotate_field(model, field)
    yield rotate_files()
    for name, rehash in _rehashes.items():
        yield Rotated(name, renewed=rehash())


def rotate_field(model: type[Model], field: "Field[Any, Any]") -> Rotated:
    """Renew one field of every row, in batches by primary key."""
    report = Rotated(f"{model._meta.label}.{field.name}")
    stored = model._base_manager.annotate(stored=Cast(field.name, TextField())).exclude(stored=None).order_by("pk")
    last: Any = None
    while batch := list((stored if last is None else stored.filter(pk__gt=last)).values_list("pk", "stored")[:BATCH]):
        for pk, token in batch:
            fresh = _renewed(token.encode("ascii"), report)
            if fresh is not None:
                changed = Value(fresh.decode("ascii"), output_field=TextField())
                # Only if nobody wrote in between: what they wrote is under the newest key already.
                stored.order_by().filter(pk=pk, stored=token).update(**{field.name: changed})
        last = batch[-1][0]
    return report


def rotate_files() -> Rotated:
    """Renew every stored file. One deleted meanwhile may come back as a lost file, which retention deletes."""
    report = Rotated("files")
    for path in stored_files():
        if path.suffix == ".part":
            continue
        try:
            fresh = _renewed(path.read_bytes(), report)
        except FileNotFoundError:
            continue
        if fresh is not None:
            write_whole(path, fresh)
    return report


def _renewed(token: bytes, report: Rotated) -> bytes | None:
    """Return `token` under the newest key, None when it is already or when no key opens it; counts which."""
    try:
        Fernet(settings.DATA_KEYS[0]).decrypt(token)
    except InvalidToken:
        pass
    else:
        report.current += 1
        return None
    try:
        fresh = cipher().rotate(token)
    except InvalidToken:
        report.unreadable += 1
        return None
    report.renewed += 1
    return fresh
