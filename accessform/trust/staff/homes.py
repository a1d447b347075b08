"""Where people who work here begin: each room above registers its first page and who may open it."""

from collections.abc import Callable
from typing import Any

Home = tuple[Callable[[Any], bool], str, str]

_homes: dict[str, Home] = {}


def register(name: str, *, allowed: Callable[[Any], bool], address: str, label: str) -> None:
    """Have people that are `allowed` begin at the named address; the first registered wins for who has several."""
    _homes[name] = (allowed, address, label)


def homes_of(user: Any) -> list[tuple[str, str]]:
    """Return the named addresses and labels of the rooms that a person may use."""
    return [(address, label) for allowed, address, label in _homes.values() if allowed(user)]
