"""Signing in and out. Tries are counted in the database, by account and by network, before they are checked."""

import math
from http import HTTPStatus

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accessform.trust import throttle
from accessform.trust.network import client_network

ACCOUNT = "sign_in_account"
NETWORK = "sign_in_network"
HOME = "workbench:list"
MAX_NAME = 150


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in page, or sign in. The answer never tells whether the account exists; 429 when out of tries."""
    if request.method != "POST":
        return _page(request, HTTPStatus.OK)
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
    login(request, user)
    return _see_other(_next(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return _see_other(resolve_url("workbench:sign_in"))


def _page(
    request: HttpRequest, status: HTTPStatus, *, name: str = "", refused: bool = False, minutes: int = 0
) -> HttpResponse:
    context = {"name": name, "refused": refused, "minutes": minutes, "next": _next(request)}
    return render(request, "forms_catalog/workbench/sign_in.html", context, status=status)


def _next(request: HttpRequest) -> str:
    """Return where to go once signed in: an address of this site, else the workbench."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if safe else resolve_url(HOME)


def _see_other(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
