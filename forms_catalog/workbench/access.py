"""Who may use the workbench: staff, and members of the group « designers »."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

DESIGNERS = "designers"

View = Callable[..., HttpResponse]


def is_designer(user: Any) -> bool:
    """Tell whether `user` may use the workbench."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_staff or user.groups.filter(name=DESIGNERS).exists()


def designer_required(view: View) -> View:
    """Let designers in; lead others to the sign-in page, or refuse (403) who is signed in without the right."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not is_designer(request.user):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return guarded
