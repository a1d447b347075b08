"""Find an appointment again with its code, without an account, and without letting anyone guess."""

from dataclasses import dataclass
from enum import StrEnum

from accessform.handoff.codes import list_digests, read_code
from accessform.handoff.models import Appointment
from accessform.trust import throttle


class Finding(StrEnum):
    """What became of a code."""

    FOUND = "found"
    UNKNOWN = "unknown"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Found:
    """The finding, and the appointment where the code is right."""

    finding: Finding
    appointment: Appointment | None = None


def find_by_code(*, typed: str, network: str) -> Found:
    """Return the appointment of a code. Wrong codes count against the code and the caller's network (see trust).

    The attempt counts before the look-up and is given back when the code is right, so that parallel tries
    cannot slip through.
    """
    code = read_code(typed)
    if not (throttle.take_attempt("appointment_network", network) and throttle.take_attempt("appointment_code", code)):
        return Found(Finding.TOO_MANY)
    appointment = Appointment.objects.filter(code_digest__in=list_digests(code)).first()
    if appointment is None:
        return Found(Finding.UNKNOWN)
    throttle.give_back_attempt("appointment_network", network)
    throttle.clear("appointment_code", code)
    return Found(Finding.FOUND, appointment)
