"""Hints of the device: read and kept for the session, only for who switched on « adapter automatiquement pour moi »."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from accessform.adaptation.preferences import Presentation
from accessform.observation.hints import HintValue, hints_from_headers, is_allowed

SESSION_KEY = "hints"
ACCEPT_CH = ", ".join(
    f"Sec-CH-{name}" for name in ("Prefers-Color-Scheme", "Prefers-Reduced-Motion", "Prefers-Contrast", "Forced-Colors")
)


def with_hints(request: HttpRequest, presentation: Presentation) -> Presentation:
    """Return the presentation with the device's hints, none where nobody asked for automatic adaptation.

    The request's own headers work without JavaScript; what static/js/hints.js sent is kept in the session.
    """
    if not presentation.auto_adapt:
        return presentation
    return presentation.changed(hints={**hints_from_headers(request.headers), **_kept(request)})


def keep_hints(request: HttpRequest, hints: Mapping[str, HintValue]) -> None:
    """Keep hints for this session; they go with it, and when automatic adaptation is switched off."""
    request.session[SESSION_KEY] = {**_kept(request), **hints}


def ask_or_forget(request: HttpRequest, response: HttpResponse, *, wanted: bool) -> None:
    """Ask the browser for its preference headers where they are wanted, and forget what was kept where they are not."""
    if wanted:
        response.headers["Accept-CH"] = ACCEPT_CH
    elif SESSION_KEY in request.session:
        del request.session[SESSION_KEY]


def _kept(request: HttpRequest) -> dict[str, HintValue]:
    """Return the hints of the session that the list allows."""
    kept = request.session.get(SESSION_KEY)
    pairs = kept.items() if isinstance(kept, dict) else ()
    return {name: value for name, value in pairs if is_allowed(name, value)}
