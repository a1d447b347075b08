"""A place's administrator in tests: signed in, and the page read as people read it."""

import re

from django.contrib.auth.models import User
from django.test import Client

from accessform.desk.models import PlaceAdministrator
from accessform.handoff.models import Place
from tests.staff import sign_in


def administer(place: Place, name: str = "claire", client: Client | None = None) -> Client:
    """Return a browser where an administrator of the place is signed in."""
    user, _ = User.objects.get_or_create(username=name)
    PlaceAdministrator.objects.create(user=user, place=place)
    return sign_in(client or Client(), user)


def words(response) -> str:
    """Return a page with the signs that people read."""
    return response.content.decode().replace("&#x27;", "'").replace("\u00a0", " ")


def agree(client: Client, address: str, shown, data: dict):
    """Press « Enregistrer » on the page that was shown for `data`."""
    token = re.search(r'name="agreed" value="(\w+)"', shown.content.decode())
    assert token, words(shown)
    return client.post(address, {**data, "agreed": token[1]})


def save(client: Client, address: str, data: dict):
    """Send a form, agree to what it brings, and return the last answer."""
    return agree(client, address, client.post(address, data), data)
