"""lint(): every rule on one text; lint_names(): one name for one thing across a form."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import groupby

from accessform.plain_language.linting import asking, capital_letters, counting, naming, parsing_rules, rare_words
from accessform.plain_language.linting.findings import LintFinding, LintSeverity, Role
from accessform.plain_language.linting.phrases import find_phrases
from accessform.plain_language.linting.reading import Match, Reading, matches_of
from accessform.plain_language.linting.rules import RULES, Rule
from accessform.plain_language.wording import ReadingLevel

LONGEST_TEXT = 20_000
"""Code points: twice what a page shows as formatted text; what is longer is no text of a form."""
SHOWN = 60
"""Characters of the text that a reason quotes at most."""

RARE = "rare-word"
WORDS = frozenset(
    {"officialese", "reader-in-third-person", "foreign-words", "abolished-words", "legal-reference", "inclusive-signs"}
)
"""Rules that say what to write instead of a word: nothing more to say where it is rare too."""

CHECKS: dict[str, Callable[[Reading], Iterable[Match]]] = {
    "sentence-length": counting.long_sentences,
    "label-length": counting.long_text,
    "question-length": counting.long_questions,
    "two-questions": asking.two_questions,
    "error-without-action": asking.errors_without_action,
    "obligation-without-consequence": asking.obligations_without_consequence,
    "deadline-without-start": asking.deadlines_without_start,
    "officialese": lambda reading: find_phrases("officialese", reading),
    "foreign-words": lambda reading: find_phrases("foreign_words", reading),
    "figure-of-speech": lambda reading: find_phrases("figures_of_speech", reading),
    "acronym-not-expanded": capital_letters.bare_acronyms,
    "capitals": capital_letters.shouted,
    "two-names": naming.two_names,
    RARE: rare_words.rare_words,
    "passive": parsing_rules.passives,
    "nominalisations": parsing_rules.nominalisations,
}
"""What finds the places of a rule that is more than patterns."""


class TextTooLong(ValueError):
    """A text above LONGEST_TEXT code points."""


def lint(
    text: str, *, role: Role, level: ReadingLevel, parser: bool = True, known_terms: Collection[str] = ()
) -> list[LintFinding]:
    """Return what the rules find in one text, in the order of the text.

    `known_terms` are the words and acronyms that the form explains elsewhere: they are neither rare nor bare.
    With `parser` false, the rules that need it are left out; what stops publishing never needs it. Raises TextTooLong,
    and parsing.ToolsMissing where the parser is wanted and not installed.
    """
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(f"Ce texte a {len(text)} signes ; le contrôle s'arrête à {LONGEST_TEXT}.")
    reading = Reading(text, role, level, frozenset(term.lower() for term in known_terms))
    concerned = [rule for rule in RULES.values() if rule.concerns(role, level) and (parser or not rule.parser)]
    found = {finding for rule in concerned for finding in _judged(rule, reading)}
    kept = [finding for finding in found if finding.rule != RARE or not _is_told_better(finding, found)]
    return sorted(kept, key=lambda finding: (finding.start, finding.end, finding.rule))


def _is_told_better(rare: LintFinding, found: Collection[LintFinding]) -> bool:
    """Tell whether a finding with a proposal of its own already names the rare word."""
    return any(other.rule in WORDS and other.start <= rare.start and rare.end <= other.end for other in found)


def lint_names(
    texts: Mapping[str, str], *, level: ReadingLevel, known_terms: Collection[str] = ()
) -> list[tuple[str, LintFinding]]:
    """Return where the texts of one form, by their names, give a thing another name than most of them do.

    Each finding goes with the name of its text and stands at the first place of the rarer name in that text; what one
    text mixes by itself is lint()'s.
    """
    rule = RULES["two-names"]
    if level not in rule.warning:
        return []
    known = frozenset(term.lower() for term in known_terms)
    readings = {name: Reading(text, Role.HELP, level, known) for name, text in texts.items()}
    return [
        (name, _finding(rule, match, LintSeverity.WARNING, level, total=1, words=match.found))
        for name, match in naming.names_across(readings, level)
    ]


def _judged(rule: Rule, reading: Reading) -> Iterator[LintFinding]:
    """Yield the findings of one rule; of things counted together, those that come after the allowed ones."""
    for group in _counted_together(rule, reading):
        words = " », « ".join(_shown(match.found) for match in group)
        for rank, match in enumerate(group, start=1):
            count = match.count if rule.per == "each" else rank
            severity = rule.severity(count, reading.level, certain=match.certain)
            if severity:
                total = match.count if rule.per == "each" else len(group)
                yield _finding(rule, match, severity, reading.level, total=total, words=words)


def _counted_together(rule: Rule, reading: Reading) -> Iterator[list[Match]]:
    matches = sorted(_matches(rule, reading), key=lambda match: (match.start, match.end))
    if rule.per == "each":
        yield from ([match] for match in matches)
    elif rule.per == "text":
        yield matches
    else:
        yield from (list(group) for _, group in groupby(matches, lambda match: reading.sentence_at(match.start)))


def _matches(rule: Rule, reading: Reading) -> Iterable[Match]:
    if rule.id in CHECKS:
        return CHECKS[rule.id](reading)
    if rule.looks_at == "signs":
        return matches_of(rule.pattern, reading.bare, trimmed=False)
    return matches_of(rule.pattern, reading.prose)


def _finding(
    rule: Rule, match: Match, severity: LintSeverity, level: ReadingLevel, *, total: int, words: str
) -> LintFinding:
    values = {
        "found": _shown(match.found),
        "words": words,
        "count": total,
        "limit": rule.limit(severity, level),
        "instead": match.instead,
    }
    return LintFinding(
        rule=rule.id,
        start=match.start,
        end=match.end,
        severity=severity,
        reason=rule.reason.format(**values),
        suggestion=rule.suggestion.format(**values),
        source=rule.source,
    )


def _shown(words: str) -> str:
    """Return the words on one line, cut if they are many."""
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"
