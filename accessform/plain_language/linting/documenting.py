"""docs/plain-language-rules.md, drawn from rules.toml: `python -m accessform.plain_language.linting.documenting`."""

from collections.abc import Iterator
from pathlib import Path

from accessform.plain_language.linting.findings import Role, typeset
from accessform.plain_language.linting.rules import RULES, SOURCES, Rule
from accessform.plain_language.wording import HARDER_FIRST, ReadingLevel

PAGE = Path(__file__).parents[3] / "docs" / "plain-language-rules.md"
OPENING = """# The linter's rules

This page is drawn from `accessform/plain_language/linting/rules.toml` by
`python -m accessform.plain_language.linting.documenting`; a test fails when they differ. The lists of words are in
`accessform/plain_language/data/fr/linting/`.

A cell says from which number on the rule speaks: "> 20" warns above 20, "**> 25**" stops publishing above 25, "each"
speaks at each place. A rule may be set aside for one text with its reason: `allow: {rule-id: "why"}`. What stops
publishing never needs the parser ([decision](adr/a-lint-error-never-depends-on-the-parser.md)).

| rule | what it sees | texts | standard | plain | easy | counted in | parser |
|---|---|---|---|---|---|---|---|
"""


def rules_page() -> str:
    """Return the page: one table, then what each rule says and on what it rests."""
    lines = [_row(rule) for rule in RULES.values()]
    return OPENING + "\n".join(lines) + "\n\n" + "\n".join(line for rule in RULES.values() for line in _section(rule))


def _row(rule: Rule) -> str:
    cells = [
        f"`{rule.id}`",
        rule.title,
        "all" if set(rule.roles) == set(Role) else ", ".join(rule.roles),
        *(_limits(rule, level) for level in HARDER_FIRST),
        "–" if rule.per == "each" else rule.per,
        "yes" if rule.parser else "–",
    ]
    return "| " + " | ".join(cells) + " |"


def _limits(rule: Rule, level: ReadingLevel) -> str:
    said = [
        f"{mark}{'each' if limits[level] == 0 else f'> {limits[level]}'}{mark}"
        for limits, mark in ((rule.warning, ""), (rule.error, "**"))
        if level in limits
    ]
    return ", ".join(said) or "–"


def _section(rule: Rule) -> Iterator[str]:
    named = [work for work in SOURCES.values() if typeset(work) in rule.source]
    yield f"## {rule.id}\n"
    yield f"- Why: {rule.reason}"
    yield f"- What to write: {rule.suggestion}"
    yield f"- Sources: {'; '.join(named)}.\n"


if __name__ == "__main__":
    PAGE.write_text(rules_page(), encoding="utf-8")
