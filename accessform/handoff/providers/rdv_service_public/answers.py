"""What RDV Service Public answers and sends, read with mistrust: every value is checked before it is believed. Pure."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from accessform.handoff.providers.protocol import OfferedPlace, Situation, Status

STATUSES = {
    "unknown": Status.BOOKED,  # their word for an appointment whose outcome nobody has told yet
    "waiting": Status.BOOKED,
    "seen": Status.SEEN,
    "excused": Status.CANCELLED_BY_USER,
    "revoked": Status.CANCELLED_BY_SERVICE,
    "noshow": Status.NO_SHOW,
}
LOCATIONS = {"public_office": "office", "phone": "phone", "home": "home", "visio": "video"}
MOST_LINKS = 2000
LONGEST_ADDRESS = 500
LONGEST_REFERENCE = 80
USUAL_TOKEN, LONGEST_TOKEN = 7200.0, 366 * 86400.0
"""Seconds that a token serves: where that is not said (two hours there), and at most."""


class Unbelievable(ValueError):
    """An answer that is not what was asked for; the message quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A pair of tokens; `seconds` is how long the first serves."""

    access: str
    refresh: str | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it stands there; `rdv` is None until a time has been chosen."""

    id: int
    user_id: int | None
    url: str
    rdv: int | None
    situation: Situation


def read_json(body: bytes) -> dict[str, Any]:
    """Return the JSON object of a body; raises Unbelievable."""
    try:
        found = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Unbelievable("the answer is not JSON") from None
    return read_object(found, "the answer")


def read_object(value: Any, what: str) -> dict[str, Any]:
    """Return `value` if it is a JSON object; raises Unbelievable."""
    if not isinstance(value, dict):
        raise Unbelievable(f"{what} is no object")
    return value


def read_number(value: Any, what: str) -> int:
    """Return an id as 64 bits hold it; raises Unbelievable."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63:
        raise Unbelievable(f"{what} is no id")
    return value


def read_moment(value: Any) -> dt.datetime:
    """Return an aware moment: ISO 8601, or « 2026-11-23 09:00:00 +0100 » as older answers write it."""
    if not isinstance(value, str):
        raise Unbelievable("a moment is no text")
    text = re.sub(r" (?:UTC|(?=[+-]\d))", lambda found: "+00:00" if "UTC" in found[0] else "", value.strip())
    try:
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise Unbelievable("a moment has no zone")
        return moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise Unbelievable("a moment cannot be read") from None


def read_situation(rdv: Mapping[str, Any], *, location: Any) -> Situation:
    """Return where an appointment stands; raises Unbelievable for a status that is none of theirs."""
    status = rdv.get("status")
    if not isinstance(status, str) or status not in STATUSES:
        raise Unbelievable("the status is none that we know")
    met = LOCATIONS.get(location, "") if isinstance(location, str) else ""
    return Situation(STATUSES[status], read_moment(rdv.get("starts_at")), met)


def read_plan(body: bytes, *, hosts: frozenset[str], expected: int | None = None) -> Plan:
    """Return the plan of an answer; raises Unbelievable where it is another one, or leads to another host."""
    plan = read_object(read_json(body).get("rdv_plan"), "rdv_plan")
    number = read_number(plan.get("id"), "the plan's id")
    if expected is not None and number != expected:
        raise Unbelievable("the answer is about another plan")
    rdv = plan.get("rdv")
    found = read_object(rdv, "rdv") if rdv is not None else None
    return Plan(
        id=number,
        user_id=None if plan.get("user_id") is None else read_number(plan["user_id"], "the user's id"),
        url=read_address(plan.get("url"), hosts=hosts),
        rdv=read_number(found.get("id"), "the appointment's id") if found else None,
        situation=read_situation(found, location=found.get("location_type")) if found else Situation(Status.WAITING),
    )


def read_address(value: Any, *, hosts: frozenset[str]) -> str:
    """Return an address that people may be sent to: of a known host, https (http on this machine alone)."""
    try:
        parts = urlsplit(value if isinstance(value, str) else "")
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise Unbelievable("an address cannot be read") from None
    plain = parts.scheme == "http" and host in {"127.0.0.1", "localhost", "::1"}
    spoilt = (
        not isinstance(value, str)
        or re.search(r"[\s\\\x00-\x1f]", value)
        or parts.username
        or len(value) > LONGEST_ADDRESS
    )
    if host not in hosts or not (parts.scheme == "https" or plain) or spoilt:
        raise Unbelievable("an address leads elsewhere")
    return str(value)


def read_tokens(body: bytes) -> Tokens:
    """Return the tokens of an answer; raises Unbelievable."""
    found = read_json(body)
    access, refresh, seconds = found.get("access_token"), found.get("refresh_token"), found.get("expires_in")
    if not isinstance(access, str) or not re.fullmatch(r"[\x21-\x7e]{8,2000}", access):
        raise Unbelievable("the access token is none")
    if str(found.get("token_type", "")).lower() != "bearer":
        raise Unbelievable("the token is of another kind")
    if refresh is not None and (not isinstance(refresh, str) or not re.fullmatch(r"[\x21-\x7e]{8,2000}", refresh)):
        raise Unbelievable("the refresh token is none")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= LONGEST_TOKEN:
        seconds = USUAL_TOKEN
    return Tokens(access, refresh, float(seconds))


def read_error(body: bytes) -> str:
    """Return the OAuth error code of an answer (RFC 6749, 5.2), "" where it has none."""
    try:
        code = read_json(body).get("error")
    except Unbelievable:
        return ""
    return code if isinstance(code, str) and re.fullmatch(r"[a-z_]{1,40}", code) else ""


def read_public_links(body: bytes, *, hosts: frozenset[str]) -> list[OfferedPlace]:
    """Return the organisations where a citizen may book by themselves; one bad line does not lose the others."""
    lines = read_json(body).get("public_links")
    if not isinstance(lines, list) or len(lines) > MOST_LINKS:
        raise Unbelievable("public_links is no list")
    found = []
    for line in lines:
        try:
            each = read_object(line, "a link")
            reference = each.get("external_id")
            if isinstance(reference, str) and 0 < len(reference) <= LONGEST_REFERENCE:
                found.append(OfferedPlace(reference, url=read_address(each.get("public_link"), hosts=hosts)))
        except Unbelievable:
            continue
    return found
