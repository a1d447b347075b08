"""Closed answers: yes or no, one of several, several of several, a box to tick."""

from collections.abc import Sequence

from accessform.answers.refusals import Raw, Refused, first

YES, NO = "oui", "non"
CIVILITIES = ("mme", "m")


def parse_yes_no(raw: Raw) -> bool:
    """Read « oui » or « non »."""
    said = first(raw).strip().lower()
    if said not in {YES, NO}:
        raise Refused("choice_unknown")
    return said == YES


def parse_one_of(raw: Raw, keys: Sequence[str]) -> str:
    """Read one key of a closed list."""
    said = first(raw).strip()
    if said not in keys:
        raise Refused("choice_unknown")
    return said


def parse_some_of(raw: Raw, keys: Sequence[str]) -> list[str]:
    """Read several keys of a closed list; they come back in the list's order, each once."""
    said = {value.strip() for value in raw.get("", []) if value.strip()}
    if not said <= set(keys):
        raise Refused("choice_unknown")
    return [key for key in keys if key in said]


def parse_checkbox(raw: Raw) -> bool:
    """Read a ticked box."""
    if first(raw).strip().lower() not in {YES, "on", "true", "1"}:
        raise Refused("choice_unknown")
    return True
