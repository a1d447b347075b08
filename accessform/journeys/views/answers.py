"""Answers that every page of a journey gives."""

from http import HTTPStatus

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """303: the POST was taken, look there with GET."""

    status_code = HTTPStatus.SEE_OTHER


def see_other(address: str) -> SeeOther:
    """Return a 303 to `address`."""
    return SeeOther(address)
