"""The phrase table: reviewed pairs of expressions, data in data/fr/phrases.yaml, no parser.

The small language of the table: `<verbe>` stands for any form of a verb and gives the same form of the other verb;
`mot~` takes e, s or es, and gives them back; an expression that ends with "de" or "à" takes the article with it
("préalablement à" → "avant": "préalablement au dépôt" → "avant le dépôt").
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from accessform.plain_language.drafting import inflection
from accessform.plain_language.drafting.edits import Intended, Proposal
from accessform.plain_language.drafting.surface import JUNCTIONS, article_after, joined
from accessform.plain_language.wording import ReadingLevel

DATA = Path(__file__).parent.parent / "data" / "fr" / "phrases.yaml"

ADVERB = r"(?P<adverb> (?:pas|plus|jamais|également|aussi|alors|ainsi|donc|toujours|déjà|toutefois|parfois))?"
NEGATED = re.compile(r"(?:\bn['’]|\bne )$", re.IGNORECASE)
NEGATIVE = ("pas", "plus", "jamais")
INFINITIVE = re.compile(
    r"(?:ne (?:pas|plus|jamais) )?(?:(?:[dlmst]['’]|y |en |l[ea]s? |lui |leur |vous |nous |se ))*"
    r"[a-zà-ÿ]{2,}(?:er|ir|re)\b"
)
DETERMINER = re.compile(
    r"(?:son|sa|ses|leurs?|votre|vos|notre|nos|ce|cet|cette|ces|tout|toute|tous|toutes|chaque|une?|plusieurs|\d)\b"
)
CLAUSE = re.compile(r"[^.;:!?\n]*")
AGAIN = {
    "de": re.compile(r"(?:\b(?:et|ou|ni|mais)|,) (?P<again>de |du |des |d['’])"),
    "à": re.compile(r"(?:\b(?:et|ou|ni|mais)|,) (?P<again>à |au |aux )"),
}
SLOT = re.compile(r"<([^>]+)>")


@dataclass(frozen=True)
class Phrase:
    """One entry of the table, compiled."""

    id: str
    pattern: re.Pattern[str]
    to: str
    verb: str
    before: str
    negated: bool
    finite: bool
    levels: frozenset[str]
    preceded: re.Pattern[str] | None
    not_preceded: re.Pattern[str] | None
    followed: re.Pattern[str] | None
    not_followed: re.Pattern[str] | None
    opens: bool
    examples: tuple[tuple[str, str], ...]
    intends: tuple[Intended, ...]


@functools.cache
def phrases() -> tuple[Phrase, ...]:
    """Return the table, longest expressions first."""
    entries = YAML(typ="safe", pure=True).load(DATA.read_text(encoding="utf-8"))
    made = [phrase for entry in entries for phrase in _compiled(entry)]
    return tuple(sorted(made, key=lambda phrase: -len(phrase.pattern.pattern) if not phrase.verb else -200))


def proposals(text: str, level: ReadingLevel) -> Iterator[Proposal]:
    """Propose every replacement of the table that its guards allow at `level`."""
    for phrase in phrases():
        if level.value in phrase.levels:
            for found in phrase.pattern.finditer(text):
                after = _replacement(phrase, found, text)
                again = _said_again(phrase, found, text)
                if after is not None and again is not None:
                    yield Proposal(phrase.id, *found.span(), after, elsewhere=again, intends=phrase.intends)


def _compiled(entry: dict[str, object]) -> Iterator[Phrase]:
    sources = entry["from"] if isinstance(entry["from"], list) else [entry["from"]]
    for source in sources:
        pattern, verb = _pattern(str(source))
        examples = entry["try"] if isinstance(entry["try"], list) else [entry["try"]]
        pairs = tuple(tuple(part.strip() for part in str(example).split("→")) for example in examples)
        yield Phrase(
            id=str(entry["id"]),
            pattern=pattern,
            to=str(entry["to"]),
            verb=verb,
            before=str(entry.get("before", "noun" if _ending(str(source)) else "any")),
            negated=bool(entry.get("negated", True)),
            finite=bool(entry.get("finite", False)),
            levels=frozenset(entry.get("levels", ("plain", "easy"))),  # type: ignore[call-overload]
            preceded=_guard(entry, "preceded", end=True),
            not_preceded=_guard(entry, "not_preceded", end=True),
            followed=_guard(entry, "followed"),
            not_followed=_guard(entry, "not_followed"),
            opens=bool(entry.get("opens", False)),
            examples=tuple((pair[0], pair[1]) for pair in pairs),
            intends=tuple(Intended(**change) for change in entry.get("intends", ())),  # type: ignore[attr-defined]
        )


def _guard(entry: dict[str, object], name: str, *, end: bool = False) -> re.Pattern[str] | None:
    written = entry.get(name)
    return re.compile(f"(?:{written}){'$' if end else ''}", re.IGNORECASE) if written else None


def _ending(expression: str) -> str:
    """Return "de" or "à" where the expression ends with it."""
    last = expression.rsplit(" ", 1)[-1]
    return last if last in JUNCTIONS and " " in expression else ""


def _pattern(source: str) -> tuple[re.Pattern[str], str]:
    ending = _ending(source)
    words = source.split(" ")[: -1 if ending else None]
    verb = next((found.group(1) for found in map(SLOT.search, words) if found), "")
    pieces = [_word(word, place) for place, word in enumerate(words)]
    body = "[ \u00a0]".join(pieces)
    if verb:
        body = body.replace("(?P<adverb>)", ADVERB)
    tail = f"[ \u00a0](?P<junction>{JUNCTIONS[ending]})" if ending else r"(?![\w-])"
    first = body[:1]
    if first.isalpha():
        body = f"[{first.upper()}{first}]{body[1:]}"
    return re.compile(rf"(?<![\w-]){body}{tail}"), verb


def _word(word: str, place: int) -> str:
    slot = SLOT.search(word)
    if slot:
        forms = sorted(inflection.cells_of(slot.group(1)), key=len, reverse=True)
        either = "|".join(f"[{form[0].upper()}{form[0]}]{form[1:]}" for form in forms)
        head, tail = word[: slot.start()], word[slot.end() :]
        return f"{re.escape(head)}(?P<verb>{either}){re.escape(tail)}(?P<adverb>)".replace("'", "['’]")
    if word.endswith("~"):
        return f"{re.escape(word[:-1])}(?P<suffix{place}>e?s?)"
    return re.escape(word).replace("'", "['’]")


def _replacement(phrase: Phrase, found: re.Match[str], text: str) -> str | None:
    before, following = text[: found.start()], text[found.end() :]
    if not _allowed(phrase, found, before, following):
        return None
    groups = found.groupdict(default="")
    made = phrase.to
    for suffix in (groups[name] for name in groups if name.startswith("suffix")):
        made = made.replace("~", suffix, 1)
    slot = SLOT.search(made)
    if slot:
        try:
            verb = inflection.same_cell(groups["verb"], phrase.verb, slot.group(1))
        except inflection.UnknownForm:
            return None
        made = made[: slot.start()] + verb + groups["adverb"] + made[slot.end() :]
    if found.group()[:1].isupper():
        made = made[:1].upper() + made[1:]
    return _with_junction(phrase, made, groups.get("junction", ""), following)


def _allowed(phrase: Phrase, found: re.Match[str], before: str, following: str) -> bool:
    groups = found.groupdict(default="")
    adverb = groups.get("adverb", "").strip()
    following = _article(groups.get("junction", "")) + following
    closed = before.rstrip()
    if phrase.finite and inflection.cells_of(phrase.verb)[groups["verb"].lower()][0].tense not in inflection.TENSES:
        return False
    if not phrase.negated and (adverb in NEGATIVE or NEGATED.search(before)):
        return False
    if phrase.opens and not re.search(r"(?:^|[.!?;]\s|\n(?:- )?)$", before):
        return False
    return not (
        (phrase.preceded and not phrase.preceded.search(closed))
        or (phrase.not_preceded and phrase.not_preceded.search(closed))
        or (phrase.followed and not phrase.followed.match(following))
        or (phrase.not_followed and phrase.not_followed.match(following))
    )


def _with_junction(phrase: Phrase, made: str, junction: str, following: str) -> str | None:
    """Return the replacement with the article that the expression's last word held, or None where it does not fit."""
    if not junction:
        return made
    article = _article(junction)
    clitic = bool(article) and bool(INFINITIVE.match(article + following)) and phrase.before == "infinitive"
    if not _fits(phrase.before, "" if clitic else article, (article if clitic else "") + following):
        return None
    ending = _ending(made)
    stem = made[: -len(ending) - 1] if ending else made
    if clitic:
        return f"{stem} {joined(ending, '', article)}{article}"
    return f"{stem} {joined(ending, article, following)}"


def _said_again(phrase: Phrase, found: re.Match[str], text: str) -> tuple[tuple[int, int, str], ...] | None:
    """Return how a preposition said again follows the change: « afin de lire et de signer » → « pour lire et signer ».

    None where it stands before a noun: whether it belongs to the expression is not known.
    """
    junction = found.groupdict().get("junction")
    ending = _ending(phrase.to)
    source = "" if not junction else "à" if junction[0].lower() in "aà" else "de"
    if not source or source == ending:
        return ()
    clause = CLAUSE.match(text, found.end())
    end = clause.end() if clause else found.end()
    others = list(AGAIN[source].finditer(text, found.end(), end))
    if not others:
        return ()
    if (
        phrase.before != "infinitive"
        or any(not INFINITIVE.match(text, other.end()) for other in others)
        or len(others) > 1
    ):
        return None
    other = others[0]
    return ((other.start("again"), other.end("again"), f"{ending} " if ending else ""),)


def _article(junction: str) -> str:
    """Return the article in "du ", "à la "…, empty where there is none."""
    return article_after("à" if junction[0].lower() in "aà" else "de", junction) if junction else ""


def _fits(guard: str, article: str, following: str) -> bool:
    bare = not article and not DETERMINER.match(following)
    if guard == "infinitive":
        return not article and bool(INFINITIVE.match(following))
    if guard == "bare":
        return bare and not INFINITIVE.match(following)
    return guard == "any" or not bare
