"""Health answered before anything else, and headers that every answer carries."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from accessform.web.health import PROBES
from accessform.web.views import error_page


class HealthMiddleware:
    """Answer a supervisor's probes first: they come by address, without the site's host name and without TLS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a probe, or hand on."""
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else self.get_response(request)


PERMISSIONS_POLICY = "Permissions-Policy"
_CLOSED = "camera=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


def allow_microphone(response: HttpResponse) -> None:
    """Let this page, and no other site within it, ask for the microphone."""
    response.headers[PERMISSIONS_POLICY] = f"microphone=(self), {_CLOSED}"


class SecurityHeadersMiddleware:
    """Close what Django and the CSP leave open: device features, and search engines on personal pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to the answer."""
        response = self.get_response(request)
        response.headers.setdefault(PERMISSIONS_POLICY, f"microphone=(), {_CLOSED}")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class PlainCookiesMiddleware:
    """Take no notice of cookies with control characters: none of ours has any, and PostgreSQL refuses NUL."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Drop them before the session is looked for."""
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if value.isprintable()}
        return self.get_response(request)


class Utf8Middleware:
    """Refuse bodies that claim another encoding than UTF-8, the only one that our pages send.

    Some of Python's codecs (utf-7, unicode_escape) make lone surrogates, that nothing can store or show; others
    (rot13, idna) cannot read text at all, and fail.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 415 with a page, or let the request through."""
        claimed = (request.content_params or {}).get("charset", "utf-8")
        if claimed.strip("\"'").lower().replace("_", "-") in {"utf-8", "utf8", "us-ascii"}:
            return self.get_response(request)
        return error_page(request, name="bad_request", status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
