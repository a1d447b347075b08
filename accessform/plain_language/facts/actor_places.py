"""Who each deed goes with, by the words alone: two people or bodies may not change places between those beside them.

The parse tells who is the subject of what in a sentence; here the whole text tells what each actor goes with, so that a
text whose people are exchanged throughout is found even where no verb of the one is a verb of the other.
"""

from dataclasses import dataclass
from itertools import combinations

from accessform.plain_language.facts.actors import GENERAL, GENERAL_BODIES, READER, class_of
from accessform.plain_language.facts.differences import Change, Differences
from accessform.plain_language.facts.nearness import CLAUSES, crossed, nearest
from accessform.plain_language.facts.reading import Line, Reading

KIND = "role"
FEW = 3
"""Words that must have crossed: two may stand nearer to another actor by the order of a free rewrite."""
NAMING = frozenset(
    "le la les un une des du au aux votre vos son sa ses leur leurs ce cette de chaque tout par deux autre à".split()  # noqa: SIM905
)
"""Words before a noun, without which it is no actor but a verb: « la commission juge »."""
ARTICLES = frozenset("le la les un une de du des au aux à".split())  # noqa: SIM905
OF_ANY_TIME = frozenset({"moi", "date", "ans", "jour", "heur", "end"})
"""Stems that stand beside anybody."""
SHORTEST_ORDER = 5


@dataclass(frozen=True)
class _Mention:
    """An actor named: its class, whether it is a person, its sentence and its token."""

    name: str
    person: bool
    line: int
    at: int


def compare_places(standard: Reading, variant: Reading) -> Differences:
    """Find two actors whose words changed places between two texts."""
    before, after = _mentions(standard), _mentions(variant)
    told, retold = _words(standard, before), _words(variant, _with_the_reader_named(after, before))
    particular = [name for name in told if name in retold and name not in GENERAL | GENERAL_BODIES]
    for one, other in combinations(particular, 2):
        if crossed((told[one], told[other]), (retold[one], retold[other])) >= FEW:
            return Differences(changed=[Change(KIND, _said(standard, before, one), _said(variant, after, other))])
    return _exchanged_in_a_sentence(standard, variant)


def _exchanged_in_a_sentence(standard: Reading, variant: Reading) -> Differences:
    """Find a sentence kept but for its actors, the same ones in another order."""
    for line in variant.lines:
        for other in standard.lines:
            (words, actors), (kept, named) = _without_actors(line), _without_actors(other)
            if words == kept and actors != named and sorted(actors) == sorted(named):
                return Differences(changed=[Change(KIND, other.text.strip(), line.text.strip())])
    return Differences()


def _without_actors(line: Line) -> tuple[list[str], list[str]]:
    """Return the words of a sentence, articles left out and its actors as one sign, and the names of these actors."""
    named = {at: actor[0] for at in range(len(line.tokens)) if (actor := _actor_at(line, at))}
    words = ["@" if at in named else token.low for at, token in enumerate(line.tokens) if token.low not in ARTICLES]
    return words, list(named.values())


def _said(reading: Reading, mentions: list[_Mention], name: str) -> str:
    """Return the sentence that first names an actor, the first of the text for a reader who took its name."""
    return next((reading.lines[one.line].text for one in mentions if one.name == name), reading.lines[0].text).strip()


def _with_the_reader_named(after: list[_Mention], before: list[_Mention]) -> list[_Mention]:
    """Return the mentions with « vous » as the one person of the standard whom the variant no longer names."""
    named = {one.name for one in after}
    people = {one.name for one in before if one.person and one.name != READER}
    missing = people - named
    if any(one.name == READER for one in before) or len(missing) != 1:
        return after
    reader = missing.pop()
    return [_Mention(reader if one.name == READER else one.name, one.person, one.line, one.at) for one in after]


def _mentions(reading: Reading) -> list[_Mention]:
    return [
        _Mention(*actor, number, at)
        for number, line in enumerate(reading.lines)
        for at in range(len(line.tokens))
        if (actor := _actor_at(line, at))
    ]


def _actor_at(line: Line, at: int) -> tuple[str, bool] | None:
    """Return the class of the actor that a token names, and whether it is a person; an order names the reader."""
    low = line.tokens[at].low
    name, body = class_of(low)
    if name:
        return (name, not body) if at == 0 or line.tokens[at - 1].low in NAMING else None
    ordered = low.endswith("ez") and len(low) >= SHORTEST_ORDER and low != "assez"
    return (READER, True) if low == "vous" or ordered else None


def _words(reading: Reading, mentions: list[_Mention]) -> dict[str, set[str]]:
    """Return the stems of the words that stand nearest to each actor, all its mentions together."""
    found: dict[str, set[str]] = {}
    for number, line in enumerate(reading.lines):
        here = [one for one in mentions if one.line == number]
        for one, stems in zip(here, nearest(line, [(one.at, one.at) for one in here], CLAUSES), strict=True):
            order = {line.tokens[one.at].stem} if line.tokens[one.at].low.endswith("ez") else set[str]()
            found.setdefault(one.name, set()).update((stems | order) - OF_ANY_TIME)
    return found
