"""Passive to active where the agent is said: « L'aide est versée par la caisse » → « La caisse verse l'aide »."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ruamel.yaml import YAML

from accessform.plain_language.drafting.edits import Proposal
from accessform.plain_language.drafting.inflection import Cell, UnknownForm, cells_of, conjugated
from accessform.plain_language.drafting.reading import (
    Read,
    determiner,
    gender_of,
    is_denied,
    is_finite,
    number_of,
    read,
    subject,
)
from accessform.plain_language.drafting.surface import capital, elides, small
from accessform.plain_language.wording import ReadingLevel

if TYPE_CHECKING:
    from spacy.tokens import Token

DATA = Path(__file__).parent.parent / "data" / "fr" / "institutions.yaml"

REFERS_BACK = re.compile(
    r"\b(ils?|elles?|celui|celle|ceux|celles|son|sa|ses|leurs?|lui|ce dernier|cette dernière|en|y)\b",
    re.IGNORECASE,
)
POSSESSED = re.compile(r"\b(?:son|sa|ses|leurs?|lui-même|elle-même)\b", re.IGNORECASE)
UNMOVED = frozenset("aucun aucune nul nulle chacun chacune personne rien ceci cela ce qui".split())  # noqa: SIM905
OBJECTS = {"il": "le", "elle": "la", "ils": "les", "elles": "les"}
THIRD = 3
MODALS = ("pouvoir", "devoir")


@dataclass(frozen=True)
class Passive:
    """The pieces of a passive clause: who undergoes, what carries the tense, the participle, who acts."""

    undergoes: "Token"
    carrier: "Token"
    participle: "Token"
    by: "Token"
    agent: "Token"
    agent_end: int


@functools.cache
def institutions() -> frozenset[str]:
    """Return who may become a subject."""
    return frozenset(YAML(typ="safe", pure=True).load(DATA.read_text(encoding="utf-8")))


def proposals(text: str, level: ReadingLevel) -> Iterator[Proposal]:
    """Propose the active voice for each sentence whose only verb is passive with its agent."""
    for one in read(text):
        found = None if one.sentence.text.endswith("?") else _passive(one)
        if found is not None and not is_pointed_at(text, one, found.agent):
            made = _active(one, found)
            if made is not None:
                yield made


def is_pointed_at(text: str, one: Read, noun: "Token") -> bool:
    """Tell whether a word of the next sentence points back, and could point at `noun` once it is the subject."""
    following = re.match(r"[^.;!?\n]*", text[one.sentence.end :].lstrip())
    found = {word.lower().rstrip("s") for word in REFERS_BACK.findall(following.group())} if following else set()
    safe = {"m": {"elle", "celle", "cette dernière"}, "f": {"il", "celui", "ceux", "ce dernier"}}
    return not found <= safe.get(gender_of(noun), set())


def _passive(one: Read) -> Passive | None:
    root = one.root
    modal = root.lemma_ in MODALS
    participle = next((child for child in root.children if child.dep_ == "xcomp"), None) if modal else root
    undergoes = subject(root)
    if participle is None or undergoes is None or is_denied(root) or is_denied(participle):
        return None
    helper = next((child for child in participle.children if child.dep_ == "aux:pass"), None)
    agent = next(
        (child for child in participle.children if child.dep_ == "obl:agent" and child.pos_ in ("NOUN", "PROPN")), None
    )
    if helper is None or agent is None or "Part" not in participle.morph.get("VerbForm", []):
        return None
    carrier = root if modal else helper
    by = next((child for child in agent.children if child.lower_ == "par"), None)
    if by is None or not is_finite(carrier) or carrier.i + 1 != (helper.i if modal else participle.i):
        return None
    found = Passive(undergoes, carrier, participle, by, agent, _end_of_agent(agent))
    return found if _is_safe(one, found) else None


def _end_of_agent(agent: "Token") -> int:
    """Return the last token of the agent with its adjectives and its complements in « de »."""
    last = int(agent.i)
    for child in agent.rights:
        of = child.dep_ == "nmod" and any(c.lower_ in ("de", "du", "des", "d'", "d’") for c in child.children)
        if (child.dep_ == "amod" or of) and child.left_edge.i == last + 1:
            last = child.right_edge.i if child.dep_ == "amod" else _end_of_agent(child)
    return last


def _is_safe(one: Read, found: Passive) -> bool:
    first, left = found.undergoes.left_edge.i, found.undergoes
    before = [token.text for token in one.doc[:first]]
    inside = one.doc[first : found.agent_end + 1]
    words = [token.lower_.replace("’", "'") for token in inside]
    return (
        (not before or (before[-1] == "," and before.count(",") == 1))
        and left.right_edge.i + 1 == found.carrier.i
        and not set(words) & {",", ";", ":", "(", "et", "ou", "que", "qu'", "dont"}
        and not POSSESSED.search(one.sentence.text)
        and found.agent.lemma_.lower() in institutions()
        and determiner(found.agent) in ("le", "la", "l'", "les", "un", "une", "votre", "")
        and found.agent.left_edge.i == found.by.i
        and words[0] not in UNMOVED
        and (left.lower_ in OBJECTS or bool(determiner(left)))
        and not any(child.dep_ == "conj" for token in (*inside, one.root) for child in token.children)
        and sum(1 for token in inside if is_finite(token)) == 1
    )


def _active(one: Read, found: Passive) -> Proposal | None:
    try:
        verb = _verb(found)
    except UnknownForm:
        return None
    start = found.undergoes.left_edge.i
    agent = one.words(found.by.i + 1, found.agent_end)
    undergoes = small(one.words(start, found.carrier.i - 1))
    between = one.words(found.participle.i + 1, found.by.i - 1) if found.by.i > found.participle.i + 1 else ""
    pronoun = OBJECTS.get(undergoes)
    if pronoun:
        verb = _with_pronoun(verb, pronoun)
        undergoes = ""
    pieces = [agent if one.doc[start].i else capital(agent), verb, undergoes, between]
    made = " ".join(piece for piece in pieces if piece)
    last = one.doc[found.agent_end]
    return Proposal("active", one.at(one.doc[start]), one.after(last), made)


def _with_pronoun(verb: str, pronoun: str) -> str:
    """Return « la verse », « l'accorde », « peut la supprimer »."""
    *modal, last = verb.split()
    joined = f"l'{last}" if pronoun != "les" and elides(last) else f"{pronoun} {last}"
    return " ".join([*modal, joined])


def _verb(found: Passive) -> str:
    """Return the active verb, agreeing with the agent; raises UnknownForm."""
    infinitive = str(found.participle.lemma_)
    told = [cell for cell in cells_of(infinitive).get(found.participle.lower_, ()) if cell.tense == "pp"]
    if not told:
        raise UnknownForm(infinitive)
    number = "p" if number_of(found.agent) == "p" else "s"
    carrier, lemma = found.carrier.lower_, str(found.carrier.lemma_)
    lemma = lemma if lemma in MODALS else "être"
    tense = next((cell.tense for cell in cells_of(lemma).get(carrier, ()) if cell.person == THIRD), None)
    if tense is None or tense == "pp":
        raise UnknownForm(carrier)
    cell = Cell(tense, number, 3)
    return f"{conjugated(lemma, cell)} {infinitive}" if lemma in MODALS else conjugated(infinitive, cell)
