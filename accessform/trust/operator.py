"""Who runs this installation, and what it may say of its conformity: read from one TOML file."""

import functools
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

CONFORMITIES = ("none", "partial", "full")
AUDIT_FACTS = ("audited_on", "audited_by", "rgaa_version", "rate")
FULL_RATE = 100
PARTIAL_RATE = 50


class BadOperatorFile(ValueError):
    """The operator's file lacks something, or claims a conformity that nothing supports."""


@dataclass(frozen=True)
class Audit:
    """An audit against the RGAA; `rate` is the share of criteria met, in per cent."""

    on: date
    by: str
    rgaa_version: str
    rate: int


@dataclass(frozen=True)
class Operator:
    """The organisation that answers for the data, and its accessibility statement."""

    name: str
    address: str
    phone: str
    email: str
    officer_email: str
    hosting: str
    conformity: str
    statement_on: date
    audit: Audit | None
    is_demonstration: bool

    @property
    def dialled(self) -> str:
        """The telephone number as a link dials it."""
        return "".join(character for character in self.phone if character in "+0123456789")


def operator() -> Operator:
    """Return this installation's operator. Raises BadOperatorFile, OSError."""
    return _read(Path(settings.OPERATOR_FILE))


@functools.cache
def _read(path: Path) -> Operator:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        return _operator(values)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BadOperatorFile(f"{path}: {error}") from error


def _operator(values: dict[str, Any]) -> Operator:
    controller = values["controller"]
    statement = values["accessibility"]
    return Operator(
        name=controller["name"],
        address=controller["address"],
        phone=controller["phone"],
        email=controller["email"],
        officer_email=values["data_protection_officer"]["email"],
        hosting=values["hosting"]["name"],
        conformity=statement["conformity"],
        statement_on=statement["statement_on"],
        audit=_audit(statement),
        is_demonstration=bool(values.get("demonstration", False)),
    )


def _audit(statement: dict[str, Any]) -> Audit | None:
    """Return the audit that supports the claim; raises BadOperatorFile when the claim has no support."""
    conformity = statement["conformity"]
    if conformity not in CONFORMITIES:
        raise BadOperatorFile(f"accessibility.conformity is {conformity!r}; it must be one of {CONFORMITIES}")
    missing = [fact for fact in AUDIT_FACTS if fact not in statement]
    if missing and conformity != "none":
        raise BadOperatorFile(f"conformity {conformity!r} needs an audit; missing: {', '.join(missing)}")
    if missing:
        return None
    audit = Audit(statement["audited_on"], statement["audited_by"], statement["rgaa_version"], statement["rate"])
    least = {"none": 0, "partial": PARTIAL_RATE, "full": FULL_RATE}[conformity]
    if audit.rate < least:
        raise BadOperatorFile(
            f"conformity {conformity!r} needs a rate of {least} % at least; the audit says {audit.rate}"
        )
    return audit
