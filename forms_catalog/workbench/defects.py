"""What makes people stumble on a form, told to its designer. Who counts it registers how it is told."""

from collections.abc import Callable, Sequence

Teller = Callable[[str], Sequence[str]]
"""Returns, for a form's slug, one sentence a defect of its versions; no journey and no person can be told from it."""

_registered: list[Teller] = []


def register_defects(teller: Teller) -> None:
    """Say who tells the defects; the last one registered counts."""
    _registered[:] = [teller]


def defects_of(slug: str) -> Sequence[str]:
    """Return the defects of a form, none where no room counts them."""
    return _registered[0](slug) if _registered else ()
