"""One of several answers: by what it says, by its place; negated and doubtful ones ask."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.inflections import is_negative, stem, stems, ways_to_say
from accessform.speech.understanding.near_names import distance
from accessform.speech.understanding.numerals import NUMBER_WORDS
from accessform.speech.understanding.phrases import phrases, question, spans
from accessform.speech.understanding.polarity import polarity
from accessform.speech.understanding.ranks import ranks_of
from accessform.speech.understanding.transcript import Tokens, fold, tokenise, words_of
from accessform.speech.understanding.understood import NO_MATCH, Outcome, Understood, answered, asked

OFFERED = 4
"""Answers that one question back may list; beyond, the ear loses them."""
_LONG_WORD = 6
_CLAUSE_STARTS = frozenset({"mais", "plutot", "sauf"})


@dataclass(frozen=True)
class Match:
    """The choices that some words may mean; `sure` where exactly one does and nothing said speaks against it."""

    keys: tuple[str, ...] = ()
    sure: bool = False
    by_label: bool = False


def read_choice(heard: Heard) -> Understood:
    """Understand one choice."""
    choices = dict(heard.choices)
    if not choices:
        return NO_MATCH
    offered = offered_before(heard, choices)
    words = heard.words
    if found := _by_rank(words, choices):
        among = _by_rank(words, offered) if offered else found
        return found if among == found else between(list(offered), choices)
    if len(offered) == 1 and polarity(words) is True:
        return answered(next(iter(offered)))
    among_offered = match(heard.tokens, offered)
    doubt = _doubtful(words, choices)
    found = settled(among_offered if among_offered.sure else match(heard.tokens, choices), choices, heard.tokens)
    if doubt and found.outcome is Outcome.VALUE:
        return between([str(found.value)], choices)
    refused = found.outcome is Outcome.NO_MATCH and spans(words, phrases("choices.none_chosen"))
    return asked(question("choice.again")) if refused else found


def _doubtful(words: Sequence[str], choices: Mapping[str, str]) -> bool:
    """Tell whether the words speak of another time or another person, in words that no label holds."""
    labels = {word for label in choices.values() for word in words_of(tokenise(label))}
    return any(not set(words[start:end]) <= labels for start, end in spans(words, phrases("choices.doubtful")))


def offered_before(heard: Heard, choices: Mapping[str, str]) -> dict[str, str]:
    """Return the choices that the previous question listed, in its order."""
    listed = heard.pending.get("choices")
    return {key: choices[key] for key in listed if key in choices} if isinstance(listed, list) else {}


def _by_rank(words: Sequence[str], choices: Mapping[str, str]) -> Understood | None:
    """Return the choice told by its place, or the question for a place that the list does not have."""
    ranks = ranks_of(words, len(choices), bare_numbers=not labels_have_numbers(choices))
    if not ranks or len(ranks) != 1 or _is_label(words, choices):
        return None
    if ranks[0] >= len(choices):
        return asked(question("choice.rank", count=len(choices)))
    return answered(list(choices)[ranks[0]])


def _is_label(words: Sequence[str], choices: Mapping[str, str]) -> bool:
    said = stems(" ".join(words))
    return bool(said) and any(said in ways_to_say(label) for label in choices.values())


def labels_have_numbers(choices: Mapping[str, str]) -> bool:
    """Tell whether a label says a number, so that « deux » may be its content."""
    return any(
        token.is_figure or (token.word in NUMBER_WORDS - {"un", "une"}) or (token.word in {"un", "une"} and rank == 0)
        for label in choices.values()
        for rank, token in enumerate(tokenise(label))
    )


def settled(found: Match, choices: Mapping[str, str], tokens: Tokens) -> Understood:
    """Return the value of a sure match, the question between the candidates of another, no match without any."""
    if found.sure:
        return answered(found.keys[0])
    if any(is_negative(frozenset({stem(word)})) for word in words_of(tokens)) and found.by_label:
        return asked(question("choice.negated"))
    if not found.keys:
        return NO_MATCH
    return between(found.keys, choices)


def between(keys: Sequence[str], choices: Mapping[str, str]) -> Understood:
    """Return the question between these choices; too many are not listed."""
    if len(keys) > OFFERED:
        return asked(question("choice.again"))
    if len(keys) == 1:
        return asked(question("any.confirm", value=f"«\u00a0{choices[keys[0]]}\u00a0»"), choices=list(keys))
    return asked(question("choice.which", candidates=", ou ".join(choices[key] for key in keys)), choices=list(keys))


def match(tokens: Tokens, choices: Mapping[str, str]) -> Match:
    """Return the choices that the tokens mean, clause by clause where one of them is negated."""
    whole = _match_clause(" ".join(words_of(tokens)), choices)
    if whole.sure:
        return whole
    clauses = _clauses(tokens)
    if len(clauses) > 1:
        return _by_clauses(clauses, choices) or whole
    return whole


def _clauses(tokens: Tokens) -> list[Tokens]:
    """Return the tokens cut at pauses and at « mais »."""
    cut = [
        0,
        *(place for place, token in enumerate(tokens) if place and (token.pause or token.word in _CLAUSE_STARTS)),
        len(tokens),
    ]
    return [tokens[start:end] for start, end in pairwise(cut) if start < end]


def _by_clauses(clauses: Sequence[Tokens], choices: Mapping[str, str]) -> Match | None:
    """Read « pas marié, pacsé »: one clause says a choice, those that are negated say others."""
    said: set[str] = set()
    for clause in clauses:
        found = _match_clause(" ".join(words_of(clause)), choices)
        if found.sure:
            said.add(found.keys[0])
        elif not is_negative(stems(" ".join(words_of(clause)))) and found.keys:
            return None
    negated = {key for clause in clauses for key in _negated(clause, choices)}
    return Match((said.pop(),), sure=True, by_label=True) if len(said) == 1 and not said & negated else None


def _positive(said: frozenset[str]) -> frozenset[str]:
    """Return the stems that are no negation."""
    return frozenset(word for word in said if not is_negative(frozenset({word})))


def _negated(clause: Tokens, choices: Mapping[str, str]) -> tuple[str, ...]:
    """Return the choices that a negated clause sets aside."""
    said = stems(" ".join(words_of(clause)))
    if not is_negative(said):
        return ()
    positive = _positive(said)
    return tuple(key for key, label in choices.items() if any(way and way <= positive for way in ways_to_say(label)))


def _match_clause(clause: str, choices: Mapping[str, str]) -> Match:
    """Return the choices that one clause means.

    Sure: the clause is one label or one of its ways, all its words are in one label only, or it holds the whole way
    of one label and nothing of another. A label with a negation and a clause without never meet, nor the contrary.
    """
    named = tuple(key for key, label in choices.items() if fold(label).strip(" .") == clause)
    if len(named) == 1:
        return Match(named, sure=True, by_label=True)
    text = _with_one(clause, choices)
    said = stems(text)
    if not said:
        return Match()
    ways = {key: ways_to_say(label) for key, label in choices.items()}
    exact = named or tuple(key for key, listed in ways.items() if said in listed)
    if len(exact) == 1:
        return Match(exact, sure=True, by_label=True)
    if exact:
        return Match(exact, by_label=True)
    same_sense = {key: [way for way in listed if is_negative(way) == is_negative(said)] for key, listed in ways.items()}
    if not _positive(said) and not said <= stems("aucun rien"):
        return Match(by_label=True)
    inside = tuple(key for key, listed in same_sense.items() if listed and said <= frozenset().union(*listed))
    if inside:
        return Match(inside, sure=len(inside) == 1, by_label=True)
    return _partial(said, same_sense, ways)


def _with_one(text: str, choices: Mapping[str, str]) -> str:
    """Return the text with « un » as 1 where a label counts one: « un enfant » is « 1 enfant » there."""
    counts = any(token.word == "1" for label in choices.values() for token in tokenise(label))
    return re.sub(r"\bune?\b", "1", text) if counts else text


def _partial(
    said: frozenset[str],
    same_sense: Mapping[str, Sequence[frozenset[str]]],
    ways: Mapping[str, Sequence[frozenset[str]]],
) -> Match:
    """Return the choices whose whole way the clause holds, then those that share words with it or nearly."""
    held = {key: max((len(way) for way in listed if way <= said), default=0) for key, listed in same_sense.items()}
    most = max(held.values(), default=0)
    touched = tuple(key for key, listed in ways.items() if any(way & said for way in listed))
    if most:
        best = tuple(key for key, size in held.items() if size == most)
        covered = frozenset().union(*(way for way in ways[best[0]]))
        others = {word for key in ways if key != best[0] for way in ways[key] for word in _met(way, said)} - covered
        return Match(
            best if len(best) > 1 or not others else touched, sure=len(best) == 1 and not others, by_label=True
        )
    if touched:
        return Match(touched, by_label=True)
    near = tuple(
        key for key, listed in same_sense.items() if any(_nearly(word, way) for way in listed for word in said)
    )
    return Match(near)


def _met(way: frozenset[str], said: frozenset[str]) -> set[str]:
    """Return the stems of a label that are said, alone or inside a longer word: « remariée » holds « marié »."""
    inside = {stem for stem in way for word in said if len(stem) >= _LONG_WORD - 2 and stem in word}
    return set(way & said) | inside


def _nearly(word: str, way: frozenset[str]) -> bool:
    """Tell whether a long word of a label begins alike or differs by a letter."""
    return len(word) >= _LONG_WORD - 1 and any(
        len(other) >= _LONG_WORD - 1 and (distance(word, other, 1) <= 1 or word[:_LONG_WORD] == other[:_LONG_WORD])
        for other in way
    )


def marker_in_labels(choices: Mapping[str, str]) -> bool:
    """Tell whether a label holds words that otherwise take an answer back, « plutôt satisfait »."""
    return any(spans(words_of(tokenise(label)), phrases("repairs.strong")) for label in choices.values())
