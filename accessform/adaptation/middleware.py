"""Give every request the presentation that its person chose."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accessform.adaptation import choices
from accessform.adaptation.hints import ask_or_forget, with_hints


class PresentationMiddleware:
    """Set `request.presentation`, and keep this device's memory, where there is one, in step with new choices."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read the choices before the view, and renew the device's cookie after a view that changed them."""
        before = choices.read_presentation(request)
        request.presentation = with_hints(request, before)  # type: ignore[attr-defined]
        response = self.get_response(request)
        after = choices.read_presentation(request)
        renewed = choices.COOKIE in response.cookies
        if after.choices() != before.choices() and not renewed and choices.is_remembered(request):
            choices.remember(response, after)
        ask_or_forget(request, response, wanted=after.auto_adapt)
        return response
