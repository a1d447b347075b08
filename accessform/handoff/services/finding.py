"""Find an appointment again with its code, without an account, and without letting anyone guess."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from accessform.handoff.codes import digest_code, list_digests, read_code
from accessform.handoff.models import Appointment
from accessform.trust import throttle


class Finding(StrEnum):
    """What became of a code."""

    FOUND = "found"
    UNKNOWN = "unknown"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Found:
    """The finding; the appointment where the code is right; when to try again where there were too many tries."""

    finding: Finding
    appointment: Appointment | None = None
    again_at: dt.datetime | None = None


def find_by_code(*, typed: str, network: str) -> Found:
    """Return the appointment of a code. Wrong codes count against the code and the caller's network (see trust).

    The attempt counts before the look-up and is given back when the code is right, so that parallel tries
    cannot slip through.
    """
    code = read_code(typed)
    for scope, key in (("appointment_network", network), ("appointment_code", code)):
        if not throttle.take_attempt(scope, key):
            return Found(Finding.TOO_MANY, again_at=timezone.now() + throttle.blocked_for(scope, key))
    appointment = Appointment.objects.filter(code_digest__in=list_digests(code)).first()
    if appointment is None:
        return Found(Finding.UNKNOWN)
    throttle.give_back_attempt("appointment_network", network)
    throttle.clear("appointment_code", code)
    return Found(Finding.FOUND, appointment)


def rehash_codes() -> int:
    """Put the hashes that codes are found by under the newest data key; return how many changed."""
    changed = 0
    for appointment in Appointment.objects.only("pk", "code", "code_digest").iterator():
        newest = digest_code(appointment.code)
        if appointment.code_digest != newest:
            changed += Appointment.objects.filter(pk=appointment.pk).update(code_digest=newest)
    return changed
