"""What checking a form file finds: one mistake or remark, where it stands, and what to do about it."""

from dataclasses import asdict, dataclass
from enum import StrEnum

PUBLISHING = "publish."
"""Codes that begin so stop publishing only: a draft that lacks these things may still be kept."""

Location = tuple[str | int, ...]


class Severity(StrEnum):
    """Whether a finding stops publishing or only deserves attention."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One finding. `line` and `column` count from 1; 0 means "the file as a whole"."""

    file: str
    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str

    @property
    def stops_registering(self) -> bool:
        """Whether not even a draft may be kept with it."""
        return self.severity is Severity.ERROR and not self.code.startswith(PUBLISHING)

    @property
    def stops_publishing(self) -> bool:
        """Whether the form may not be published with it."""
        return self.severity is Severity.ERROR

    def as_dict(self) -> dict[str, str | int]:
        """Return the finding as the JSON document of `manage.py form --json` shows it."""
        return asdict(self)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        word = "erreur" if self.severity is Severity.ERROR else "attention"
        return f"{place}: {word}: {self.message} [{self.code}{f' — {self.path}' if self.path else ''}]"


@dataclass(frozen=True)
class Remark:
    """A finding before its line is known: where in the definition, how serious, and the words."""

    location: Location
    code: str
    message: str
    severity: Severity = Severity.ERROR


def written_path(location: Location) -> str:
    """Return a location as people write it: steps[0].questions[2].label."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path
