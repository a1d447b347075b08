"""« le demandeur » → « vous »: the person who reads. All its mentions in a text change together, or none does."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from accessform.plain_language.drafting.edits import Proposal
from accessform.plain_language.drafting.inflection import Cell, UnknownForm, cells_of, conjugated
from accessform.plain_language.drafting.reading import Read, determiner, finite, is_denied, is_finite, read, subject
from accessform.plain_language.drafting.surface import capital, opens_a_sentence
from accessform.plain_language.drafting.voice import institutions
from accessform.plain_language.wording import ReadingLevel

if TYPE_CHECKING:
    from spacy.tokens import Token

READER = re.compile(r"\b(?P<case>[Ll]e|[Dd]u|[Aa]u) demandeur\b", re.IGNORECASE)
ELSE = re.compile(
    r"\b(?:demandeurs|demandeuse|codemandeur|demandeur d['’]emploi|demandeur d['’]asile)\b", re.IGNORECASE
)
POINTERS = re.compile(
    r"\b(?:ils?|lui|celui|celui-ci|ce dernier|intéressé|leurs?|mon|ma|mes|je)\b"
    r"(?! (?:faut|y a|convient|est (?:nécessaire|possible|obligatoire|interdit)))",
    re.IGNORECASE,
)
PEOPLE = frozenset(
    """conjoint conjointe enfant parent personne époux épouse mère père tiers partenaire proche héritier concubin mineur
    élève""".split()  # noqa: SIM905
)
ASKED = re.compile(r"\b[Ll]e demandeur (?P<verb>[a-zà-ÿ]+)(?:-t)?-il\b")
LABEL = re.compile(
    r"(?P<noun>[A-ZÀ-Ý][a-zà-ÿ]+)(?P<more>(?: (?:de|d['’]|fiscal|postale?|complète?) ?[a-zà-ÿ]*){0,3}) du demandeur\b"
)
YOURS = {
    "le": "votre",
    "la": "votre",
    "l'": "votre",
    "les": "vos",
    "au": "à votre",
    "du": "de votre",
    "des": "de vos",
    "aux": "à vos",
}
SECOND = {"son": "votre", "sa": "votre", "ses": "vos"}

KNOWN = {"est": "être", "a": "avoir", "vit": "vivre", "suit": "suivre", "reçoit": "recevoir", "perçoit": "percevoir"}
"""Forms whose lemma the parser misses after « Le demandeur … -t-il »."""

Change = tuple[int, int, str]


def proposals(text: str, level: ReadingLevel) -> Iterator[Proposal]:
    """Propose « vous » for every mention of the applicant, where each of them is understood."""
    mentions = list(READER.finditer(text))
    if not mentions or ELSE.search(text) or POINTERS.search(re.sub(r"-il\b", "", text)):
        return
    changes = _in_a_label(text) or _in_sentences(text, len(mentions))
    if changes:
        first, *rest = sorted(changes)
        yield Proposal("reader", *first, elsewhere=tuple(rest))


def _in_a_label(text: str) -> list[Change]:
    """« Adresse du demandeur » → « Votre adresse »."""
    found = LABEL.match(text)
    if not found or len(READER.findall(text)) > 1 or re.search(r"[.?!]|\b(?:son|sa|ses)\b", text):
        return []
    noun = found.group("noun")
    made = f"{'Vos' if noun[-1] in 'sx' else 'Votre'} {noun[0].lower()}{noun[1:]}{found.group('more')}"
    return [(found.start(), found.end(), made)]


def _in_sentences(text: str, wanted: int) -> list[Change]:
    changes: list[Change] = []
    done = 0
    possessives = 0
    for one in read(text):
        here, mentions, owned = _in_sentence(text, one)
        changes += here
        done += mentions
        possessives += owned
    left = len(re.findall(r"\b(?:son|sa|ses)\b", text, re.IGNORECASE))
    return changes if done == wanted and possessives == left else []


def _in_sentence(text: str, one: Read) -> tuple[list[Change], int, int]:
    """Return the changes of one sentence, how many mentions and how many possessives they settle."""
    changes: list[Change] = []
    settled = 0
    acts = False
    asked = ASKED.search(one.sentence.text)
    for token in one.doc:
        if token.lower_ != "demandeur":
            continue
        here = _asked(one, asked) if asked and asked.start() <= token.idx < asked.end() else _mention(text, one, token)
        if here:
            changes += here
            settled += 1
            acts = acts or subject_of(token) or bool(asked)
    owned = _possessives(one) if acts else []
    return changes + owned, settled, len(owned)


def subject_of(token: "Token") -> bool:
    """Tell whether the mention is the subject of its verb."""
    return token.dep_ in ("nsubj", "nsubj:pass")


def _mention(text: str, one: Read, token: "Token") -> list[Change]:
    case = one.doc[token.i - 1].lower_ if token.i else ""
    follows = one.doc[token.i + 1].lower_ if token.i + 1 < len(one.doc) else ""
    if follows in ("et", "ou") or any(child.dep_ in ("conj", "acl:relcl") for child in token.children):
        return []
    if case == "le" and subject_of(token) and not re.search(r"-ils?\b", one.sentence.text):
        return _subject(text, one, token)
    if case == "du" and token.head.pos_ == "NOUN":
        return _owner(one, token)
    if case == "au" and token.head.pos_ == "VERB":
        return _receiver(one, token)
    return []


def _subject(text: str, one: Read, token: "Token") -> list[Change]:
    start = one.at(one.doc[token.i - 1])
    you = "Vous" if opens_a_sentence(text[:start]) else "vous"
    verbs = [token.head, *(c for c in token.head.children if c.dep_ == "conj" and finite(c) and subject(c) is None)]
    changes: list[Change] = [(start, one.after(token), you)]
    for verb in verbs:
        made = _second_person(one, verb)
        if made is None:
            return []
        changes += made
    return changes


def _second_person(one: Read, verb: "Token") -> list[Change] | None:
    carrier = next((word for word in [verb, *verb.children] if is_finite(word)), None)
    form = _in_second(carrier) if carrier is not None else None
    if carrier is None or form is None:
        return None
    changes: list[Change] = [(one.at(carrier), one.after(carrier), form)]
    for word in [verb, *(child for child in verb.children if child.dep_ == "xcomp")]:
        changes += [
            (one.at(child), one.after(child), "vous" if child.text[-1] == "e" else "vous ")
            for child in word.children
            if child.lower_ in ("se", "s'", "s’")
        ]
    return changes


def _in_second(carrier: "Token") -> str | None:
    """Return the form of « vous » for a verb of the third person singular."""
    lemma = str(carrier.lemma_)
    try:
        told = [cell for cell in cells_of(lemma).get(carrier.lower_, ()) if (cell.number, cell.person) == ("s", 3)]
        return conjugated(lemma, Cell(told[0].tense, "p", 2)) if told and told[0].tense != "pp" else None
    except UnknownForm:
        return None


def _asked(one: Read, asked: re.Match[str]) -> list[Change]:
    """« Le demandeur vit-il » → « Vivez-vous »."""
    verb = next(token for token in one.doc if token.idx >= asked.start("verb"))
    lemmas = (str(verb.lemma_), KNOWN.get(verb.lower_, ""))
    for lemma in filter(None, reversed(lemmas)):
        try:
            told = [
                cell for cell in cells_of(lemma).get(asked.group("verb"), ()) if (cell.number, cell.person) == ("s", 3)
            ]
            if told:
                made = f"{conjugated(lemma, Cell(told[0].tense, 'p', 2))}-vous"
                start = one.sentence.start + asked.start()
                opens = asked.group()[0] == "L"
                return [(start, one.sentence.start + asked.end(), capital(made) if opens else made)]
        except UnknownForm:
            continue
    return []


def _owner(one: Read, token: "Token") -> list[Change]:
    """« au domicile du demandeur » → « à votre domicile »."""
    noun = token.head
    while noun.dep_ == "nmod" and noun.head.pos_ == "NOUN" and not determiner(noun):
        noun = noun.head
    article = next((c for c in noun.lefts if c.lower_.replace("’", "'") in YOURS), None)
    if article is None or any(t.text == "," for t in one.doc[noun.i : token.i]):
        return []
    before = one.doc[token.i - 2]
    yours = YOURS[article.lower_.replace("’", "'")]
    end = one.at(article) + len(article.text)
    made = capital(yours) if article.text[0].isupper() else yours
    spaced = made if one.sentence.text[end - one.sentence.start] == " " else f"{made} "
    return [(one.at(article), end, spaced), (one.after(before), one.after(token), "")]


def _receiver(one: Read, token: "Token") -> list[Change]:
    """« est proposé au demandeur » → « vous est proposé »."""
    verb = token.head
    carrier = next((word for word in [*verb.children, verb] if is_finite(word)), verb)
    infinitive = "Inf" in verb.morph.get("VerbForm", []) and not is_finite(carrier)
    if is_denied(verb) or is_denied(carrier) or not (is_finite(carrier) or infinitive):
        return []
    if carrier.i and one.doc[carrier.i - 1].lower_ in ("lui", "leur", "y", "en", "l'", "le", "la", "les", "se", "s'"):
        return []
    before = one.doc[token.i - 2]
    return [(one.at(carrier), one.at(carrier), "vous "), (one.after(before), one.after(token), "")]


def _possessives(one: Read) -> list[Change]:
    """Return « votre » for the possessives of a sentence whose subject is the applicant and nobody else is named."""
    named = {token.lemma_.lower() for token in one.doc if token.pos_ == "NOUN" and determiner(token) not in SECOND}
    if named & (PEOPLE | institutions()) - {"demandeur"}:
        return []
    return [(one.at(t), one.after(t), SECOND[t.lower_]) for t in one.doc if t.lower_ in SECOND and t.i > 1]
