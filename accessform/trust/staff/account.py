"""The account's own pages: recovery codes shown once, and made again."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accessform.trust.staff import second_factor, sessions
from accessform.trust.staff.homes import homes_of
from accessform.trust.staff.sign_in import first_page
from accessform.web.redirection import SeeOther


@sessions.staff_required(lambda user: True)
@require_http_methods(["GET", "HEAD", "POST"])
def recovery(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes just made; POST says that they are put away: they are never shown again."""
    codes = sessions.fresh_codes(request)
    if request.method == "POST" or not codes:
        request.session.pop(sessions.FRESH_CODES, None)
        return SeeOther(request.session.pop("staff_next", "") or first_page(request.user))
    context = {"codes": codes, "name": request.user.get_username(), "homes": homes_of(request.user)}
    return render(request, "trust/staff/recovery.html", context)


@sessions.staff_required(lambda user: True)
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show the account; POST with a code makes new recovery codes, and the former ones open nothing more."""
    context = {
        "left": second_factor.count_recovery_codes(request.user),
        "homes": homes_of(request.user),
        "refused": False,
    }
    if request.method != "POST":
        return render(request, "trust/staff/account.html", context)
    if not second_factor.may_try(request.user):
        return render(request, "trust/staff/account.html", context | {"late": True}, status=429)
    if second_factor.verify(request.user, request.POST.get("code", "")) is None:
        again = context | {"refused": True}
        return render(request, "trust/staff/account.html", again, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    sessions.keep_fresh_codes(request, second_factor.renew_recovery_codes(request.user))
    request.session["staff_next"] = reverse("staff:account")
    return SeeOther(reverse("staff:recovery"))
