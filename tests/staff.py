"""Signing in to staff pages, in tests."""

import time
from binascii import unhexlify
from typing import Any

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import TOTP

from accessform.trust.models import Authenticator
from accessform.trust.staff.sessions import SEEN

KEY = "3132333435363738393031323334353637383930"


def enrol(user: Any) -> Authenticator:
    """Give an account a second factor."""
    device, _ = Authenticator.objects.get_or_create(user=user, defaults={"key": KEY, "name": "essai"})
    return device


def sign_in(client: Client, user: Any) -> Client:
    """Sign `user` in with both factors, and return the client."""
    device = enrol(user)
    client.force_login(user)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session[SEEN] = time.time()
    session.save()
    return client


def code_of(key: str = KEY, *, later: int = 0) -> str:
    """Return the code that an application shows now, or `later` steps of 30 seconds from now."""
    return f"{TOTP(unhexlify(key), drift=later).token():06}"
