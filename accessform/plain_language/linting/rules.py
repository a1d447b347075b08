"""The rules as linting/rules.toml says them, read strictly once."""

import functools
import re
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from accessform.plain_language.linting.findings import LintSeverity, Role, typeset
from accessform.plain_language.wording import ReadingLevel

RULES_FILE = Path(__file__).parent / "rules.toml"

Limits = dict[ReadingLevel, Annotated[int, Field(ge=0, le=100)]]
"""For each level, the number above which the rule speaks; a level left out is not concerned."""

Message = Annotated[str, AfterValidator(typeset)]


class UnknownRule(KeyError):
    """A rule's id that linting/rules.toml does not define."""


def _sources(value: object) -> object:
    return " ; ".join(SOURCES[name] for name in value) if isinstance(value, list) else value


class Rule(BaseModel):
    """One rule: where it applies, from which number on it warns or stops publishing, and what it teaches.

    `per` says what is counted: each place by itself, or the places in one sentence, or in the text; then the first
    ones up to the limit are left alone. `parser` tells that the rule needs the parser: it may only warn.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    title: Message
    roles: tuple[Role, ...] = tuple(Role)
    warning: Limits = {}
    error: Limits = {}
    per: str = Field("each", pattern="^(each|sentence|text)$")
    parser: bool = False
    patterns: tuple[str, ...] = ()
    case_sensitive: bool = False
    looks_at: str = Field("prose", pattern="^(prose|signs)$")
    reason: Message
    suggestion: Message
    source: Annotated[Message, BeforeValidator(_sources)]

    @model_validator(mode="after")
    def _keeps_its_promises(self) -> "Rule":
        if not self.warning and not self.error:
            raise ValueError(f"{self.id} speaks at no level")
        if self.parser and self.error:
            raise ValueError(f"{self.id}: what the parser sees never stops publishing")
        if ReadingLevel.STANDARD in self.error:
            raise ValueError(f"{self.id}: the binding text is never refused")
        return self

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """All the rule's patterns as one."""
        return re.compile("|".join(self.patterns), 0 if self.case_sensitive else re.IGNORECASE)

    def concerns(self, role: Role, level: ReadingLevel) -> bool:
        """Tell whether the rule has something to say about such texts."""
        return role in self.roles and (level in self.warning or level in self.error)

    def severity(self, count: int, level: ReadingLevel, *, certain: bool) -> LintSeverity | None:
        """Return how serious `count` is at `level`, or None where it is allowed."""
        if certain and count > self.error.get(level, count):
            return LintSeverity.ERROR
        lowest = min(limits[level] for limits in (self.warning, self.error) if level in limits)
        return LintSeverity.WARNING if count > lowest else None

    def limit(self, severity: LintSeverity, level: ReadingLevel) -> int:
        """Return the number that was passed."""
        limits = self.error if severity is LintSeverity.ERROR else self.warning
        return limits.get(level, self.error.get(level, 0))


_FILE = tomllib.loads(RULES_FILE.read_text(encoding="utf-8"))

SOURCES: dict[str, str] = _FILE["sources"]
"""The works that the rules rest on, by the short name that the rules give them."""

RULES: dict[str, Rule] = {entry["id"]: Rule.model_validate(entry) for entry in _FILE["rules"]}
"""Every rule by its id, in the order of the file."""


def rule(rule_id: str) -> Rule:
    """Return the rule of that id; raises UnknownRule."""
    try:
        return RULES[rule_id]
    except KeyError as error:
        raise UnknownRule(rule_id) from error
