"""Come back to a journey: with its code and a second element, or with a link that was sent or printed."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accessform.answers.dates import read_date
from accessform.answers.refusals import Refused
from accessform.journeys.models import Journey, ResumeAccess, ResumeLink, SecondElement
from accessform.journeys.resume_codes import new_code, read_code, read_word
from accessform.trust import throttle
from accessform.trust.hashing import keyed_hash, keyed_hashes
from accessform.trust.limits import LIMITS
from forms_catalog.definition import Constraints

CODE_PURPOSE = "resume code"
MAIL_SALT = "accessform.resume.mail"
SHEET_SALT = "accessform.resume.sheet"
LINK_LIFE = timedelta(days=7)
GRACE = timedelta(minutes=30)
SHORTEST_WORD = 6


class Refusal(StrEnum):
    """Why a journey was not opened; each has its words, `resume.<value>_title` and `resume.<value>_text`."""

    UNREADABLE = "unreadable"
    WRONG = "wrong"
    PAUSED = "paused"
    NETWORK_PAUSED = "network_paused"


@dataclass(frozen=True)
class Attempt:
    """The journey that a right code opened, or why none was."""

    journey: Journey | None = None
    refusal: Refusal | None = None


class BadSecondElement(ValueError):
    """A birth date that cannot be read, or a word that is too short; `code` names the words to say."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def make_access(*, journey: Journey, kind: SecondElement, second: str) -> ResumeAccess:
    """Give a journey its code, or keep its code and change what is asked beside it.

    Raises BadSecondElement.
    """
    second_hash = make_password(_canonical_second(kind, second))
    code = new_code()
    fresh = {"code": code, "code_hash": keyed_hash(CODE_PURPOSE, code)}
    changed = {"second_kind": kind, "second_hash": second_hash}
    access, _ = ResumeAccess.objects.update_or_create(
        journey=journey, defaults=changed, create_defaults={**fresh, **changed}
    )
    return access


def open_with_code(*, typed_code: str, second: str, network: str) -> Attempt:
    """Open a journey with its code and second element.

    A code closes for an hour after 5 failures. A network that has failed 50 times in a day is slowed: codes that
    have failed are refused there, a right code that has not failed still opens, so that an office is never shut out.
    """
    code = read_code(typed_code)
    if code is None:
        return Attempt(refusal=Refusal.UNREADABLE)
    access = ResumeAccess.objects.select_related("journey").filter(code_hash__in=_code_hashes(code)).first()
    return _try(access, code, second, network)


def open_with_sheet(*, journey_id: uuid.UUID, second: str, network: str) -> Attempt:
    """Open a journey from its printed sheet: the sheet stands for the code, the second element is asked."""
    access = ResumeAccess.objects.select_related("journey").filter(journey_id=journey_id).first()
    return _try(access, access.code if access else str(journey_id), second, network)


def resume_link_for(journey: Journey) -> str | None:
    """Return the path that a printed sheet's QR code leads to, None where the journey has no code yet.

    It asks for the second element, so that a lost sheet opens nothing by itself.
    """
    if not ResumeAccess.objects.filter(journey=journey).exists():
        return None
    return reverse("resume_link", args=[signing.dumps(str(journey.pk), salt=SHEET_SALT)])


def journey_on_sheet(token: str) -> uuid.UUID | None:
    """Return the journey that a printed sheet names, None for any other token."""
    try:
        return uuid.UUID(signing.loads(token, salt=SHEET_SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def make_link(*, journey: Journey, email: str) -> ResumeLink:
    """Write a new link down; every link made before for this journey is closed."""
    now = timezone.now()
    changed = {"email": email, "made_at": now, "usable_until": now + LINK_LIFE}
    try:
        with transaction.atomic():
            link, _ = ResumeLink.objects.update_or_create(
                journey=journey, defaults={**changed, "number": F("number") + 1}, create_defaults=changed
            )
    except IntegrityError:
        return make_link(journey=journey, email=email)
    link.refresh_from_db()
    return link


def token_of(link: ResumeLink) -> str:
    """Return the signed token that goes into the message."""
    return signing.dumps([str(link.journey_id), link.number], salt=MAIL_SALT)


def link_named(token: str) -> tuple[ResumeLink, bool] | None:
    """Return the link of a signed token and whether it is open: the newest, and in its time.

    None for a forged token or an erased journey.
    """
    try:
        journey_id, number = signing.loads(token, salt=MAIL_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    link = ResumeLink.objects.select_related("journey").filter(journey_id=journey_id).first()
    return (link, link.number == number and timezone.now() < link.usable_until) if link else None


def use_link(link: ResumeLink) -> None:
    """Mark a link as used: it stays open a short while, for an answer that was lost on the way."""
    end = timezone.now() + GRACE
    ResumeLink.objects.filter(pk=link.pk, number=link.number, usable_until__gt=end).update(usable_until=end)


def close_link(journey_id: uuid.UUID) -> None:
    """Close the link of a journey: what stays in a shared computer's history opens nothing."""
    now = timezone.now()
    ResumeLink.objects.filter(journey_id=journey_id, usable_until__gt=now).update(usable_until=now)


def rehash_codes() -> int:
    """Put the hashes that codes are found by under the newest data key; return how many changed."""
    changed = 0
    for access in ResumeAccess.objects.only("pk", "code", "code_hash").iterator():
        newest = keyed_hash(CODE_PURPOSE, access.code)
        if access.code_hash != newest:
            changed += ResumeAccess.objects.filter(pk=access.pk).update(code_hash=newest)
    return changed


def _try(access: ResumeAccess | None, code: str, second: str, network: str) -> Attempt:
    """Count, then check; the same work and the same words whether the code exists or not."""
    slowed = throttle.is_blocked("resume_network", network)
    if slowed and access is None:
        check_password(second, _decoy())
        return Attempt(refusal=Refusal.NETWORK_PAUSED)
    tries = throttle.record_failure("resume_code", code)
    if tries > LIMITS["resume_code"].failures:
        return Attempt(refusal=Refusal.PAUSED)
    if slowed and tries > 1:
        throttle.give_back_attempt("resume_code", code)
        return Attempt(refusal=Refusal.NETWORK_PAUSED)
    if access is not None and _second_is_right(access, second):
        throttle.clear("resume_code", code)
        return Attempt(journey=access.journey)
    if access is None:
        check_password(second, _decoy())
    throttle.record_failure("resume_network", network)
    return Attempt(refusal=Refusal.NETWORK_PAUSED if slowed else Refusal.WRONG)


def _second_is_right(access: ResumeAccess, typed: str) -> bool:
    try:
        second = _canonical_second(SecondElement(access.second_kind), typed)
    except BadSecondElement:
        second = ""
    return check_password(second, access.second_hash)


def _canonical_second(kind: SecondElement, typed: str) -> str:
    """Return what is hashed: an ISO date, or the word without capitals, accents and spaces."""
    if kind is SecondElement.BIRTH_DATE:
        try:
            return read_date(typed, Constraints(max="today"), timezone.localdate()).isoformat()
        except Refused as refusal:
            raise BadSecondElement("birth_date_unreadable") from refusal
    word = read_word(typed)
    if len(word) < SHORTEST_WORD:
        raise BadSecondElement("word_too_short")
    return word


def _code_hashes(code: str) -> list[str]:
    return keyed_hashes(CODE_PURPOSE, code)


_DECOYS: dict[str, str] = {}


def _decoy() -> str:
    """Return a password hash that nothing matches, so that an unknown code takes as long as a known one."""
    return _DECOYS.setdefault("hash", make_password(uuid.uuid4().hex))
