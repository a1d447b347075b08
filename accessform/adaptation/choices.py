"""Where the person's choices are kept: the session, and this device's cookie only when they ask for it."""

import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accessform.adaptation.hints import with_hints
from accessform.adaptation.preferences import Presentation, presentation_from
from accessform.plain_language import interface

SESSION_KEY = "presentation"
COOKIE = "af_display"
COOKIE_AGE = 365 * 24 * 3600
SALT = "accessform.adaptation.display"


def read_presentation(request: HttpRequest) -> Presentation:
    """Return what the person chose: in this session first, else what this device remembers."""
    kept = request.session.get(SESSION_KEY)
    if isinstance(kept, dict):
        return presentation_from(kept.get("values"), at=kept.get("at"), reset_at=kept.get("reset_at"))
    return presentation_from(_remembered(request))


def is_remembered(request: HttpRequest) -> bool:
    """Tell whether this device remembers choices."""
    return _remembered(request) is not None


def choose(request: HttpRequest, **values: Any) -> Presentation:
    """Keep choices for this session, and show them at once; raises RefusedChoice on a value that is not offered.

    « Ne plus me proposer d'aide » excludes automatic adaptation and counting; where both are asked, quiet wins.
    """
    if values.get("help_offers") is False:
        values |= {"auto_adapt": False, "counters": False}
    elif values.get("auto_adapt") is True or values.get("counters") is True:
        values["help_offers"] = True
    presentation = read_presentation(request).choosing(time.time(), **values)
    _keep(request, presentation)
    return presentation


def reset(request: HttpRequest) -> Presentation:
    """Take every choice back: the page is as it was at the start, the changes of journeys included."""
    presentation = Presentation(reset_at=time.time())
    _keep(request, presentation)
    return presentation


def take_back(request: HttpRequest, name: str) -> Presentation:
    """Take one choice back; an unknown name takes nothing."""
    now = read_presentation(request)
    left = {key: value for key, value in now.choices().items() if key != name}
    presentation = presentation_from(left, at=now.chosen, reset_at=now.reset_at)
    _keep(request, presentation)
    return presentation


def enlarge(request: HttpRequest, shown: Presentation) -> Presentation:
    """« Plus grand »: the size after the one `shown`, the usual one after the largest; it is said."""
    size = shown.next_text_size
    presentation = choose(request, text_size=size)
    key = "adaptation.said_usual_size" if size == Presentation().text_size else "adaptation.said_larger"
    _say(request, key, presentation.changed(reading_level=shown.reading_level), size=size)
    return presentation


def simplify(request: HttpRequest, shown: Presentation) -> Presentation:
    """« Plus simple »: the easier level after the one `shown`, plain wording after the easiest; it is said."""
    level = shown.next_reading_level
    presentation = choose(request, reading_level=level.value)
    _say(request, f"adaptation.said_level_{level.value}", presentation)
    return presentation


def remember(response: HttpResponse, presentation: Presentation) -> None:
    """Keep the choices on this device, signed, for a year; nothing else is in the cookie."""
    response.set_cookie(
        COOKIE,
        signing.dumps(presentation.choices(), salt=SALT),
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response: HttpResponse) -> None:
    """Erase what this device remembers."""
    response.delete_cookie(COOKIE, samesite="Lax")


def say_saved(request: HttpRequest, presentation: Presentation, key: str) -> None:
    """Say in the status region what was just done."""
    _say(request, key, presentation)


def _keep(request: HttpRequest, presentation: Presentation) -> None:
    """Write the choices into the session."""
    request.session[SESSION_KEY] = {
        "values": presentation.choices(),
        "at": dict(presentation.chosen),
        "reset_at": presentation.reset_at,
    }
    request.presentation = with_hints(request, presentation)  # type: ignore[attr-defined]


def _remembered(request: HttpRequest) -> Any:
    """Return what the device's cookie holds, None where there is none, or a forged one."""
    cookie = request.COOKIES.get(COOKIE)
    if not cookie:
        return None
    try:
        return signing.loads(cookie, salt=SALT, max_age=COOKIE_AGE)
    except signing.BadSignature:
        return None


def _say(request: HttpRequest, key: str, presentation: Presentation, **values: object) -> None:
    """Put a text in the status region of the next page."""
    messages.info(request, interface.text(key, presentation.reading_level, **values), fail_silently=True)
