"""Find the journey of somebody who reads out their resume code to an agent: to link to it, never to open it."""

from accessform.journeys.models import Journey, ResumeAccess
from accessform.journeys.resume import CODE_PURPOSE
from accessform.journeys.resume_codes import read_code
from accessform.trust import throttle
from accessform.trust.hashing import keyed_hashes


class TooManyCodes(Exception):
    """This account has tried too many codes that lead nowhere."""


def find_by_code_alone(*, typed: str, account: str) -> Journey | None:
    """Return the journey of a resume code; None for any other code.

    The code alone opens nothing: nothing of the journey may be shown for it. Wrong codes count against the account
    that types them (trust/limits.py); raises TooManyCodes.
    """
    if not throttle.take_attempt("attach_code", account):
        raise TooManyCodes
    code = read_code(typed)
    known = ResumeAccess.objects.filter(code_hash__in=keyed_hashes(CODE_PURPOSE, code)) if code else None
    access = known.select_related("journey").first() if known is not None else None
    if access is None:
        return None
    throttle.give_back_attempt("attach_code", account)
    return access.journey
