"""The regular expressions of linting/patterns.toml, compiled when first needed."""

import functools
import re
import tomllib
from pathlib import Path

PATTERNS_FILE = Path(__file__).parent / "patterns.toml"
SHARED = ("NUMBER", "UNIT")
"""Names in capitals inside a pattern stand for another list of the file."""


@functools.cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads(PATTERNS_FILE.read_text(encoding="utf-8"))


@functools.cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the alternatives of that name as one regular expression that ignores case."""
    written = "|".join(_lists()[name])
    for shared in SHARED:
        written = written.replace(shared, "(?:" + "|".join(_lists()[shared.lower()]) + ")")
    return re.compile(written, re.IGNORECASE)
