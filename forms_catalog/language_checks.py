"""Plain language in a form: each text linted at its level, each variant held against its official text. Pure.

By default what is found needs no parser, so that publishing refuses the same form on every machine. A thorough reading
(thorough_reading.py) adds what only a parser can see.
"""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from accessform.plain_language.linting import RULES, LintFinding, LintSeverity, Role, lint, lint_names
from accessform.plain_language.verification import Verdict, Verification, verify
from accessform.plain_language.wording import Origin, ReadingLevel, source_hash
from forms_catalog.compiling import VARIANT_LEVELS
from forms_catalog.findings import PUBLISHING, Location, Remark, Severity
from forms_catalog.texts import LEVEL_NAMES, FormText, texts_of, value_at

MACHINE = frozenset({Origin.RULES.value, Origin.MODEL.value})
FACT_LOST = f"{PUBLISHING}fact_lost"
FACT_CHANGED = f"{PUBLISHING}fact_changed"
MACHINE_FACT = f"{PUBLISHING}machine_fact"
ACKNOWLEDGED_NOTHING = "facts.acknowledged_nothing"
SEEN_BY_A_PARSER = frozenset({"role"})
"""Facts that only a thorough reading compares: without it, their acknowledgement may well be needed."""
LONGEST_READ = 20_000
"""Code points of one text, as the linter and the comparison of facts take it: six times the longest that ships."""
UNREAD = frozenset({"spoken", "example"})
"""Texts that nobody reads on a page: the voice's own spelling, and what an answer looks like."""

FACT_NAMES = {
    "acronym": "sigle",
    "alternative": "« ou », « et »",
    "comparator": "au moins, au plus",
    "condition": "condition",
    "date": "date",
    "exception": "exception",
    "modality": "devoir, pouvoir, interdiction",
    "moment": "avant, après",
    "negation": "négation",
    "number": "nombre",
    "opposite": "contraire",
    "period": "durée, fréquence",
    "quantity": "tous, chaque, aucun",
    "reference": "référence",
    "restriction": "seulement",
    "role": "qui fait quoi",
    "sanction": "sanction",
    "statement": "phrase",
    "unit": "unité",
}
"""What each kind of fact is called on a page; a kind without a name is shown as it is."""

ROLES = {
    "label": Role.LABEL,
    "title": Role.LABEL,
    "item": Role.LABEL,
    "hint": Role.HINT,
    "help": Role.HELP,
    "why": Role.HELP,
    "intro": Role.HELP,
    "terms": Role.HELP,
    "errors": Role.ERROR,
}


class Reading(Protocol):
    """Who lints and verifies the texts of a form."""

    def lint(self, text: str, role: Role, level: ReadingLevel, terms: frozenset[str]) -> tuple[LintFinding, ...]:
        """Return what the linter finds in `text`; `terms` are the words that the form explains itself."""

    def verify(self, standard: str, variant: str) -> Verification:
        """Compare the facts of `variant` with those of `standard`."""


class ParserFreeReading:
    """What any machine can read; remembered, since a form is checked again at each step of its publication."""

    @staticmethod
    @functools.lru_cache(maxsize=8_192)
    def lint(text: str, role: Role, level: ReadingLevel, terms: frozenset[str]) -> tuple[LintFinding, ...]:
        """Lint without the rules that need a parser."""
        return tuple(lint(text, role=role, level=level, parser=False, known_terms=terms))

    @staticmethod
    @functools.lru_cache(maxsize=8_192)
    def verify(standard: str, variant: str) -> Verification:
        """Compare the facts that need no parser."""
        return verify(standard, variant, parser=False)


@dataclass(frozen=True)
class Passage:
    """One text of a form at one level: where it stands, what it is for, and its official text."""

    name: str
    location: Location
    level: ReadingLevel
    role: Role
    text: str
    standard: str
    variant: Mapping[str, Any] | None
    allow: Mapping[str, str]

    @property
    def is_current_variant(self) -> bool:
        """Whether it is a variant of today's official text; one of an earlier text is not served anyway."""
        return self.variant is not None and self.variant.get("source") in {None, source_hash(self.standard)}


def passages_of(compiled: Mapping[str, Any], *, heard: bool = False) -> Iterator[Passage]:
    """Yield every text that people read, level by level, in the order of the form; endless ones are left out.

    `heard` adds the texts that are only said aloud.
    """
    for text in texts_of(compiled):
        if (text.location[-1] in UNREAD and not heard) or is_endless(text):
            continue
        role, allow = role_of(compiled, text), text.levels.get("allow") or {}
        yield Passage(
            text.name, text.location, ReadingLevel.STANDARD, role, text.standard, text.standard, None, allow
        )  # fmt: skip
        for level in VARIANT_LEVELS:
            variant = text.variant(level)
            if variant:
                yield Passage(
                    text.name, (*text.location, level), ReadingLevel(level), role,
                    str(variant["text"]), text.standard, variant, allow,
                )  # fmt: skip


def is_endless(text: FormText) -> bool:
    """Tell whether a text is longer, at some level, than anything that could be read on a page."""
    levels = [text.standard, *(str(variant["text"]) for level in VARIANT_LEVELS if (variant := text.variant(level)))]
    return max(map(len, levels)) > LONGEST_READ


def role_of(compiled: Mapping[str, Any], text: FormText) -> Role:
    """Return what a text is for: the linter asks other things of a label than of a notice."""
    key = next((part for part in reversed(text.location) if part in ROLES or part == "after"), "")
    if key == "label":
        holder = value_at(compiled, text.location[:-1])
        if holder.get("type") in {"explanation", "checkbox"}:
            return Role.NOTICE
        if text.location[-3] in {"choices", "documents"}:
            return Role.HINT
        return Role.QUESTION if text.standard.rstrip().endswith("?") else Role.LABEL
    return ROLES.get(str(key), Role.NOTICE)


def check_language(compiled: Mapping[str, Any], reading: Reading | None = None) -> Iterator[Remark]:
    """Yield what the linter finds, rules allowed that do not exist, and facts that variants do not carry."""
    reading, terms = reading or ParserFreeReading(), terms_of(compiled)
    for text in texts_of(compiled):
        if is_endless(text):
            message = f"Ce texte a plus de {LONGEST_READ} caractères : personne ne le lira. Coupez-le."
            yield Remark(text.location, f"{PUBLISHING}text_too_long", message)
    for passage in passages_of(compiled):
        if passage.level is ReadingLevel.STANDARD:
            yield from _unknown_rules(passage)
        yield from lint_remarks(passage, reading.lint(passage.text, passage.role, passage.level, terms))
    for passage in passages_of(compiled, heard=True):
        if passage.is_current_variant:
            found = reading.verify(passage.standard, passage.text)
            yield from fact_remarks(passage, found)
            yield from needless_acknowledgements(passage, found)
    for level in VARIANT_LEVELS:
        yield from names_remarks(compiled, ReadingLevel(level))


def names_remarks(compiled: Mapping[str, Any], level: ReadingLevel) -> Iterator[Remark]:
    """Yield where a text of that level gives a thing another name than most of the form's texts do."""
    passages = {passage.name: passage for passage in passages_of(compiled) if passage.level is level}
    texts = {name: passage.text for name, passage in passages.items()}
    for name, finding in lint_names(texts, level=level, known_terms=terms_of(compiled)):
        yield from lint_remarks(passages[name], (finding,))


def terms_of(compiled: Mapping[str, Any]) -> frozenset[str]:
    """Return the words that the form explains itself."""
    return frozenset(compiled.get("terms", ()))


def lint_remarks(passage: Passage, findings: tuple[LintFinding, ...]) -> Iterator[Remark]:
    """Yield the linter's findings as remarks on the form, those left out that the text allows with a reason."""
    for finding in findings:
        if finding.rule in passage.allow:
            continue
        stops = finding.severity is LintSeverity.ERROR
        code = f"{PUBLISHING if stops else ''}lint.{finding.rule}"
        found = " ".join(passage.text[finding.start : finding.end].split())
        message = f"{LEVEL_NAMES[passage.level].capitalize()}, « {_shortened(found)} » : {finding.reason}"
        severity = Severity.ERROR if stops else Severity.WARNING
        yield Remark(passage.location, code, f"{message} {finding.suggestion}".strip(), severity)


def fact_remarks(passage: Passage, found: Verification) -> Iterator[Remark]:
    """Yield the facts lost, changed or added: a machine's text is refused, a person's asks for an acknowledgement."""
    if passage.variant is None or found.verdict is not Verdict.REFUSED:
        return
    name = LEVEL_NAMES[passage.level]
    if passage.variant.get("origin") in MACHINE:
        yield Remark(
            passage.location, MACHINE_FACT,
            f"Ce texte « {name} », fait par une machine, ne dit pas la même chose que le texte officiel "
            f"({'; '.join(facts_told(found))}). Récrivez-le, puis signez-le : « origin: author ».",
        )  # fmt: skip
        return
    for kind, text, message in unacknowledged(passage.variant, found):
        yield Remark(
            passage.location, FACT_CHANGED if message.startswith("dit autrement") else FACT_LOST,
            f"Le texte « {name} » {message}. Récrivez-le, ou reconnaissez cet écart : « acknowledged: "
            f'[{{kind: {kind}, text: "{text}", reason: …}}] ».',
        )  # fmt: skip
    for fact in found.added:
        yield Remark(
            passage.location, "facts.added",
            f"Le texte « {name} » ajoute « {_shortened(fact.text)} », que le texte officiel ne dit pas.",
            Severity.WARNING,
        )  # fmt: skip


def unacknowledged(variant: Mapping[str, Any], found: Verification) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, official words, what happens to them) for each fact lost or changed that nobody acknowledged."""
    known = {(word["kind"], _plain(word["text"])) for word in variant.get("acknowledged") or ()}
    for fact in found.lost:
        if (fact.kind, _plain(fact.text)) not in known:
            yield fact.kind, fact.text, f"ne dit plus « {_shortened(fact.text)} »"
    for change in found.changed:
        if (change.kind, _plain(change.before)) not in known:
            told = f"dit autrement « {_shortened(change.before)} » : « {_shortened(change.after)} »"
            yield change.kind, change.before, told


def needless_acknowledgements(passage: Passage, found: Verification) -> Iterator[Remark]:
    """Yield a warning for each acknowledgement of a gap that is no more: another mistake could hide behind it."""
    gaps = {(fact.kind, _plain(fact.text)) for fact in found.lost}
    gaps |= {(change.kind, _plain(change.before)) for change in found.changed}
    for known in (passage.variant or {}).get("acknowledged") or ():
        if known["kind"] not in SEEN_BY_A_PARSER and (known["kind"], _plain(known["text"])) not in gaps:
            yield Remark(
                passage.location, ACKNOWLEDGED_NOTHING,
                f"Le texte « {LEVEL_NAMES[passage.level]} » reconnaît un écart qui n'existe plus : "
                f"« {_shortened(known['text'])} ». Retirez cette ligne.",
                Severity.WARNING,
            )  # fmt: skip


def facts_told(found: Verification) -> list[str]:
    """Return the facts lost, added and changed, each in a few words."""
    return [
        *(f"perdu : {_shortened(fact.text)}" for fact in found.lost),
        *(f"ajouté : {_shortened(fact.text)}" for fact in found.added),
        *(f"changé : {_shortened(change.before)} → {_shortened(change.after)}" for change in found.changed),
    ]


def _unknown_rules(passage: Passage) -> Iterator[Remark]:
    for rule in passage.allow:
        if rule not in RULES:
            yield Remark(
                (*passage.location, "allow", rule), "lint.unknown_rule",
                f"« {rule} » n'est pas une règle de langage clair. Les règles sont dans docs/plain-language-rules.md.",
            )  # fmt: skip


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _shortened(text: str, longest: int = 80) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
