"""E-mail addresses and telephone numbers."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from accessform.answers.refusals import Raw, Refused, first
from accessform.answers.texts import clean

REGIONS = ("FR", "GP", "MQ", "GF", "RE", "YT", "PM")
"""France and the overseas regions whose numbers are dialled with a leading 0, tried in this order."""

OVERSEAS = {"0262": "RE", "0263": "RE", "0269": "YT", "0590": "GP", "0594": "GF", "0596": "MQ"}
"""Fixed lines overseas by what is dialled: libphonenumber takes some of them (0596…) for numbers of mainland France."""

FICTION = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649", "+3363998")
"""Numbers that Arcep keeps for fiction (decision 2018-0881): our examples, which people may copy. libphonenumber does
not know the mobile ones."""

FRENCH_LENGTH = len("+33639981234")

EMAIL_MAX = 254
"""Longest address that can be delivered (RFC 5321, errata 1690)."""

# The rule that browsers use for input type=email (HTML standard, 4.10.5.1.5), with a dot in the domain.
_EMAIL = re.compile(
    r"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@"
    r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+$"
)


def parse_email(raw: Raw) -> str:
    """Read an e-mail address; spaces around signs are forgiven, the domain is put in lower case."""
    text = re.sub(r"\s*([@.])\s*", r"\1", clean(first(raw))).removeprefix("mailto:").rstrip(".,;")
    if len(text) > EMAIL_MAX:
        raise Refused("too_long", max=EMAIL_MAX, over=len(text) - EMAIL_MAX)
    if text.count("@") != 1:
        raise Refused("email_no_at" if "@" not in text else "email_two_at")
    if " " in text:
        raise Refused("email_space")
    name, _, domain = text.partition("@")
    if not name or "." not in domain.strip("."):
        raise Refused("email_half")
    if not _EMAIL.match(text) or name.startswith(".") or name.endswith(".") or ".." in name:
        raise Refused("email_invalid")
    return f"{name}@{domain.lower()}"


def parse_phone(raw: Raw) -> str:
    """Read a telephone number and return it as +33…; spaces, dots, dashes and (0) are forgiven."""
    text = clean(first(raw)).replace("(0)", "")
    if re.search(r"[^\W\d_]", text):
        raise Refused("phone_letters")
    digits = re.sub(r"\D", "", text)
    verdict = None
    own = OVERSEAS.get(digits[:4])
    for region in (own, *REGIONS) if own else REGIONS:
        try:
            number = phonenumbers.parse(text, region)
        except NumberParseException:
            continue
        written = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        if phonenumbers.is_valid_number(number) or (len(written) == FRENCH_LENGTH and written.startswith(FICTION)):
            return written
        if region == "FR":
            verdict = phonenumbers.is_possible_number_with_reason(number)
    if verdict == ValidationResult.TOO_LONG:
        raise Refused("phone_too_long", count=len(digits))
    if len(digits) < 10 and not text.startswith("+"):
        raise Refused("phone_too_short", count=len(digits))
    raise Refused("phone_invalid")
