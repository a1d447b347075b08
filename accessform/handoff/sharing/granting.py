"""The person's side: agree to show a file, make its code, stop."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from accessform.handoff.models import Appointment, Handover, HandoverAccess, HandoverCode, Place
from accessform.handoff.sharing.codes import digest_code, make_code
from accessform.handoff.sharing.consent import AgreedText
from accessform.handoff.sharing.gate import is_over, lock_handover
from accessform.handoff.sharing.mandates import revoke_mandates
from accessform.handoff.sharing.own_keys import make_own_key, seal, unseal
from accessform.handoff.sharing.windows import CODE_LIVES, window_of_appointment
from accessform.journeys.models import Journey

TRIES = 20


class TooLate(ValueError):
    """The appointment's window has gone by: there is nothing left to agree to."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a person agrees to. `appointment` is None where the file is opened by a code."""

    journey: Journey
    place: Place
    appointment: Appointment | None
    scope: str
    chosen: tuple[str, ...]
    may_write: bool
    words: AgreedText


def grant_handover(*, agreement: Agreement, key: uuid.UUID, now: dt.datetime) -> Handover:
    """Keep a consent; the same key twice is one consent, and a new one for the same visit replaces the former.

    Raises TooLate for an appointment whose window is over, Journey.DoesNotExist for a journey erased meanwhile.
    """
    with transaction.atomic():
        Journey.objects.select_for_update(of=("self",)).get(pk=agreement.journey.pk)
        if held := Handover.objects.filter(key=key, journey=agreement.journey).first():
            return held
        if Handover.objects.filter(key=key).exists():
            key = uuid.uuid4()  # forged: another journey's
        by_code = agreement.appointment is None
        for former in _open_handovers(agreement.journey, agreement.appointment):
            _close(former, now)
        handover = Handover.objects.create(
            key=key,
            journey=agreement.journey,
            appointment=agreement.appointment,
            by_code=by_code,
            place=agreement.place,
            scope=agreement.scope,
            chosen=sorted(agreement.chosen),
            may_write=agreement.may_write,
            wrapped_key=make_own_key(),
            created_at=now,
            expires_at=_end_of(agreement.appointment, now),
            **agreement.words.as_fields(),
        )
        if by_code:
            _make_code(handover, now)
    return handover


def renew_code(*, handover: Handover, now: dt.datetime) -> bool:
    """Give a file that waits for its visit other digits and fifteen more minutes; False where it is open or over."""
    with transaction.atomic():
        current = lock_handover(handover.pk)
        if current is None or not current.by_code or current.agent_id is not None or is_over(current, now):
            return False
        current.expires_at = now + CODE_LIVES
        current.save(update_fields=["expires_at"])
        _end_codes(current, now)
        _make_code(current, now)
    return True


def read_own_code(handover: Handover, now: dt.datetime) -> HandoverCode | None:
    """Return the living code of a file, its digits readable as `digits`, None where there is none."""
    code = handover.codes.filter(ended_at=None, valid_until__gt=now).first()
    if code is None or handover.wrapped_key is None:
        return None
    code.digits = unseal(handover.wrapped_key, code.shown)  # type: ignore[attr-defined]
    return code


def revoke_handover(*, handover: Handover, now: dt.datetime) -> None:
    """Stop showing a file: its key and every copy of what was shown are destroyed for good. Twice is once."""
    with transaction.atomic():
        current = lock_handover(handover.pk)
        if current is None or current.revoked_at is not None:
            return
        _end_codes(current, now)
        HandoverAccess.objects.filter(handover=current).update(snapshot="")
        revoke_mandates(handover=current, now=now)
        current.revoked_at, current.wrapped_key = now, None
        current.save(update_fields=["revoked_at", "wrapped_key"])


def list_open_handovers(journey: Journey, now: dt.datetime) -> list[Handover]:
    """Return the files of a journey that an agent may open, now or when their visit comes."""
    held = Handover.objects.filter(journey=journey, closed_at=None, revoked_at=None)
    rows = held.select_related("appointment__place", "place").order_by("created_at")
    return [row for row in rows if not is_over(row, now)]


def _open_handovers(journey: Journey, appointment: Appointment | None) -> list[Handover]:
    """Return, locked, the files that a new consent for the same visit replaces."""
    held = Handover.objects.filter(journey=journey, closed_at=None, revoked_at=None, by_code=appointment is None)
    if appointment is not None:
        held = held.filter(appointment=appointment)
    return [row for pk in held.order_by("pk").values_list("pk", flat=True) if (row := lock_handover(pk))]


def _end_of(appointment: Appointment | None, now: dt.datetime) -> dt.datetime:
    if appointment is None:
        return now + CODE_LIVES
    closes = window_of_appointment(appointment.starts_at, appointment.ends_at).closes
    if closes <= now:
        raise TooLate
    return closes


def _close(handover: Handover, now: dt.datetime) -> None:
    """End a file that another consent replaces; copies of what it showed stay the person's to read."""
    _end_codes(handover, now)
    revoke_mandates(handover=handover, now=now)
    handover.closed_at = now
    handover.save(update_fields=["closed_at"])


def _end_codes(handover: Handover, now: dt.datetime) -> None:
    HandoverCode.objects.filter(handover=handover, ended_at=None).update(ended_at=now, shown="")


def _make_code(handover: Handover, now: dt.datetime) -> HandoverCode:
    """Write a code that no other file of the place has; dead codes in its way are ended first."""
    stale = HandoverCode.objects.filter(place_id=handover.place_id, ended_at=None, valid_until__lte=now)
    stale.update(ended_at=now, shown="")
    for _ in range(TRIES):
        digits = make_code()
        try:
            with transaction.atomic():
                return HandoverCode.objects.create(
                    handover=handover,
                    place_id=handover.place_id,
                    digest=digest_code(handover.place_id, digits),
                    shown=seal(handover.wrapped_key, digits),
                    valid_until=now + CODE_LIVES,
                )
        except IntegrityError:
            continue
    raise RuntimeError("no code is free at this place")
