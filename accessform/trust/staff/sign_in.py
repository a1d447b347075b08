"""Signing in and out. Tries are counted in the database, by account and by network, before they are checked."""

import math
from http import HTTPStatus
from typing import Any

from django.contrib.auth import authenticate, logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accessform.trust import throttle
from accessform.trust.network import client_network
from accessform.trust.staff import second_factor, sessions
from accessform.trust.staff.homes import homes_of
from accessform.web.redirection import SeeOther

ACCOUNT = "sign_in_account"
NETWORK = "sign_in_network"
MAX_NAME = 150


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Take name and password. The answer never tells whether the account exists; 429 when out of tries."""
    if request.method != "POST":
        return _page(request, HTTPStatus.OK, ended=request.GET.get("fin") == "1")
    name = request.POST.get("username", "").replace("\0", "").strip()[:MAX_NAME]
    account, network = name.casefold(), client_network(request)
    allowed = [throttle.take_attempt(NETWORK, network), throttle.take_attempt(ACCOUNT, account)]
    if not all(allowed):
        waits = (throttle.blocked_for(ACCOUNT, account), throttle.blocked_for(NETWORK, network))
        minutes = max(1, math.ceil(max(waits).total_seconds() / 60))
        return _page(request, HTTPStatus.TOO_MANY_REQUESTS, name=name, minutes=minutes)
    user = authenticate(request, username=name, password=request.POST.get("password", ""))
    if user is None:
        return _page(request, HTTPStatus.UNPROCESSABLE_ENTITY, name=name, refused=True)
    throttle.clear(ACCOUNT, account)
    throttle.give_back_attempt(NETWORK, network)
    sessions.begin(request, user, _next(request))
    enrolled = second_factor.find_authenticator(user) is not None
    if not enrolled:
        second_factor.begin_enrolment(user)
    return SeeOther(reverse("staff:code" if enrolled else "staff:enrol"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Take the code, of the application or of recovery, and open the session."""
    user = sessions.pending_user(request)
    if user is None or second_factor.find_authenticator(user) is None:
        return SeeOther(reverse("staff:sign_in"))
    if request.method != "POST":
        return render(request, "trust/staff/code.html")
    if not second_factor.may_try(user):
        return _too_many(request, "trust/staff/code.html", user)
    device = second_factor.verify(user, request.POST.get("code", ""))
    if device is None:
        return render(request, "trust/staff/code.html", {"refused": True}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return SeeOther(sessions.complete(request, user, device) or first_page(user))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Show the secret as a QR code and in letters; the code that it gives enrols the application and signs in."""
    user = sessions.pending_user(request)
    if user is None:
        return SeeOther(reverse("staff:sign_in"))
    if second_factor.find_authenticator(user) is not None:
        return SeeOther(reverse("staff:code"))
    device = second_factor.begin_enrolment(user)
    context = {
        "name": user.get_username(),
        "secret": second_factor.secret_in_groups(device),
        "qr": second_factor.qr_code(device, user.get_username()),
    }
    if request.method != "POST":
        return render(request, "trust/staff/enrol.html", context)
    if not second_factor.may_try(user):
        return _too_many(request, "trust/staff/enrol.html", user, context)
    codes = second_factor.confirm_enrolment(user, request.POST.get("code", ""))
    enrolled = second_factor.find_authenticator(user)
    if codes is None or enrolled is None:
        again = {**context, "refused": True}
        return render(request, "trust/staff/enrol.html", again, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    address = sessions.complete(request, user, enrolled)
    sessions.keep_fresh_codes(request, codes)
    request.session["staff_next"] = address
    return SeeOther(reverse("staff:recovery"))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out: the session ends, with all that it opened."""
    logout(request)
    return SeeOther(reverse("staff:sign_in"))


def first_page(user: Any) -> str:
    """Return where a person begins; raises PermissionDenied where no room is theirs."""
    for address, _ in homes_of(user):
        return reverse(address)
    raise PermissionDenied


def _too_many(request: HttpRequest, template: str, user: Any, context: dict[str, Any] | None = None) -> HttpResponse:
    wait = throttle.blocked_for(second_factor.SCOPE, str(user.pk))
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    return render(request, template, {**(context or {}), "minutes": minutes}, status=HTTPStatus.TOO_MANY_REQUESTS)


def _page(request: HttpRequest, status: HTTPStatus, **said: Any) -> HttpResponse:
    context = {"next": _next(request), "name": "", "minutes": 0, "refused": False, "ended": False, **said}
    return render(request, "trust/staff/sign_in.html", context, status=status)


def _next(request: HttpRequest) -> str:
    """Return where to go once signed in: an address of this site, else none."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if safe else ""
