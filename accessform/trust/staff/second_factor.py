"""The second factor: an application that shows codes, and recovery codes that serve once each."""

import hashlib
import secrets
from base64 import b32encode
from binascii import unhexlify
from typing import Any
from urllib.parse import quote, urlencode

import segno
from django.db import transaction
from django.utils.safestring import mark_safe
from django_otp.util import random_hex

from accessform.trust import throttle
from accessform.trust.models import Authenticator, RecoveryCode

SCOPE = "second_factor"
ISSUER = "accessform"
RECOVERY_CODES = 10
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 O 1 I L U, that are taken for one another; twelve signs of thirty are 58 bits of chance."""
LENGTH = 12
GROUP = 4


def grouped(text: str) -> str:
    """Return a text in groups of four, to be read and typed: « ABCD EFGH »."""
    return " ".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def plain_code(typed: str) -> str:
    """Return a code as it is compared: what was typed or pasted, without spaces, dashes or case."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[:40]


def find_authenticator(user: Any) -> Authenticator | None:
    """Return the account's application where one was enrolled."""
    return Authenticator.objects.filter(user=user, confirmed=True).first()


def begin_enrolment(user: Any) -> Authenticator:
    """Return the application to enrol, the same until it is confirmed: two tabs show one secret."""
    defaults = {"key": random_hex(20), "confirmed": False, "name": ISSUER}
    return Authenticator.objects.get_or_create(user=user, defaults=defaults)[0]


def secret_in_groups(device: Authenticator) -> str:
    """Return the secret as it is typed by hand into an application."""
    return grouped(b32encode(unhexlify(device.key)).decode())


def qr_code(device: Authenticator, name: str) -> str:
    """Return the secret as an SVG image without a name: the page names it. Black on white, whatever the page."""
    secret = b32encode(unhexlify(device.key)).decode()
    label = quote(f"{ISSUER}:{name}", safe="")
    code = segno.make(f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': ISSUER})}", error="m")
    return mark_safe(code.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=False))  # noqa: S308


def confirm_enrolment(user: Any, typed: str) -> list[str] | None:
    """Enrol the application that shows the code `typed`; return the recovery codes, None where the code is wrong.

    An account that has an application already keeps it: a second tab enrols nothing more.
    """
    with transaction.atomic():
        device = Authenticator.objects.select_for_update().filter(user=user, confirmed=False).first()
        if device is None or not device.verify_token(plain_code(typed)):
            return None
        Authenticator.objects.filter(pk=device.pk).update(confirmed=True)
        return renew_recovery_codes(user)


def renew_recovery_codes(user: Any) -> list[str]:
    """Replace the account's recovery codes by ten new ones, and return them: they are shown now and never again."""
    codes = ["".join(secrets.choice(SIGNS) for _ in range(LENGTH)) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in codes)
    return [grouped(code) for code in codes]


def may_try(user: Any) -> bool:
    """Count a try before it is checked; False when the account is out of tries."""
    return throttle.take_attempt(SCOPE, str(user.pk))


def verify(user: Any, typed: str) -> Authenticator | None:
    """Return the account's application where `typed` is its code, or a recovery code, which is then used up.

    Callers ask `may_try` first; a right code forgets the failures before it.
    """
    device, code = find_authenticator(user), plain_code(typed)
    if device is None or not (device.verify_token(code) or _use_recovery_code(user, code)):
        return None
    throttle.clear(SCOPE, str(user.pk))
    return device


def count_recovery_codes(user: Any) -> int:
    """Return how many recovery codes are left."""
    return RecoveryCode.objects.filter(user=user).count()


def forget_second_factor(user: Any) -> bool:
    """Take the application and the codes off an account, whose sessions then open nothing; False where it had none."""
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        return bool(Authenticator.objects.filter(user=user).delete()[0])


def _use_recovery_code(user: Any, code: str) -> bool:
    """Use a recovery code up: one statement, so that two at once get one yes."""
    if len(code) != LENGTH:
        return False
    return bool(RecoveryCode.objects.filter(user=user, digest=_digest(user, code)).delete()[0])


def _digest(user: Any, code: str) -> str:
    """Return what is kept of a code: slow to compute, so that a stolen table cannot be tried through."""
    salt = f"recovery:{user.pk}".encode()
    return hashlib.scrypt(code.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32).hex()
