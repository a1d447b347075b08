"""What the desk's menu asks of a place's administrators."""

from typing import Any

from django import template

from accessform.desk.places.access import is_administrator

register = template.Library()


@register.filter
def administers(user: Any) -> bool:
    """Tell whether an account administers a place, so that the menu leads there."""
    return bool(user.is_authenticated) and is_administrator(user)
