"""A draft: rules propose edits one at a time, the gates decide on each, until no rule has anything left to propose."""

from collections.abc import Iterator
from dataclasses import dataclass

from accessform.plain_language.drafting import (
    acronyms,
    clauses,
    gates,
    layout,
    numerals,
    orders,
    phrases,
    reader,
    splitting,
    substitutions,
    tails,
    totals,
    voice,
)
from accessform.plain_language.drafting.edits import Edit, Intended, Proposal
from accessform.plain_language.drafting.leaving import left_in
from accessform.plain_language.verification import Verdict
from accessform.plain_language.wording import ModelRecord, ReadingLevel

LONGEST_TEXT = 3_000
"""Code points: four times the longest official text that ships, and some ten seconds; a longer one is given back."""

MOST_EDITS = 120

LEAST_GAIN = 0.1
"""Of a CEFR level: a draft that gains less, where the level can be estimated, is not worth a person's reading."""

STAGES = (clauses, orders, reader, tails, splitting, totals, phrases, numerals, voice, substitutions, layout)
"""In the order of the pipeline; each edit sends the text back to the first stage."""


@dataclass(frozen=True)
class Draft:
    """A text drafted for a level. Where nothing was safe: the text as given, no verdict, no edits.

    `left` says in French what was left and why; `model` is filled where a language model wrote the text.
    """

    text: str
    verdict: Verdict | None
    edits: tuple[Edit, ...]
    left: tuple[str, ...]
    model: ModelRecord | None = None


def draft(text: str, level: ReadingLevel, *, domain: str | None = None) -> Draft:
    """Return `text` drafted for `level` by the rules; `domain` tells which acronyms are meant.

    The draft loses no fact that `verify` sees, is not estimated to be harder, and drafted again stays as it is.
    Raises ToolsMissing where the parser is not installed.
    """
    if level is ReadingLevel.STANDARD or not text.strip():
        return Draft(text, None, (), ())
    if len(text) > LONGEST_TEXT:
        return Draft(
            text, None, (), (f"Ce texte dépasse {LONGEST_TEXT} caractères. Coupez-le avant de le simplifier.",)
        )
    made, edits = _edited(text, level, domain)
    if not edits:
        return Draft(text, None, (), left_in(text, level, domain))
    refusal = _refusal(text, made, level, domain)
    if refusal:
        return Draft(text, None, (), (refusal, *left_in(text, level, domain)))
    return Draft(made, Verdict.ACCEPTED, tuple(edits), left_in(made, level, domain))


def _refusal(text: str, made: str, level: ReadingLevel, domain: str | None) -> str | None:
    """Return why the whole draft is not offered, None if it is."""
    gain = gates.gain(text, made)
    if gain is not None and gain < LEAST_GAIN:
        return "Les modifications sûres ne rendent pas le texte nettement plus facile\u00a0: il est laissé tel quel."
    if _edited(made, level, domain)[1]:
        return "Les modifications possibles ne se confirment pas à la relecture."
    return None


def _edited(text: str, level: ReadingLevel, domain: str | None) -> tuple[str, list[Edit]]:
    """Apply every edit that the gates accept, against the text before it and against the text given."""
    made = text
    edits: list[Edit] = []
    intends: tuple[Intended, ...] = ()
    while len(edits) < MOST_EDITS:
        for proposal in _proposals(made, level, domain):
            after = proposal.applied(made)
            if (
                after is not None
                and not gates.harder(made, after)
                and gates.passes(made, after, level, proposal.intends)
                and gates.verdict(text, after, (*intends, *proposal.intends)) is Verdict.ACCEPTED
            ):
                start, end = proposal.span()
                edits.append(Edit(proposal.rule, made[start:end], after[start : len(after) - len(made) + end]))
                made, intends = after, (*intends, *proposal.intends)
                break
        else:
            return made, edits
    return text, []


def _proposals(text: str, level: ReadingLevel, domain: str | None) -> Iterator[Proposal]:
    for stage in STAGES:
        yield from stage.proposals(text, level)
    if level is ReadingLevel.EASY:
        yield from acronyms.proposals(text, domain)
