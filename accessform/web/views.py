"""Pages that belong to no room: errors, and the site's own plan."""

import errno
import sys
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

RETRY_AFTER_SECONDS = 120


def error_page(request: HttpRequest, *, name: str, status: HTTPStatus) -> HttpResponse:
    """Answer with the error page whose texts are `web.<name>_title` and `web.<name>_text`."""
    context = {"title_key": f"web.{name}_title", "text_key": f"web.{name}_text"}
    return render(request, "web/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 where more was sent than is read."""
    if isinstance(exception, RequestDataTooBig):
        return error_page(request, name="too_big", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return error_page(request, name="bad_request", status=HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return error_page(request, name="denied", status=HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a POST whose page is too old or comes from elsewhere."""
    return error_page(request, name="old_page", status=HTTPStatus.FORBIDDEN)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return error_page(request, name="not_found", status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 where the disk is full or the database away, so that clients may try again; 500 for our faults."""
    if is_out_of_service(sys.exc_info()[1]):
        response = error_page(request, name="server_error", status=HTTPStatus.SERVICE_UNAVAILABLE)
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
    return error_page(request, name="server_error", status=HTTPStatus.INTERNAL_SERVER_ERROR)


def is_out_of_service(error: BaseException | None) -> bool:
    """Tell whether an error, or what caused it, comes from the machine and not from our code."""
    while error is not None:
        if isinstance(error, (OperationalError, InterfaceError)):
            return True
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return True
        error = error.__cause__ or error.__context__
    return False


def site_map(request: HttpRequest) -> HttpResponse:
    """Show every public page of the site (RGAA 12.3)."""
    return render(request, "web/site_map.html")
