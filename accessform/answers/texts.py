"""Free text: composed, without what nobody can see, and no longer than said."""

import re
import unicodedata

from accessform.answers.refusals import Raw, Refused, first
from forms_catalog.definition import Constraints
from forms_catalog.patterns import matches

TEXT_MAX = 300
LONG_TEXT_MAX = 5_000

_SPACES = re.compile(r"[^\S\n]+")
_KEPT = frozenset("\t\n")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Return one line: NFC, controls and invisible marks dropped, any run of white space made one space."""
    return " ".join(_visible(text).split())


def clean_lines(text: str) -> str:
    """Return text whose lines are kept: at most one empty line between two, no white space at the ends."""
    lines = _visible(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    joined = "\n".join(_SPACES.sub(" ", line).strip() for line in lines)
    return _BLANK_LINES.sub("\n\n", joined).strip()


def _visible(text: str) -> str:
    """Compose the text and drop control, format, private and unassigned characters, except white space."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii() and composed.isprintable():
        return composed
    return "".join(
        character for character in composed if character in _KEPT or not unicodedata.category(character).startswith("C")
    )


def parse_text(raw: Raw, constraints: Constraints) -> str:
    """Read one line of text; refuses `too_long` and `invalid` (the form's own pattern)."""
    return _bounded(clean(first(raw)), constraints, TEXT_MAX)


def parse_long_text(raw: Raw, constraints: Constraints) -> str:
    """Read several lines of text; refuses `too_long` and `invalid` (the form's own pattern)."""
    return _bounded(clean_lines(first(raw)), constraints, LONG_TEXT_MAX)


def _bounded(text: str, constraints: Constraints, default_max: int) -> str:
    longest = constraints.max_length or default_max
    if len(text) > longest:
        raise Refused("too_long", max=longest, over=len(text) - longest)
    if constraints.pattern and not matches(constraints.pattern, text):
        raise Refused("invalid")
    return text
