"""How a page looks where more than the person's choices decides: rooms above register who knows."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from accessform.adaptation.preferences import Presentation

Presenter = Callable[[HttpRequest, str], Presentation | None]

_presenters: list[Presenter] = []


def register(presenter: Presenter) -> None:
    """Have `presenter(request, path)` say how the page at `path` looks, None where it does not know the page."""
    if presenter not in _presenters:
        _presenters.append(presenter)


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
