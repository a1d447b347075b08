"""Each rule of the linter fires where it should, with the exact span, and is silent on what looks like it."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from accessform.plain_language import parsing
from accessform.plain_language.linting import RULES, LintFinding, Role, lint
from accessform.plain_language.wording import ReadingLevel

pytestmark = pytest.mark.slow

EXAMPLES = YAML(typ="safe", pure=True).load((Path(__file__).parent / "lint_examples.yaml").read_text(encoding="utf-8"))
OPEN, CLOSE = "⟦", "⟧"


def examples(kind: str) -> list[Any]:
    found = []
    for rule, entry in EXAMPLES.items():
        defaults = {key: value for key, value in entry.items() if key not in ("fires", "silent")}
        for example in entry[kind]:
            own = example if isinstance(example, dict) else {"text": example}
            found.append(
                pytest.param(
                    rule, {"level": "plain", "role": "help", **defaults, **own}, id=f"{rule}-{own['text'][:40]}"
                )
            )
    return found


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without its marks, and the spans between them."""
    spans, bare = [], ""
    for piece in text.split(OPEN):
        inside, mark, after = piece.partition(CLOSE)
        if mark:
            spans.append((len(bare), len(bare) + len(inside)))
        bare += inside + after
    return bare, spans


def findings(rule: str, example: dict[str, Any], text: str) -> list[LintFinding]:
    if example.get("parser") and not parsing.available():
        pytest.skip("the wording tools are not installed")
    found = lint(
        text,
        role=Role(example["role"]),
        level=ReadingLevel(example["level"]),
        parser=example.get("parser", False),
        known_terms=example.get("known", ()),
    )
    return [finding for finding in found if finding.rule == rule]


def test_every_rule_has_three_examples_and_three_near_misses():
    assert list(EXAMPLES) == list(RULES)
    assert [rule for rule, entry in EXAMPLES.items() if min(len(entry["fires"]), len(entry["silent"])) < 3] == []


@pytest.mark.parametrize(("rule", "example"), examples("fires"))
def test_it_fires_at_the_exact_span(rule, example):
    text, spans = unmarked(example["text"])
    found = findings(rule, example, text)
    assert [(finding.start, finding.end) for finding in found] == spans
    assert {finding.severity for finding in found} == {example.get("severity", "warning")}


@pytest.mark.parametrize(("rule", "example"), examples("silent"))
def test_it_is_silent_on_what_looks_like_it(rule, example):
    assert findings(rule, example, example["text"]) == []
