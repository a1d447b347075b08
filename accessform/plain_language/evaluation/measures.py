"""What is counted on the corpus: levels before and after, drafts offered, corruptions caught, false alarms, findings.

These functions read the parser through score, draft, verify and lint: they need the wording tools.
"""

import functools
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from ruamel.yaml import YAML

from accessform.plain_language.drafting import Draft, draft
from accessform.plain_language.evaluation.corpus import Half, Item, OfficialText, items, official_texts
from accessform.plain_language.evaluation.corruptions import Case, cases, kinds
from accessform.plain_language.linting import LintFinding, Role, lint
from accessform.plain_language.parsing import parse
from accessform.plain_language.readability import score
from accessform.plain_language.verification import Verdict, Verification, verify
from accessform.plain_language.wording import ReadingLevel

LARGEST_FORM = Path(__file__).resolve().parents[3] / "forms_catalog/fr/demande-logement-social/form.yaml"
REWRITTEN = (ReadingLevel.PLAIN, ReadingLevel.EASY)


@dataclass(frozen=True)
class Tally:
    """How many texts got each verdict."""

    accepted: int
    refused: int
    inconclusive: int

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> "Tally":
        """Count the verdicts."""
        found = Counter(verdicts)
        return cls(found[Verdict.ACCEPTED], found[Verdict.REFUSED], found[Verdict.INCONCLUSIVE])

    @property
    def total(self) -> int:
        """How many texts were judged."""
        return self.accepted + self.refused + self.inconclusive

    @property
    def refused_share(self) -> float | None:
        """REFUSED out of all, between 0 and 1: recall for corrupted texts, false alarms for faithful ones."""
        return self.refused / self.total if self.total else None


@dataclass(frozen=True)
class Levels:
    """Medians of the texts that are long enough to be scored (12 words)."""

    scored: int
    level: float | None
    flesch: float | None


@dataclass(frozen=True)
class Lowering:
    """What drafts do for one level: `lowered` and `flesch_gained` are means over the offered drafts that are scored."""

    texts: int
    offered: int
    accepted: int
    scored: int
    lowered: float | None
    flesch_gained: float | None


@dataclass(frozen=True)
class DraftOfItem:
    """A draft that was offered for an item, and what verify says of it when it is asked again."""

    item: OfficialText
    level: ReadingLevel
    draft: Draft
    verdict: Verdict


def levels_of(texts: Sequence[str]) -> Levels:
    """Return the median level and Flesch of `texts`."""
    found = [one for one in map(score, texts) if one.level is not None and one.flesch is not None]
    return Levels(
        len(found),
        median(one.level for one in found if one.level is not None) if found else None,
        median(one.flesch for one in found if one.flesch is not None) if found else None,
    )


@functools.cache
def drafts_of(half: Half) -> tuple[DraftOfItem, ...]:
    """Return the drafts that are offered for the items of a half; where nothing safe was found there is none."""
    return _drafted(items(half))


@functools.cache
def drafts_of_official_texts() -> tuple[DraftOfItem, ...]:
    """Return the drafts that are offered for the texts that are only drafted and read."""
    return _drafted(official_texts())


def _drafted(texts: Sequence[OfficialText]) -> tuple[DraftOfItem, ...]:
    made = ((text, level, draft(text.standard, level)) for text in texts for level in REWRITTEN)
    return tuple(
        DraftOfItem(text, level, found, verify(text.standard, found.text).verdict)
        for text, level, found in made
        if found.verdict is not None
    )


def lowering(half: Half, level: ReadingLevel) -> Lowering:
    """Return what the drafts for `level` do in one half."""
    offered = [one for one in drafts_of(half) if one.level is level]
    pairs = [(score(one.item.standard), score(one.draft.text)) for one in offered]
    levels = [a.level - b.level for a, b in pairs if a.level is not None and b.level is not None]
    flesch = [b.flesch - a.flesch for a, b in pairs if a.flesch is not None and b.flesch is not None]
    return Lowering(
        texts=len(items(half)),
        offered=len(offered),
        accepted=sum(one.verdict is Verdict.ACCEPTED for one in offered),
        scored=len(levels),
        lowered=mean(levels) if levels else None,
        flesch_gained=mean(flesch) if flesch else None,
    )


@functools.cache
def judged(half: Half) -> tuple[tuple[Case, Verification], ...]:
    """Return every corrupted text of a half with what verify says of it."""
    return tuple((case, verify(case.standard, case.corrupted)) for case in cases(half))


def by_kind(half: Half) -> dict[str, Tally]:
    """Return the verdicts on the corrupted texts, kind by kind."""
    return {kind: Tally.of(found.verdict for case, found in judged(half) if case.kind == kind) for kind in kinds()}


@functools.cache
def faithful(half: Half, level: ReadingLevel) -> tuple[tuple[Item, Verification], ...]:
    """Return what verify says of the faithful rewrites at `level`."""
    return tuple((item, verify(item.standard, item.at(level))) for item in items(half))


@functools.cache
def findings(half: Half, written: ReadingLevel, asked: ReadingLevel) -> tuple[tuple[LintFinding, ...], ...]:
    """Return the linter's findings on each text written at one level, judged as a text for another."""
    return tuple(tuple(lint(item.at(written), role=item.role, level=asked)) for item in items(half))


@dataclass(frozen=True)
class Cost:
    """What linting many texts took: seconds of the clock, and the most memory that the process held so far."""

    texts: int
    seconds: float
    megabytes: float


def lint_cost() -> Cost:
    """Measure one lint of the largest shipped form, with the parser loaded and no sentence remembered."""
    texts = [(text, level) for level in ReadingLevel for text in _texts_at(YAML(typ="safe").load(LARGEST_FORM), level)]
    lint(texts[0][0], role=Role.HELP, level=ReadingLevel.PLAIN)
    parse.cache_clear()
    started = time.perf_counter()
    for text, level in texts:
        lint(text, role=Role.HELP, level=level)
    seconds = time.perf_counter() - started
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(len(texts), seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1024**2)


def _texts_at(node: object, level: ReadingLevel) -> Iterator[str]:
    """Yield the texts of a form file at one level, wherever they stand."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == level.value:
                yield value["text"] if isinstance(value, dict) else value
            else:
                yield from _texts_at(value, level)
    elif isinstance(node, list):
        for value in node:
            yield from _texts_at(value, level)
