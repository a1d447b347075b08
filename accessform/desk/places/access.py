"""Whose place it is: an administrator sees the places they were given, and nothing of any other."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from accessform.desk.models import PlaceAdministrator
from accessform.handoff.models import AgentProfile, Place
from accessform.trust.staff.sessions import staff_required

MAX_ID = 2**63 - 1


def places_of(user: Any) -> "QuerySet[Place]":
    """Return the places that an account administers, by name."""
    return Place.objects.filter(administrators__user=user).order_by("name", "pk")


def is_administrator(user: Any) -> bool:
    """Tell whether an account administers a place."""
    return PlaceAdministrator.objects.filter(user_id=user.pk).exists()


def get_place_or_404(user: Any, place_id: int) -> Place:
    """Return one of the account's own places; raises Http404 for another, whether it exists or not."""
    place = places_of(user).filter(pk=place_id).first() if place_id <= MAX_ID else None
    if place is None:
        raise Http404("no such place for this account")
    return place


def get_agent_or_404(place: Place, agent_id: int) -> AgentProfile:
    """Return an agent of the place; raises Http404 for another place's."""
    agent = place.agents.select_related("user").filter(pk=agent_id).first() if agent_id <= MAX_ID else None
    if agent is None:
        raise Http404("no such agent at this place")
    return agent


administrator_required = staff_required(is_administrator)
