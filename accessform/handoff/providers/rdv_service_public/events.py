"""Webhooks of RDV Service Public: X-Lapin-Signature is the HMAC-SHA256 of the body, in hexadecimal. Pure.

The signature holds no time, so the time of the event inside the body decides what is too old. Their sender tries ten
times over about four hours; a day of tolerance leaves room for their queue, and digests are kept longer than that.
"""

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import Any

from accessform.handoff.providers.protocol import BadEvent, Event, Situation, Status
from accessform.handoff.providers.rdv_service_public.answers import (
    Unbelievable,
    read_json,
    read_moment,
    read_number,
    read_object,
    read_situation,
)

SIGNATURE_HEADER = "X-Lapin-Signature"
MAX_BODY = 256 * 1024
OLDEST = dt.timedelta(hours=24)
FUTURE = dt.timedelta(minutes=5)
MOST_PEOPLE = 50


def sign(body: bytes, secret: str) -> str:
    """Return the signature of a body."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def check_signature(body: bytes, signature: str, secrets: Iterable[str]) -> str:
    """Return the digest that names the message; raises BadEvent unless one of `secrets` signed it.

    Every secret is tried, in constant time each.
    """
    given = signature.strip().encode("utf-8", "replace")
    digest = ""
    for secret in secrets:
        expected = sign(body, secret)
        if hmac.compare_digest(given, expected.encode()):
            digest = hashlib.sha256(body).hexdigest()
            digest = hmac.new(secret.encode(), f"received:{digest}".encode(), hashlib.sha256).hexdigest()
    if not digest:
        raise BadEvent("the signature does not match")
    return digest


def read_event(body: bytes, *, digest: str, now: dt.datetime) -> Event | None:
    """Return what a signed body says of an appointment, None where it is about something else; raises BadEvent."""
    try:
        message = read_json(body)
        meta = read_object(message.get("meta"), "meta")
        if meta.get("model") != "Rdv":
            return None
        at = _read_time(meta)
        _check_time(at, now)
        data = read_object(message.get("data"), "data")
        reference = str(read_number(data.get("id"), "the appointment's id"))
        return Event(digest, reference, at, _read_situation(meta, data), _read_people(data))
    except Unbelievable as error:
        raise BadEvent(str(error)) from error


def _read_time(meta: Mapping[str, Any]) -> dt.datetime:
    """Return when what is told was so: when the body was drawn up where that is said, as newer senders do."""
    for name in ("payload_computed_at", "event_occurred_at", "timestamp"):
        if meta.get(name) is not None:
            return read_moment(meta[name])
    raise Unbelievable("the event has no time")


def _check_time(at: dt.datetime, now: dt.datetime) -> None:
    if at > now + FUTURE:
        raise BadEvent("the event is of the future")
    if at < now - OLDEST:
        raise BadEvent("the event is too old")


def _read_situation(meta: Mapping[str, Any], data: Mapping[str, Any]) -> Situation:
    motif = data.get("motif")
    location = motif.get("location_type") if isinstance(motif, dict) else None
    if meta.get("event") == "destroyed":
        return Situation(Status.CANCELLED_BY_SERVICE)
    if meta.get("event") not in {"created", "updated"}:
        raise Unbelievable("the event is none that we know")
    return read_situation(data, location=location)


def _read_people(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of the people of the appointment: they tell which of our plans to ask about."""
    people = data.get("users")
    listed = people[:MOST_PEOPLE] if isinstance(people, list) else []
    ids = [each.get("id") for each in listed if isinstance(each, dict)]
    return tuple(str(each) for each in ids if isinstance(each, int) and not isinstance(each, bool) and 0 < each < 2**63)
