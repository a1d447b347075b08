"""Answers that every page of a journey gives."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from accessform.web.redirection import SeeOther


def see_other(address: str) -> HttpResponse:
    """Return a 303 to `address`: the POST was taken, look there with GET."""
    return SeeOther(address)


def lead_to(request: HttpRequest, address: str, *, within: bool) -> HttpResponse:
    """Lead to `address`; a page that is not a step (`within` false) is loaded whole, htmx or not."""
    if request.htmx and not within:  # type: ignore[attr-defined]
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": address})
    return see_other(address)
