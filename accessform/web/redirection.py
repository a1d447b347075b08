"""Where a POST leads: to a GET, always."""

from http import HTTPStatus

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """A 303: the browser fetches the target with GET, and reloading it posts nothing again."""

    status_code = HTTPStatus.SEE_OTHER
