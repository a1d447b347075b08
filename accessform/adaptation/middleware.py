"""Give every request the presentation that its person chose."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accessform.adaptation.preferences import presentation_from

SESSION_KEY = "presentation"


class PresentationMiddleware:
    """Set `request.presentation`; a session is read only when there is one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read the session's choices, if any."""
        request.presentation = presentation_from(request.session.get(SESSION_KEY, {}))  # type: ignore[attr-defined]
        return self.get_response(request)
