"""Several of several answers: listed, all, all but some, none."""

from collections.abc import Mapping

from accessform.speech.understanding.choices import (
    Match,
    between,
    labels_have_numbers,
    match,
    offered_before,
)
from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.inflections import is_negative, stem, stems, ways_to_say
from accessform.speech.understanding.numerals import whole_number
from accessform.speech.understanding.phrases import question
from accessform.speech.understanding.polarity import polarity
from accessform.speech.understanding.ranks import ranks_of
from accessform.speech.understanding.transcript import Tokens, tokenise, words_of
from accessform.speech.understanding.understood import NO_MATCH, Outcome, Understood, answered, asked
from forms_catalog.definition import Constraints

_EVERYTHING = frozenset({"tout", "toutes", "tous", "toute"})
_NONE = frozenset({"aucun", "aucune", "rien", "neant", "non", "personne"})
_AFTER_NONE = frozenset({
    "de", "ces", "cela", "des", "deux", "trois", "quatre", "d", "entre", "eux", "elles", "tout", "du", "reponses",
    "reponse", "choix", "propositions", "options", "ca", "cases", "je", "n", "ai", "en", "j", "la", "dessus", "l",
    "un", "une", "ni", "autre", "celles", "ceux", "ci", "les", "toutes", "tous", "le", "pas",
})  # fmt: skip
_EXCEPT = frozenset({"sauf", "excepte", "hormis", "moins"})
_ROUND_ALL = frozenset({
    "les", "le", "la", "reponses", "choix", "cases", "options", "propositions", "cochez", "coche", "je", "prends",
    "ca", "ce", "qui", "est", "propose", "cela", "a", "fait", "absolument", "veux", "choisis",
})  # fmt: skip
_LINKS = frozenset(
    {
        "et",
        "puis",
        "plus",
        "aussi",
        "ainsi",
        "ensuite",
        "avec",
        "egalement",
    }
)
_LISTED_NUMBERS = frozenset({"deux", "trois", "quatre", "cinq", "2", "3", "4", "5"})


def read_choices(heard: Heard) -> Understood:
    """Understand a list of choices; one that is doubtful makes the whole asked."""
    choices = dict(heard.choices)
    tokens, words = heard.tokens, heard.words
    if not choices:
        return NO_MATCH
    offered = list(offered_before(heard, choices))
    if len(offered) == 1 and polarity(words) is True:
        return answered(offered)
    if offered and _is_everything(words, len(offered), choices):
        return answered(offered)
    found = _read(tokens, words, choices)
    if found.outcome is Outcome.VALUE and not _fits(found, heard.constraints):
        return asked(question("choice.count", min=heard.constraints.min_items, max=heard.constraints.max_items))
    return found


def _fits(found: Understood, constraints: Constraints) -> bool:
    """Tell whether the form takes that many choices."""
    count = len(found.value) if isinstance(found.value, list) else 0
    return constraints.min_items <= count <= constraints.max_items


def _read(tokens: Tokens, words: list[str], choices: Mapping[str, str]) -> Understood:
    whole = match(tokens, choices)
    if whole.sure and stems(" ".join(words)) in ways_to_say(choices[whole.keys[0]]):
        return answered([whole.keys[0]])
    if words[0] in _NONE or words[0] == "ni" or _says_none(words):
        nothing = all(word in _NONE | _AFTER_NONE for word in words) or _says_none(words)
        return answered(_none(choices)) if nothing else _listed(tokens, choices)
    if (row := _from_to(tokens, choices)) is not None:
        return row
    if "ou" in words:
        return _doubt(match(tokens, choices), choices)
    if _is_everything(words, len(choices), choices):
        return answered(_all(choices))
    if any(word in _EVERYTHING for word in words) and any(word in _EXCEPT for word in words):
        return _all_but(tokens, choices)
    return _listed(tokens, choices)


def _says_none(words: list[str]) -> bool:
    return " ".join(words) in {
        "je n en ai aucun",
        "je n en ai aucune",
        "j en ai aucun",
        "j en ai aucune",
        "pas du tout",
        "je n ai rien",
    }


def _all(choices: Mapping[str, str]) -> list[str]:
    """Return every key but that of « aucune de ces réponses », which cannot go with the others."""
    return [key for key, label in choices.items() if not _refuses_all(label)]


def _none(choices: Mapping[str, str]) -> list[str]:
    """Return the choice that stands for none of them where there is one, else no choice at all."""
    refusing = [key for key, label in choices.items() if _refuses_all(label)]
    return refusing if len(refusing) == 1 else []


def _from_to(tokens: Tokens, choices: Mapping[str, str]) -> Understood | None:
    """Read « du lundi au mercredi » as all that stands between; None where nothing is said so."""
    words = words_of(tokens)
    place = next((place for place, word in enumerate(words) if place and word in {"au", "a", "jusqu"}), None)
    if words[0] not in {"du", "de"} or place is None:
        return None
    one, other = match(tokens[1:place], choices), match(tokens[place + 1 :], choices)
    keys = list(choices)
    if not (one.sure and other.sure) or keys.index(one.keys[0]) >= keys.index(other.keys[0]):
        return None
    return answered(keys[keys.index(one.keys[0]) : keys.index(other.keys[0]) + 1])


def _refuses_all(label: str) -> bool:
    return stem("aucun") in stems(label) or stem("rien") in stems(label)


def _is_everything(words: list[str], count: int, choices: Mapping[str, str]) -> bool:
    """Tell whether « tout », « toutes les réponses », « les deux », « les trois » takes all there is."""
    rest = [word for word in words if word not in _ROUND_ALL | _EVERYTHING]
    numbers = [word for word in rest if word in _LISTED_NUMBERS]
    if any(word in _EVERYTHING for word in words):
        return not rest or (
            len(rest) == 1 and words[1:2] in (["les"], ["ces"]) and not match(tokenise(rest[0]), choices).keys
        )
    if len(rest) == 1 and numbers and words[0] == "les":
        return whole_number(tokenise(numbers[0])) == count
    return False


def _all_but(tokens: Tokens, choices: Mapping[str, str]) -> Understood:
    """Return all the choices but those listed after « sauf »."""
    place = next(place for place, token in enumerate(tokens) if token.word in _EXCEPT)
    before = [token.word for token in tokens[:place]]
    after = tokens[place + 1 :]
    if not after or not _is_everything([word for word in before if word != "a"], len(choices), choices):
        return asked(question("choice.some"))
    found = _keys_of(after, choices)
    if isinstance(found, Match):
        return asked(question("choice.some"))
    kept = [key for key in _all(choices) if key not in found]
    return answered(kept)


def _listed(tokens: Tokens, choices: Mapping[str, str]) -> Understood:
    found = _keys_of(tokens, choices)
    if isinstance(found, Match):
        return _doubt(found, choices)
    return answered([key for key in choices if key in found])


def _doubt(found: Match, choices: Mapping[str, str]) -> Understood:
    if not found.keys:
        return asked(question("choice.some")) if found.by_label else NO_MATCH
    return between(found.keys, choices) if len(choices) > 1 else asked(question("choice.some"))


def _keys_of(tokens: Tokens, choices: Mapping[str, str]) -> set[str] | Match:
    """Return the keys that every part of the list names, or the part that is doubtful.

    Parts stand between pauses and « et »; neighbours are joined again where together they are one label
    (« eau et électricité »).
    """
    parts = _parts(tokens)
    found: set[str] = set()
    place = 0
    while place < len(parts):
        for end in range(len(parts), place, -1):
            keys = _one_part(
                tuple(token for part in parts[place:end] for token in part), choices, alone=end == place + 1
            )
            if not isinstance(keys, Match):
                found |= keys
                place = end
                break
        else:
            doubt = _one_part(parts[place], choices, alone=True)
            any_sure = bool(found) or any(isinstance(_one_part(part, choices, alone=True), set) for part in parts)
            return Match(
                doubt.keys if isinstance(doubt, Match) and not found else (), by_label=any_sure or _touches(doubt)
            )
    return found


def _touches(doubt: set[str] | Match) -> bool:
    return isinstance(doubt, Match) and doubt.by_label


def _one_part(tokens: Tokens, choices: Mapping[str, str], *, alone: bool) -> set[str] | Match:
    """Return the keys of one part; joined parts count only where they are exactly one label."""
    words = words_of(tokens)
    keys = list(choices)
    if alone:
        ranks = ranks_of(words, len(keys), bare_numbers=not labels_have_numbers(choices))
        if ranks and not any(stems(" ".join(words)) in ways_to_say(label) for label in choices.values()):
            return Match(by_label=True) if max(ranks) >= len(keys) else {keys[rank] for rank in ranks}
    found = match(tokens, choices)
    said = stems(" ".join(words))
    if found.sure and (alone or said in ways_to_say(choices[found.keys[0]])):
        return {found.keys[0]}
    if alone and (row := _in_a_row(words, choices)):
        return row
    return Match(by_label=is_negative(said)) if is_negative(said) else found


def _in_a_row(words: list[str], choices: Mapping[str, str]) -> set[str]:
    """Return the choices said one after the other without a pause, « eau gaz »; empty where words are left."""
    if not words:
        return set()
    for end in range(len(words), 0, -1):
        said = stems(" ".join(words[:end]))
        keys = [key for key, label in choices.items() if said in ways_to_say(label)]
        if len(keys) == 1:
            rest = _in_a_row(words[end:], choices)
            if rest or end == len(words):
                return {keys[0], *rest}
    return set()


def _parts(tokens: Tokens) -> list[Tokens]:
    parts: list[list[int]] = [[]]
    for place, token in enumerate(tokens):
        if token.word in _LINKS or token.pause:
            parts.append([])
        if token.word not in _LINKS and not (token.word == "que" and not parts[-1]):
            parts[-1].append(place)
    return [tuple(tokens[place] for place in part) for part in parts if part]
