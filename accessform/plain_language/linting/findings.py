"""What the linter says about a text, and what it must know of it."""

import re
from dataclasses import asdict, dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a text does in a form. A label names a field; a question asks in full; a notice informs outside the form."""

    LABEL = "label"
    QUESTION = "question"
    HINT = "hint"
    HELP = "help"
    ERROR = "error"
    NOTICE = "notice"


class LintSeverity(StrEnum):
    """Whether a finding stops publishing or only deserves attention."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class LintFinding:
    """One remark on a text: which rule, where (code points, end excluded), why, what to write, and who says so."""

    rule: str
    start: int
    end: int
    severity: LintSeverity
    reason: str
    suggestion: str
    source: str

    def as_dict(self) -> dict[str, str | int]:
        """Return the finding as the commands print it in JSON."""
        return asdict(self)


def typeset(text: str) -> str:
    """Return a message with the no-break spaces that French signs want; the data files are written without."""
    return re.sub(r" (?=[:;?»%€])|(?<=«) ", "\u00a0", text)
