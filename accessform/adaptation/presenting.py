"""How a page looks where more than the person's choices decides: rooms above register who knows."""

import uuid
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from accessform.adaptation.preferences import Presentation

Presenter = Callable[[HttpRequest, str], Presentation | None]

Lister = Callable[[HttpRequest], Iterable[uuid.UUID]]

_presenters: list[Presenter] = []
_listers: list[Lister] = []


def register(presenter: Presenter) -> None:
    """Have `presenter(request, path)` say how the page at `path` looks, None where it does not know the page."""
    if presenter not in _presenters:
        _presenters.append(presenter)


def register_journeys(lister: Lister) -> None:
    """Have `lister(request)` say which journeys this session may open."""
    if lister not in _listers:
        _listers.append(lister)


def journeys_of(request: HttpRequest) -> list[uuid.UUID]:
    """Return the journeys that this session may open."""
    return [journey_id for lister in _listers for journey_id in lister(request)]


def presentation_at(request: HttpRequest, path: str) -> Presentation:
    """Return how the page at `path` looks to this person."""
    for presenter in _presenters:
        presentation = presenter(request, path)
        if presentation is not None:
            return presentation
    return request.presentation  # type: ignore[attr-defined, no-any-return]


def presented(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Draw a view's page as its journey's steps look, the changes that were accepted included."""

    @wraps(view)
    def drawn(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.presentation = presentation_at(request, request.get_full_path())  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return drawn
