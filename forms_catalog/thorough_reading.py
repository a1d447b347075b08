"""A reading of a form with the parser, in a process of its own: what designers ask for, and what machine texts need."""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accessform.plain_language.apart import Question, ToolsFailed, ask
from accessform.plain_language.facts.differences import Change, Fact
from accessform.plain_language.linting import LintFinding, LintSeverity, Role
from accessform.plain_language.parsing import ToolsMissing
from accessform.plain_language.verification import Verdict, Verification
from accessform.plain_language.wording import SERVABLE, ReadingLevel
from forms_catalog.findings import PUBLISHING, Remark
from forms_catalog.language_checks import (
    MACHINE,
    MACHINE_FACT,
    Passage,
    check_language,
    facts_told,
    passages_of,
    terms_of,
)
from forms_catalog.page_scores import PageScore, hard_pages, pages_of, scores_told
from forms_catalog.texts import LEVEL_NAMES

UNVERIFIED = f"{PUBLISHING}machine_unverified"


@dataclass(frozen=True)
class ThoroughReading:
    """Answers fetched at once for every text and page of a form."""

    scores: tuple[PageScore, ...]
    linted: Mapping[tuple[str, Role, ReadingLevel], tuple[LintFinding, ...]]
    verified: Mapping[tuple[str, str], Verification]

    def lint(self, text: str, role: Role, level: ReadingLevel, terms: frozenset[str]) -> tuple[LintFinding, ...]:
        """Return the findings fetched for this text; `terms` were sent with it."""
        return self.linted[text, role, level]

    def verify(self, standard: str, variant: str) -> Verification:
        """Return the comparison fetched for this pair."""
        return self.verified[standard, variant]


def read_thoroughly(compiled: Mapping[str, Any]) -> ThoroughReading:
    """Ask the tools about every text and page of a form; raises ToolsMissing or ToolsFailed."""
    passages, terms = list(passages_of(compiled)), sorted(terms_of(compiled))
    texts = list(dict.fromkeys((passage.text, passage.role, passage.level) for passage in passages))
    pairs = _pairs(passages)
    pages = pages_of(compiled)
    asked: list[Question] = [
        ("lint", {"text": text, "role": str(role), "level": str(level), "terms": terms}) for text, role, level in texts
    ]
    asked += [("verify", {"standard": standard, "variant": variant}) for standard, variant in pairs]
    answers = ask([*asked, *(page.question for page in pages)])
    found = [tuple(_finding(finding) for finding in told["findings"]) for told in answers[: len(texts)]]
    compared = [_verification(told) for told in answers[len(texts) : len(asked)]]
    scores = tuple(scores_told(pages, answers[len(asked) :]))
    return ThoroughReading(scores, dict(zip(texts, found, strict=True)), dict(zip(pairs, compared, strict=True)))


def check_thoroughly(compiled: Mapping[str, Any]) -> list[Remark]:
    """Return what the linter and the comparison of facts find with the parser, and the pages that are too hard.

    Raises ToolsMissing or ToolsFailed.
    """
    reading = read_thoroughly(compiled)
    remarks = [*check_language(compiled, reading), *check_machine_texts(compiled)]
    return [*dict.fromkeys(remarks), *hard_pages(compiled, reading.scores)]


def check_machine_texts(compiled: Mapping[str, Any]) -> list[Remark]:
    """Return why the machine-made texts that would be served may not be: each must be ACCEPTED with the parser.

    A form without such texts needs no tools.
    """
    passages = [passage for passage in passages_of(compiled, heard=True) if is_served_machine_text(passage)]
    if not passages:
        return []
    try:
        compared = _compare_apart(tuple(_pairs(passages)))
    except (ToolsMissing, ToolsFailed):
        return [Remark(passage.location, UNVERIFIED, _not_compared(passage)) for passage in passages]
    judged = [(passage, compared[passage.standard, passage.text]) for passage in passages]
    return [
        Remark(passage.location, *_refusal(passage, found))
        for passage, found in judged
        if found.verdict is not Verdict.ACCEPTED
    ]


def is_served_machine_text(passage: Passage) -> bool:
    """Tell whether a text made by a machine is approved, and so would be read by citizens."""
    variant = passage.variant or {}
    return passage.is_current_variant and variant.get("origin") in MACHINE and variant.get("status") in SERVABLE


@functools.lru_cache(maxsize=16)
def _compare_apart(pairs: tuple[tuple[str, str], ...]) -> Mapping[tuple[str, str], Verification]:
    """Compare each pair; remembered, since publishing checks a form several times and locks the database meanwhile."""
    answers = ask([("verify", {"standard": standard, "variant": variant}) for standard, variant in pairs])
    return {pair: _verification(told) for pair, told in zip(pairs, answers, strict=True)}


def _pairs(passages: Iterable[Passage]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((p.standard, p.text) for p in passages if p.is_current_variant))


def _refusal(passage: Passage, found: Verification) -> tuple[str, str]:
    if found.verdict is Verdict.INCONCLUSIVE:
        return UNVERIFIED, _not_compared(passage)
    return MACHINE_FACT, (
        f"Ce texte « {LEVEL_NAMES[passage.level]} », fait par une machine, ne dit pas la même chose que le texte "
        f"officiel ({'; '.join(facts_told(found))}). Récrivez-le, puis signez-le : « origin: author »."
    )


def _not_compared(passage: Passage) -> str:
    return (
        f"Ce texte « {LEVEL_NAMES[passage.level]} », fait par une machine, n'a pas pu être comparé en entier au texte "
        "officiel. Installez les outils (« make wording-tools ») et recommencez, ou relisez-le et signez-le : "
        "« origin: author »."
    )


def _finding(told: Mapping[str, Any]) -> LintFinding:
    return LintFinding(**{**told, "severity": LintSeverity(told["severity"])})


def _verification(told: Mapping[str, Any]) -> Verification:
    return Verification(
        Verdict(told["verdict"]),
        lost=tuple(Fact(fact["kind"], fact["text"]) for fact in told["lost"]),
        added=tuple(Fact(fact["kind"], fact["text"]) for fact in told["added"]),
        changed=tuple(Change(change["kind"], change["from"], change["to"]) for change in told["changed"]),
        notes=(),
    )
