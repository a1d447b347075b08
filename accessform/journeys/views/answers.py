"""Answers that every page of a journey gives."""

from accessform.web.redirection import SeeOther


def see_other(address: str) -> SeeOther:
    """Return a 303 to `address`."""
    return SeeOther(address)
