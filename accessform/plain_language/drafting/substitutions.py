"""Curated lemmas: the commoner word in the same form, where the object or the noun is one that was thought of."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ruamel.yaml import YAML

from accessform.plain_language.drafting.edits import Proposal
from accessform.plain_language.drafting.inflection import Cell, UnknownForm, cells_of, conjugated, declined
from accessform.plain_language.drafting.reading import Read, gender_of, number_of, read
from accessform.plain_language.lexicon import entries
from accessform.plain_language.wording import ReadingLevel

if TYPE_CHECKING:
    from spacy.tokens import Token

DATA = Path(__file__).parent.parent / "data" / "fr" / "substitutions.yaml"
KINDS = {"verb": ("VERB", "AUX", "ADJ"), "adjective": ("ADJ", "VERB"), "noun": ("NOUN",), "adverb": ("ADV",)}
PARTS = {"Inf": ("b",), "Part": ("pp", "pr"), "Fin": ("p", "f", "i", "c", "s", "ip")}


@dataclass(frozen=True)
class Pair:
    """A rarer lemma, the commoner one, and the objects that allow the change (none: any)."""

    kind: str
    word: str
    to: str
    objects: frozenset[str]
    gender: str
    not_followed: frozenset[str]
    example: tuple[str, str]

    @property
    def id(self) -> str:
        """The rule's id."""
        return f"{self.kind}-{self.word}"


@functools.cache
def pairs() -> tuple[Pair, ...]:
    """Return the pairs of the data file, in its order."""
    written = YAML(typ="safe", pure=True).load(DATA.read_text(encoding="utf-8"))
    return tuple(_pair(entry) for entry in written)


def _pair(entry: dict[str, object]) -> Pair:
    kind = next(kind for kind in KINDS if kind in entry)
    before, after = (part.strip() for part in str(entry["try"]).split("→"))
    objects = frozenset(str(word).lower() for word in entry.get("objects", ()))  # type: ignore[attr-defined]
    other = frozenset(str(word) for word in entry.get("not_followed", ()))  # type: ignore[attr-defined]
    gender = str(entry.get("gender", ""))
    return Pair(kind, str(entry[kind]), str(entry["to"]), objects, gender, other, (before, after))


@functools.cache
def _by_form() -> dict[str, tuple[Pair, ...]]:
    """Return the pairs by each form that their word takes in a text."""
    found: dict[str, tuple[Pair, ...]] = {}
    for pair in pairs():
        for form in _forms(pair):
            found[form] = (*found.get(form, ()), pair)
    return found


def _forms(pair: Pair) -> set[str]:
    if pair.kind == "verb":
        return set(cells_of(pair.word))
    if pair.kind == "adverb":
        return {pair.word}
    genders = "mf" if pair.kind == "adjective" else pair.gender
    return {declined(pair.word, pair.kind[0].upper(), number, gender) for number in "sp" for gender in genders}


def proposals(text: str, level: ReadingLevel) -> Iterator[Proposal]:
    """Propose the commoner word for each known one whose part of speech and object allow it, at both levels."""
    for one in read(text):
        for token in one.doc:
            for pair in _by_form().get(token.lower_, ()):
                made = _replaced(one, token, pair)
                if made is not None:
                    yield Proposal(pair.id, one.at(token), one.after(token), made)


def _replaced(one: Read, token: "Token", pair: Pair) -> str | None:
    following = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    if token.pos_ not in KINDS[pair.kind] or following in pair.not_followed:
        return None
    try:
        made = {"verb": _verb, "adjective": _adjective, "noun": _noun, "adverb": _adverb}[pair.kind](token, pair)
    except UnknownForm:
        return None
    return made[:1].upper() + made[1:] if made and token.text[:1].isupper() else made


def _adverb(token: "Token", pair: Pair) -> str | None:
    following = token.nbor() if token.i + 1 < len(token.doc) else token
    if " " in pair.to and (following.pos_ == "ADJ" or "Part" in following.morph.get("VerbForm", [])):
        return None
    modifies_a_word = token.head.pos_ in ("ADJ", "ADV") or (
        token.i + 1 < len(token.doc) and token.nbor().lower_ == "que"
    )
    return None if modifies_a_word and pair.to not in ("souvent", "surtout", "environ", "assez") else pair.to


def _adjective(token: "Token", pair: Pair) -> str | None:
    """Return the adjective with the gender and number that the surface of the old one shows."""
    for number in "sp":
        for gender in "mf":
            if declined(pair.word, "A", number, gender) == token.lower_ and _agrees(token, number, gender):
                return declined(pair.to, "A", number, gender)
    return None


def _agrees(token: "Token", number: str, gender: str) -> bool:
    """Tell whether nothing around contradicts this reading of a form that is the same for both genders."""
    noun = token.head if token.dep_ == "amod" else next((c for c in token.children if c.dep_.startswith("nsubj")), None)
    return noun is None or (gender_of(noun) in ("", gender) and number_of(noun) in ("", number))


def _noun(token: "Token", pair: Pair) -> str | None:
    number = number_of(token)
    return declined(pair.to, "N", number) if number and declined(pair.word, "N", number) == token.lower_ else None


def _verb(token: "Token", pair: Pair) -> str | None:
    if any(child.dep_ == "expl:comp" or child.lower_ in ("se", "s'", "s’") for child in token.children):
        return None
    if _is_another_verb(token.lower_, pair.word) or not _has_right_object(token, pair):
        return None
    cell = _cell(token, pair.word)
    return conjugated(pair.to, cell) if cell else None


def _is_another_verb(form: str, verb: str) -> bool:
    """Tell whether a form belongs to a more frequent verb: « convient » is of convenir, not of convier."""
    readings = [entry.lemma for entry in entries(form) if entry.pos in ("VERB", "AUX")]
    return bool(readings) and readings[0] != verb


def _cell(token: "Token", verb: str) -> Cell | None:
    """Return the cell of the token's form: as parsed if the form allows it, gender and number from the surface."""
    cells = cells_of(verb).get(token.lower_, ())
    wanted = PARTS.get((token.morph.get("VerbForm", []) or [""])[0], ())
    fitting = [cell for cell in cells if cell.tense in wanted]
    person = token.morph.get("Person", [])
    told = [cell for cell in fitting if person and str(cell.person) == person[0] and cell.tense != "pp"]
    return next(iter(told or fitting or (cells if not wanted else ())), None)


def _has_right_object(token: "Token", pair: Pair) -> bool:
    objects = [child for child in token.children if child.dep_ in ("obj", "nsubj:pass")]
    if token.dep_ in ("acl", "amod"):
        objects.append(token.head)
    if token.dep_ == "xcomp" and not any(child.dep_ == "obj" for child in token.children):
        objects += [child for child in token.head.children if child.dep_ == "nsubj:pass" or _is_passive(token, child)]
    if not pair.objects:
        return all(thing.pos_ != "PRON" for thing in objects)
    return bool(objects) and all({thing.lemma_.lower(), thing.lower_} & pair.objects for thing in objects)


def _is_passive(token: "Token", child: "Token") -> bool:
    return child.dep_ == "nsubj" and any(helper.dep_ == "aux:pass" for helper in token.children)
