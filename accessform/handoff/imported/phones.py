"""Telephone numbers of places, as people write them. Pure."""

import re

from accessform.answers.contacts import parse_phone
from accessform.answers.printed_values import phone_in_figures
from accessform.answers.refusals import Refused

SHORT = re.compile(r"(?:1\d{1,3}|3\d{3}|118\d{3})")
"""Short numbers of the French plan: 115, 114, 3639."""


def read_place_phone(raw: str) -> tuple[str, list[str]]:
    """Return the first number of a column as it is dialled (« 04 50 56 87 49 »), "" and why where there is none."""
    if not raw.strip():
        return "", []
    first = re.split(r"[/;,]|\bou\b", raw)[0].strip()
    short = re.sub(r"\D", "", first)
    if SHORT.fullmatch(short):
        return short, []
    try:
        return phone_in_figures(parse_phone({"": [first]})).replace("\N{NO-BREAK SPACE}", " "), []
    except Refused:
        return "", [f"téléphone illisible (« {raw[:40]} ») : non gardé"]
