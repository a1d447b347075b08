"""The linter: what a text's wording asks of its reader that it need not, with why and what to write instead."""

from accessform.plain_language.linting.findings import LintFinding, LintSeverity, Role
from accessform.plain_language.linting.linter import LONGEST_TEXT, TextTooLong, lint, lint_names
from accessform.plain_language.linting.rules import RULES, Rule, UnknownRule, rule

__all__ = [
    "LONGEST_TEXT",
    "RULES",
    "LintFinding",
    "LintSeverity",
    "Role",
    "Rule",
    "TextTooLong",
    "UnknownRule",
    "lint",
    "lint_names",
    "rule",
]
