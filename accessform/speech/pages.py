"""The two pages that are seen where sound was asked for and could not be given."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

RETRY_SECONDS = 60


def unavailable_page(request: HttpRequest) -> HttpResponse:
    """Answer 503 with a clear text: nothing was lost, try again in a minute."""
    response = _page(request, name="unavailable", status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def passage_not_found_page(request: HttpRequest) -> HttpResponse:
    """Answer 404: the page has no such passage."""
    return _page(request, name="not_found", status=HTTPStatus.NOT_FOUND)


def _page(request: HttpRequest, *, name: str, status: HTTPStatus) -> HttpResponse:
    has_own_address = request.path.startswith("/voix/")
    context = {
        "title_key": f"speech.{name}_title",
        "text_key": f"speech.{name}_text",
        "back": "/" if has_own_address else request.path,
        "back_key": "web.back_home" if has_own_address else "speech.back_to_page",
    }
    response = render(request, "speech/problem.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
