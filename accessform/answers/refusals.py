"""The one way in which an answer is refused."""

from collections.abc import Mapping

Raw = Mapping[str, list[str]]
"""What was typed for one question: part of the answer → values. A question of one part uses the part ""."""


class Refused(ValueError):
    """An answer that cannot be taken.

    `code` names the wording `answers.<code>`; `part` is the part of the answer to mend ("" for the whole);
    `details` fill the wording's placeholders: they are for the person's eyes, only `code` is ever recorded.
    """

    def __init__(self, code: str, part: str = "", **details: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.part = part
        self.details = details


def first(raw: Raw, part: str = "") -> str:
    """Return the first value of a part, "" where there is none."""
    values = raw.get(part)
    return values[0] if values else ""


def is_blank(raw: Raw) -> bool:
    """Tell whether nothing was written in any part."""
    return not any(value.strip() for values in raw.values() for value in values)
