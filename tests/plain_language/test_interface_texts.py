"""The product's own words: every room's texts keep the reading rules, at every level."""

import re
import string
from collections.abc import Iterator
from fnmatch import fnmatchcase

import pytest
from ruamel.yaml import YAML

from accessform.plain_language import parsing
from accessform.plain_language.interface import DATA, texts
from accessform.plain_language.linting import LintFinding, Role, lint, rule
from accessform.plain_language.wording import ReadingLevel, Wording
from tests.reading_rules import at_levels, changed_quantities, impolite

pytestmark = pytest.mark.slow

ALLOWED: dict[str, dict[str, str]] = YAML(typ="safe", pure=True).load(
    (DATA / "fr" / "interface_allowed.yaml").read_text(encoding="utf-8")
)
needs_parser = pytest.mark.skipif(not parsing.available(), reason="the wording tools are not installed")
ROOMS = sorted({name.partition(".")[0] for name in texts()})


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@pytest.fixture(params=ROOMS)
def wordings(request: pytest.FixtureRequest) -> list[tuple[str, Wording]]:
    return [(name, wording) for name, wording in texts().items() if name.startswith(f"{request.param}.")]


def test_a_text_has_one_level_or_three(wordings):
    assert [name for name, wording in wordings if (wording.plain is None) != (wording.easy is None)] == []


def test_simpler_texts_ask_for_no_other_value(wordings):
    assert [
        name
        for name, wording in wordings
        for variant in (wording.plain, wording.easy)
        if variant and not placeholders(variant.text) <= placeholders(wording.standard)
    ] == []


def role_of(name: str) -> Role:
    room, _, key = name.partition(".")
    return Role.ERROR if room == "answers" and not key.startswith("example") else Role.HELP


def findings(wordings: list[tuple[str, Wording]], *, parser: bool) -> Iterator[tuple[str, str, LintFinding]]:
    for level in ReadingLevel:
        for name, wording in wordings:
            variant = wording.variant(level)
            text = variant.text if variant else wording.standard
            for finding in lint(text, role=role_of(name), level=level, parser=parser):
                yield name, text, finding


def is_allowed(name: str, rule_id: str) -> bool:
    return any(fnmatchcase(name, pattern) and rule_id in reasons for pattern, reasons in ALLOWED.items())


@pytest.mark.parametrize("parser", [False, pytest.param(True, marks=needs_parser)])
def test_the_linter_finds_nothing_that_is_not_justified(wordings, parser):
    assert [
        f"{name}: {finding.rule}: {text[finding.start : finding.end]} ({text})"
        for name, text, finding in findings(wordings, parser=parser)
        if not is_allowed(name, finding.rule)
    ] == []


def test_every_justification_serves_and_says_why():
    found = {(name, finding.rule) for name, _, finding in findings(list(texts().items()), parser=False)}
    for pattern, reasons in ALLOWED.items():
        for rule_id, reason in reasons.items():
            assert len(reason) > 20
            assert rule(rule_id)
            assert any(fnmatchcase(name, pattern) for name, used in found if used == rule_id), (pattern, rule_id)


def test_nobody_is_commanded_even_by_the_official_text(wordings):
    assert impolite(at_levels(wordings, ReadingLevel.STANDARD)) == []


def test_quantities_are_the_same_at_every_level(wordings):
    assert changed_quantities(wordings) == []


def test_texts_are_never_called_falc(wordings):
    assert [name for name, text in at_levels(wordings, *ReadingLevel) if re.search(r"\bFALC\b", text)] == []
