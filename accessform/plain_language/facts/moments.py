"""Before and after: where a delay starts, and on which side of an event something is done."""

from collections import Counter
from dataclasses import dataclass, replace

from accessform.plain_language.facts.bounds import TIMES
from accessform.plain_language.facts.differences import Change, Differences, Fact
from accessform.plain_language.facts.negation import denials, firmly_negated, restrictions
from accessform.plain_language.facts.quantities import Quantity
from accessform.plain_language.facts.reading import Line, Reading, carries_content, data, patterns

KIND = "moment"
FARTHEST = 6
"""Tokens between a delay and the words that tell where it starts: « deux mois au plus à compter de »."""
EVENT = 3
"""Words of content that name an event."""
CLOSED_BY = {
    ".",
    ";",
    ":",
    "?",
    "!",
    "(",
    ")",
    ",",
    "si",
    "sauf",
    "ou",
    "et",
    "mais",
    "doit",
    "doivent",
    "peut",
    "peuvent",
    "est",
    "sont",
    "a",
    "ont",
}
YOUNGEST = 168
"""Months from which « ans » with a bound is an age and no delay: 14 years. Delays of forms end at 10 years."""
POINTING = {"ce", "cet", "cette", "ces", "ladite", "cela"}
AUXILIARIES = {"est", "sont", "a", "ont"}
SIGNS = {".", ";", ":", "?", "!", ","}
DELAYING = frozenset({"within", "at_most", "before"})
NEUTRAL = frozenset({"date", "delay", "period"})


@dataclass(frozen=True)
class Moment:
    """A mark of before or after: its side, the stems of the event, its first stem, its place, the words."""

    side: str
    event: tuple[str, ...]
    line: int
    first: int
    last: int
    words: str
    denied: bool = False
    """Whether a denial bears on it: « ne commencez pas avant », « avant ce jour, vous ne pouvez pas »."""
    only: bool = False
    """Whether it is restricted: « qu'après »."""
    pointing: bool = False
    """Whether the event was told before: « suivant cette notification »."""


def moments_of(reading: Reading) -> list[Moment]:
    """Return the marks of before and after that govern an event."""
    found = []
    for number, line in enumerate(reading.lines):
        taken: set[int] = set()
        for side in ("before", "after"):
            for match in patterns("moments", side).finditer(line.low):
                first, last = line.token_at(match.start()), line.token_at(match.end() - 1)
                if taken & set(range(first, last + 1)):
                    continue
                event, end = _event(line, last)
                if event:
                    taken.update(range(first, last + 1))
                    opens = first == 0 and bool(denials(line))
                    denied, only = opens or first in firmly_negated(line), bool(restrictions(line))
                    pointing = line.tokens[min(last + 1, len(line.tokens) - 1)].low in POINTING
                    words = line.surface(first, end)
                    found.append(Moment(side, event, number, first, end, words, denied, only, pointing))
    return sorted(found, key=lambda moment: (moment.line, moment.first))


def _event(line: Line, last: int) -> tuple[tuple[str, ...], int]:
    stems: list[str] = []
    end = last
    for at in range(last + 1, min(len(line.tokens), last + 1 + 12)):
        token = line.tokens[at]
        told = any(stem not in NEUTRAL for stem in stems)
        if at == last + 1 and token.low in ("ou", "quand"):
            break
        clause = any(other.low in ("où", "laquelle", "que") for other in line.tokens[last + 1 : at])
        if (token.low in CLOSED_BY and told and not (clause and token.low in AUXILIARIES)) or token.low in SIGNS:
            break
        if token.low[0].isdigit():
            break
        if carries_content(token.low):
            stems.append(token.stem)
            end = at
        if len(stems) == EVENT:
            break
    return tuple(stems), end


def compare_moments(standard: tuple[Reading, list[Quantity]], variant: tuple[Reading, list[Quantity]]) -> Differences:
    """Compare where the delays start, and what comes before and after what."""
    found = Differences()
    before, after = moments_of(standard[0]), moments_of(variant[0])
    vague = [words for line in variant[0].lines for words in _vague(line)]
    told, still = _delays(standard[1]), _delays(variant[1])
    bounded = [
        quantity.around
        for quantity in standard[1]
        if quantity.bounds & DELAYING and still[quantity.value, quantity.unit] < told[quantity.value, quantity.unit]
    ]
    if vague and bounded and not any(_vague(line) for line in standard[0].lines):
        found.changed.append(Change(KIND, bounded[0], vague[0]))
    _compare_sides(before, after, found)
    if not found:
        _compare_events(standard[0], before, variant[0], after, found)
    if not found:
        _compare_starts(standard, before, variant, after, found)
    return found


def _delays(listed: list[Quantity]) -> Counter[tuple[str, str]]:
    """Count the delays of each length."""
    return Counter((one.value, one.unit) for one in listed if one.bounds & DELAYING and one.unit in TIMES)


def _vague(line: Line) -> list[str]:
    return [
        line.surface(line.token_at(match.start()), line.token_at(match.end() - 1))
        for match in patterns("moments", "vague").finditer(line.low)
    ]


def _compare_sides(before: list[Moment], after: list[Moment], found: Differences) -> None:
    """Find an event that stood after and now stands before, or the reverse."""
    for moment in after:
        same = [other for other in before if _head(other) & _head(moment)]
        if any(_turns(moment, other) for other in same):
            continue
        sides = {other.side for other in same}
        still = {other.side for other in after if _head(other) & _head(moment)}
        if same and moment.side not in sides and not sides & still:
            found.changed.append(Change(KIND, same[0].words, moment.words))
            return


def _turns(one: Moment, other: Moment) -> bool:
    """Tell whether « ne… qu'après » became « ne… pas avant », or the reverse."""
    return one.side != other.side and ((one.denied and other.only) or (one.only and other.denied))


def _compare_events(
    standard: Reading, before: list[Moment], variant: Reading, after: list[Moment], found: Differences
) -> None:
    """Find an event that the standard never speaks of, where one that the variant never speaks of stood."""
    for moment in after:
        gone = [other for other in before if other.side == moment.side and not _named(_headed(other), variant)]
        if gone and not _named(_headed(moment), standard):
            found.changed.append(Change(KIND, gone[0].words, moment.words))
            return


def _headed(moment: Moment) -> Moment:
    """Return the moment with the first word of its event alone: « l'ouverture », of « l'ouverture de la tutelle »."""
    told = [stem for stem in moment.event if stem not in NEUTRAL] or list(moment.event)
    return replace(moment, event=tuple(told[:1]))


def _head(moment: Moment) -> frozenset[str]:
    kept = [stem for stem in moment.event if stem not in NEUTRAL] or list(moment.event)
    return frozenset(kept[:2])


def _compare_starts(
    standard: tuple[Reading, list[Quantity]],
    before: list[Moment],
    variant: tuple[Reading, list[Quantity]],
    after: list[Moment],
    found: Differences,
) -> None:
    for quantity in standard[1]:
        others = [other for other in variant[1] if (other.value, other.unit) == (quantity.value, quantity.unit)]
        start = _start(quantity, before)
        if quantity.unit not in TIMES or not start or not others or _is_an_age(quantity):
            continue
        starts = [other for one in others if (other := _start(one, after))]
        if (starts and all(other.side != start.side for other in starts)) or (
            starts and not any(_same_event(start, other, standard[0], quantity) for other in starts)
        ):
            found.changed.append(Change(KIND, start.words, starts[0].words))
        elif (
            not starts
            and not start.pointing
            and not _named(start, variant[0])
            and not _told_before(start, after, standard[0], quantity)
        ):
            found.lost.append(Fact(KIND, start.words))


def _is_an_age(quantity: Quantity) -> bool:
    """Tell whether it is how old somebody is, from which no delay starts: « de moins de 21 ans, placé avant »."""
    grown = quantity.unit == "mois" and quantity.value.isdigit() and int(quantity.value) >= YOUNGEST
    return grown and quantity.text.lower().endswith("ans")


def _told_before(start: Moment, after: list[Moment], standard: Reading, quantity: Quantity) -> bool:
    """Tell whether the variant tells the start before the delay: « après l'état des lieux, vous avez dix jours »."""
    line = standard.lines[quantity.line]
    return any(one.side == start.side and _is_of_the_thing(start, one, line) for one in after)


def _start(quantity: Quantity, moments: list[Moment]) -> Moment | None:
    """Return the event that a delay is told to start from, or to end at."""
    return next(
        (moment for moment in moments if moment.line == quantity.line and 0 < moment.first - quantity.last <= FARTHEST),
        None,
    )


def _same_event(start: Moment, other: Moment, standard: Reading, quantity: Quantity) -> bool:
    """Tell whether two starts may name one event: a common word, a reviewed pair, or words of the same sentence."""
    if _is_of_the_thing(start, other, standard.lines[quantity.line]):
        return True
    if any(_alike(one, two) for one in start.event for two in other.event):
        return _alike_heads(start, other, standard, quantity)
    return _equivalent(start.event, other.event)


def _is_of_the_thing(start: Moment, other: Moment, line: Line) -> bool:
    """Tell whether « son établissement » is told by the thing it is of: « après l'état des lieux »."""
    own = {"son", "sa", "leur", "ses", "leurs"} & {token.low for token in line.tokens[start.first : start.last]}
    before = {token.stem for token in line.tokens[: start.first] if carries_content(token.low)}
    return bool(own) and set(other.event) <= before


def _alike_heads(start: Moment, other: Moment, standard: Reading, quantity: Quantity) -> bool:
    """Tell whether the standard knows the first word of the other start: « rejet du dossier » is not its deposit."""
    head = next((stem for stem in other.event if stem not in NEUTRAL), other.event[0])
    return any(_alike(head, stem) for stem in standard.lines[quantity.line].stems) or _equivalent(start.event, (head,))


def _alike(one: str, other: str) -> bool:
    return one == other or one[:4] == other[:4]


def _equivalent(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(
        set(one) & set(pair.split()) and set(other) & set(pair.split()) for pair in data("moments")["equivalent_events"]
    )


def _named(start: Moment, variant: Reading) -> bool:
    return any(stem in variant.stems or stem[:4] in variant.beginnings for stem in start.event) or any(
        _equivalent(start.event, tuple(line.stems)) for line in variant.lines
    )
