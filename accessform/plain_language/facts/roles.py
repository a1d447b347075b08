"""Who does what to whom, from the parse: events with their agents and the people and bodies they touch."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accessform.plain_language.facts.actors import READER, READERS, READING_WORDS, Actor, actor_of, reader_named
from accessform.plain_language.facts.reading import carries_content, stem_of
from accessform.plain_language.facts.role_words import (
    ASKING,
    BEFORE_A_VERB,
    CLAUSES,
    CLITICS,
    HOLDING,
    IMPERSONAL,
    LIGHT,
    NOT_ORDERS,
    ORDERS,
    PART_OF,
    RECEIVING,
    SUBJECTS,
    TOUCHING,
)
from accessform.plain_language.facts.syntax import (
    asks,
    case_of,
    is_finite,
    is_infinitive,
    is_passive,
    is_you_as_an_object,
    root_of,
    shape_of,
)
from accessform.plain_language.parsing import TooLong, parse
from accessform.plain_language.sentences import sentences_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

DEEPEST = 4
"""Verbs above a verb whose subject it may share."""
REACH_OF_AND = 6
"""Tokens within which « par l'assuré et par le médecin » names who act together."""


@dataclass(frozen=True)
class Event:
    """Something done: the stem of the verb, who does it, who is touched by it, the stems of the things, the words."""

    verb: str
    root: str
    agents: frozenset[Actor]
    touched: frozenset[Actor]
    things: frozenset[str]
    context: frozenset[str]
    words: str


@dataclass(frozen=True)
class Cast:
    """The events of a text, the actors that it names, and the sentences that could not be read."""

    events: tuple[Event, ...]
    named: frozenset[Actor]
    reader: frozenset[str]
    unread: tuple[str, ...]


def cast_of(text: str) -> Cast:
    """Return who does what to whom in `text`; raises ToolsMissing."""
    events: list[Event] = []
    named: list[Actor] = []
    unread: list[str] = []
    before: list[tuple[Doc, dict[int, Actor], int]] = []
    for sentence in sentences_of(text):
        try:
            doc = parse(sentence.text)
        except TooLong:
            unread.append(sentence.text)
            continue
        reading = _Sentence(doc, before)
        before = [(doc, reading.actors, len(doc))]
        events += reading.events()
        named += reading.actors.values()
    return Cast(tuple(events), frozenset(named), reader_named(text), tuple(unread))


class _Sentence:
    """One parsed sentence, and the one before it, whose nouns its pronouns may stand for."""

    def __init__(self, doc: "Doc", before: "list[tuple[Doc, dict[int, Actor], int]]") -> None:
        self.doc = doc
        self.before = before
        self.actors = {token.i: actor for token in doc if (actor := actor_of(token))}

    def events(self) -> list[Event]:
        """Return the deeds that the sentence tells, and those that « par » gives to somebody."""
        told = [event for token in self.doc if (event := self._event(token))]
        return told + [event for at, actor in self.actors.items() for event in self._done_by(self.doc[at], actor)]

    def _event(self, token: "Token") -> Event | None:
        order, asked = self._is_order(token), asks(token)
        if (
            (token.i and self.doc[token.i - 1].lower_ == "par")
            or token.lower_ in READING_WORDS
            or token.i in self.actors
            or (token.i + 1 < len(self.doc) and self.doc[token.i + 1].lower_ in ("non", "oui"))
        ):
            return None
        if not (order or asked or token.pos_ == "VERB") or token.lemma_ in LIGHT or len(token.text) < 3:
            return None
        if is_passive(token):
            agents, touched = self._by(token), self._touched(token) | self._subjects(token)
        else:
            agents = READERS if order or asked else self._subjects(token)
            touched = self._touched(token)
        verb = stem_of("adresser" if root_of(token) == "adres" else token.lower_.split("-")[0])
        if verb in RECEIVING and not is_passive(token):
            agents, touched = self._by(token), agents or touched
        if not agents and not touched:
            return None
        return Event(
            verb, root_of(token), agents, touched - agents, self._things(token), self._context(token), token.sent.text
        )

    def _done_by(self, token: "Token", actor: Actor) -> list[Event]:
        """Return what « par l'usager » says of the words of content just before it."""
        if case_of(token) != "par" or actor.name == READER:
            return []
        before = [
            one
            for one in self.doc[self._after_another_by(token) : token.i]
            if carries_content(one.lower_) and one.i not in self.actors and not one.lower_.endswith("'")
        ][-4:]
        if before and before[-1].pos_ == "VERB":
            before = before[-1:]
        stems = frozenset(stem_of(one.lower_) for one in before)
        agents = self._stands_for(token)
        return [
            Event(verb, root_of(one), *_by_or_to(verb, agents), stems - {verb}, frozenset(), token.sent.text)
            for one in before
            if (verb := stem_of(one.lower_))
        ]

    def _after_another_by(self, token: "Token") -> int:
        """Return where what « par » may govern begins: behind the « par » before it, or its actor."""
        first = max(0, token.i - 12)
        return max((one.i for one in self.doc[first : token.i - 2] if one.lower_ == "par"), default=first)

    def _context(self, token: "Token") -> frozenset[str]:
        """Return the stems of the words of content that hang from a verb, its actors and other clauses left out."""
        kept: list[Token] = []
        waiting = [child for child in token.children if child.dep_ not in CLAUSES]
        while waiting:
            one = waiting.pop()
            kept.append(one)
            waiting += [child for child in one.children if child.dep_ not in CLAUSES]
        return frozenset(
            stem_of(one.lower_.split("-")[0])
            for one in kept
            if carries_content(one.lower_) and one.i not in self.actors
        )

    def _is_order(self, token: "Token") -> bool:
        low = token.lower_.split("-")[0]
        if not (low.endswith("ez") or low in ORDERS) or low in NOT_ORDERS or asks(token):
            return False
        before = next(
            (self.doc[at] for at in range(token.i - 1, -1, -1) if self.doc[at].lower_ not in ("ne", "n'")), None
        )
        return before is None or before.is_punct or before.lower_ in ("et", "alors", "ensuite", "puis", "ou")

    def _subjects(self, token: "Token", depth: int = 0) -> frozenset[Actor]:
        if (
            asks(token)
            or any(asks(child) for child in token.children)
            or (token.lower_.endswith("ez") and token.lower_ not in NOT_ORDERS)
        ):
            return READERS
        if token.dep_ == "acl" and token.head.i in self.actors and not is_passive(token):
            return self._stands_for(token.head)
        for child in token.children:
            if child.dep_ in SUBJECTS and child.lower_ not in ("-t", "t") and not is_you_as_an_object(child):
                return self._stands_for(child)
        if token.dep_ == "xcomp" and token.head.lemma_ in ASKING:
            return self._touched(token.head)
        if token.dep_ == "acl" and token.head.head.lemma_ in HOLDING and is_infinitive(token):
            return self._subjects(token.head.head, depth + 1) if depth < DEEPEST else frozenset()
        shared = token.dep_ in ("xcomp", "conj", "ccomp") or (token.dep_ == "advcl" and not is_finite(token))
        return self._subjects(token.head, depth + 1) if shared and depth < DEEPEST else frozenset()

    def _stands_for(self, token: "Token") -> frozenset[Actor]:
        """Return the actors that a noun or a pronoun names."""
        low = token.lower_.lstrip("-")
        if low in PART_OF:
            whole = [child for child in token.children if child.dep_ == "nmod"]
            return frozenset(actor for child in whole for actor in self._stands_for(child))
        if token.i in self.actors:
            joined = [child for child in token.children if child.dep_ == "conj" and child.i in self.actors]
            return frozenset({self.actors[token.i], *(self.actors[child.i] for child in joined)})
        if low in ("qui", "lequel", "laquelle", "lesquels", "que"):
            governed = token.i and self.doc[token.i - 1].pos_ == "ADP"
            return frozenset() if governed else self._antecedents(token)
        impersonal = low == "il" and token.head.lemma_ in IMPERSONAL
        if low in ("il", "elle", "ils", "elles", "celui-ci", "celle-ci") and not impersonal:
            return self._meant_by(token, low)
        return frozenset()

    def _meant_by(self, token: "Token", low: str) -> frozenset[Actor]:
        """Return the actor that a pronoun stands for: the subject before it, else the only noun that it may mean."""
        shape = (low.endswith("s"), low.startswith(("elle", "celle")))
        for doc, actors, end in ((self.doc, self.actors, token.i), *self.before):
            fitting = [one for one in doc[:end] if one.pos_ in ("NOUN", "PROPN") and shape_of(one) == shape]
            subjects = [one for one in fitting if one.dep_ in SUBJECTS] or self._only_actor(fitting, actors)
            subjects = fitting[-1:] if low.startswith("cel") else subjects
            if subjects and any(one.lower_ in CLITICS and one.pos_ == "PRON" for one in doc[subjects[0].i : end]):
                return frozenset()
            if subjects:
                return frozenset({actors[subjects[0].i]} if subjects[0].i in actors else ())
        return frozenset()

    @staticmethod
    def _only_actor(fitting: "list[Token]", actors: dict[int, Actor]) -> "list[Token]":
        """Return the objects that name somebody, where they all name the same."""
        named = [one for one in fitting if one.i in actors and one.dep_ == "obj"]
        return named if len({actors[one.i].name for one in named}) == 1 else []

    def _antecedents(self, token: "Token") -> frozenset[Actor]:
        """Return the actors that « qui » may stand for: those of the group of words before it."""
        if self._follows_a_thing(token):
            return frozenset()
        clause = token.head
        head = clause.head if clause.dep_.startswith("acl") and clause.head.i < token.i else None
        comma = max((at for at in range(token.i - 1) if self.doc[at].lower_ in (",", ";")), default=-1)
        near = frozenset(actor for at, actor in self.actors.items() if comma < at < token.i)
        return near | (self._stands_for(head) if head is not None else frozenset())

    def _follows_a_thing(self, token: "Token") -> bool:
        """Tell whether the noun with its article just before « qui » names nobody: « des faits qui »."""
        if token.i < 2:
            return False
        noun, article = self.doc[token.i - 1], self.doc[token.i - 2]
        return (
            noun.pos_ == "NOUN" and noun.i not in self.actors and article.lower_ in ("des", "les", "un", "une", "ces")
        )

    def _by(self, token: "Token") -> frozenset[Actor]:
        found = [
            child
            for child in token.subtree
            if case_of(child) == "par"
            and child.i > token.i
            and (child.head == token or child.head.pos_ in ("ADV", "SCONJ") or child.dep_ == "conj")
        ]
        nearest = found[0].i + REACH_OF_AND if found else 0
        return frozenset(actor for child in found if child.i <= nearest for actor in self._stands_for(child))

    def _touched(self, token: "Token") -> frozenset[Actor]:
        found: list[Actor] = []
        for child in token.children:
            if child.dep_ in ("obj", "iobj") or (child.dep_.startswith(("obl", "nmod")) and case_of(child) in TOUCHING):
                found += [actor for actor in self._stands_for(child) if actor.name != READER]
            for grandchild in child.children if child.dep_ == "obj" else ():
                if case_of(grandchild) in TOUCHING:
                    found += self._stands_for(grandchild)
        at = token.i - 1
        while at > 0 and self.doc[at].lower_ in BEFORE_A_VERB:
            at -= 1
        if at >= 0 and self.doc[at].lower_ == "vous" and self._undergo(self.doc[at], token):
            found += READERS
        return frozenset(found)

    def _undergo(self, you: "Token", token: "Token") -> bool:
        return is_you_as_an_object(you) or (you.dep_ not in SUBJECTS and self._others(token))

    def _others(self, token: "Token") -> bool:
        subjects = self._subjects(token)
        return bool(subjects) and not READERS & subjects

    def _things(self, token: "Token") -> frozenset[str]:
        """Return the stems of what a deed is done to or with: objects, and subjects of the passive."""
        near = [child for child in token.children if child.dep_ in ("obj", "nsubj:pass", "nsubj")]
        if is_passive(token) and token.dep_ == "acl":
            near.append(token.head)
        elif is_passive(token) and token.dep_ == "xcomp":
            near += [child for child in token.head.children if child.dep_ in SUBJECTS]
        return frozenset(
            stem_of(one.lower_) for one in near if one.i not in self.actors and carries_content(one.lower_)
        )


def _by_or_to(verb: str, actors: frozenset[Actor]) -> tuple[frozenset[Actor], frozenset[Actor]]:
    """Return who does and who is touched, of « la réception de la demande par l'organisme » as of « l'envoi par »."""
    return (frozenset(), actors) if verb in RECEIVING else (actors, frozenset())
