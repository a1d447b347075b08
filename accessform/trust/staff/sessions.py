"""Who works here, request by request: signed in, with a second factor, and active lately."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user_model, login, logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django_otp import login as otp_login

from accessform.trust.encryption import Undecipherable, decrypt_json, encrypt_json
from accessform.trust.models import Authenticator
from accessform.web.redirection import SeeOther

PENDING = "staff_pending"
SEEN = "staff_seen_at"
FRESH_CODES = "staff_fresh_codes"
PENDING_SECONDS = 15 * 60
TOUCH_SECONDS = 60
BACKEND = "django.contrib.auth.backends.ModelBackend"

View = Callable[..., HttpResponse]


def begin(request: HttpRequest, user: Any, address: str) -> None:
    """Remember, under a new session key, that the password was right; nothing is open before the code."""
    request.session.cycle_key()
    request.session[PENDING] = {"user": user.pk, "at": time.time(), "next": address}


def pending_user(request: HttpRequest) -> Any | None:
    """Return whose password was right less than a quarter of an hour ago, None where nobody's was."""
    pending = request.session.get(PENDING)
    if not pending or time.time() - pending["at"] > PENDING_SECONDS:
        return None
    return get_user_model().objects.filter(pk=pending["user"], is_active=True).first()


def complete(request: HttpRequest, user: Any, device: Authenticator) -> str:
    """Sign in with both factors; return the address that was asked for, "" where none was."""
    address = (request.session.get(PENDING) or {}).get("next", "")
    login(request, user, backend=BACKEND)
    otp_login(request, device)
    request.session.pop(PENDING, None)
    request.session[SEEN] = time.time()
    return str(address)


def keep_fresh_codes(request: HttpRequest, codes: list[str]) -> None:
    """Keep new recovery codes, sealed, until their owner says that they are put away: a lost answer loses nothing."""
    request.session[FRESH_CODES] = encrypt_json(codes)


def fresh_codes(request: HttpRequest) -> list[str]:
    """Return the recovery codes that wait to be put away, none where there are none."""
    try:
        return list(decrypt_json(request.session[FRESH_CODES]))
    except (KeyError, Undecipherable):
        return []


def current_staff(request: HttpRequest) -> Any | None:
    """Return who is signed in with both factors and was active lately; a session left alone too long is ended."""
    user: Any = request.user
    if not (user.is_authenticated and user.is_active and user.is_verified()):
        return None
    now, seen = time.time(), request.session.get(SEEN, 0.0)
    if not 0 <= now - seen <= settings.STAFF_IDLE_SECONDS:
        logout(request)
        return None
    if now - seen > TOUCH_SECONDS:
        request.session[SEEN] = now
    return user


def staff_required(allowed: Callable[[Any], bool]) -> Callable[[View], View]:
    """Let in who is signed in and `allowed`; lead others to the sign-in page, or refuse (403) who has not the right."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            was_signed_in = request.user.is_authenticated
            user = current_staff(request)
            if user is None:
                return lead_to_sign_in(request, was_signed_in=was_signed_in)
            if not allowed(user):
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return guarded

    return guard


def lead_to_sign_in(request: HttpRequest, *, was_signed_in: bool) -> HttpResponse:
    """Lead to the sign-in page, which leads back here; says why to whose session was ended."""
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    asked = {"next": back, "fin": "1" if was_signed_in else ""}
    query = urlencode({name: value for name, value in asked.items() if value}, safe="/")
    return SeeOther(f"{reverse('staff:sign_in')}{'?' + query if query else ''}")
