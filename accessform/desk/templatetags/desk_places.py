"""What the desk's menu asks of an account: whether it administers a place, or books at RDV Service Public."""

from typing import Any

from django import template

from accessform.desk.places.access import is_administrator
from accessform.handoff.providers.rdv_service_public.settings import rdv_settings
from accessform.handoff.views.rdv_desk import list_profiles

register = template.Library()


@register.filter
def administers(user: Any) -> bool:
    """Tell whether an account administers a place, so that the menu leads there."""
    return bool(user.is_authenticated) and is_administrator(user)


@register.filter
def books_at_rdv(user: Any) -> bool:
    """Tell whether an account sits at a place that uses RDV Service Public, where the operator turned it on."""
    return bool(user.is_authenticated) and rdv_settings() is not None and bool(list_profiles(user))
