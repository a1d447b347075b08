"""Long sentences cut where each piece stands alone: coordinated clauses, « , qui … », semicolons.

A piece without a subject of its own takes the subject again, as a pronoun only where nothing else could answer to it.
Conditions, exceptions and denials that a cut would leave with one piece alone forbid it.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from accessform.plain_language.drafting.edits import Proposal
from accessform.plain_language.drafting.reading import (
    CONDITIONAL,
    NOUNS,
    Read,
    determiner,
    finite,
    is_denied,
    is_finite,
    is_whole,
    number_of,
    read,
    subject,
)
from accessform.plain_language.drafting.subjects import repeated, said_again, short_right
from accessform.plain_language.drafting.surface import capital
from accessform.plain_language.sentences import count_words
from accessform.plain_language.wording import ReadingLevel

if TYPE_CHECKING:
    from spacy.tokens import Token

SHORTEST = {ReadingLevel.PLAIN: 12, ReadingLevel.EASY: 8}
"""Words of a sentence worth cutting."""


def proposals(text: str, level: ReadingLevel) -> Iterator[Proposal]:
    """Propose every cut that its guards allow; shorter sentences are cut at the easy level."""
    for one in read(text):
        if one.sentence.text.endswith("?") or '"' in one.sentence.text:
            continue
        yield from semicolon(one, text)
        if count_words(one.sentence.text) < SHORTEST[level]:
            continue
        yield from coordination(one)
        yield from shared(one)
        yield from relative(one)


def semicolon(one: Read, text: str) -> Iterator[Proposal]:
    """« A ; b. » → « A. B. », out of lists: both pieces have a finite verb."""
    end = one.sentence.end
    following = re.match(r"[ \u00a0\u202f]*(?=[a-zà-ÿ])", text[end:])
    if not one.sentence.text.endswith(";") or not following or re.search(r"(?:^|\n)[ \t]*[-•–*]", text):
        return
    rest = next((other for other in read(text) if other.sentence.start == end + following.end()), None)
    if rest is not None:
        start = one.sentence.start + len(one.sentence.text[:-1].rstrip(" \u00a0\u202f"))
        stop = rest.sentence.start + 1
        yield Proposal("semicolon", start, stop, f". {text[stop - 1].upper()}")


def coordination(one: Read) -> Iterator[Proposal]:
    """« La demande est valable un an et doit être renouvelée. » → « … un an. Elle doit être renouvelée. »"""
    root = one.root
    first = subject(root)
    for clause in (child for child in root.children if child.dep_ == "conj" and finite(child)):
        link = next((child for child in clause.children if child.dep_ == "cc"), None)
        if link is None or link.lower_ not in ("et", "mais") or not _stands_alone(one, link, clause):
            continue
        if any(other.dep_ == "conj" and other.i != clause.i for other in (*root.children, *clause.children)):
            continue
        start = link.i - 1 if one.doc[link.i - 1].text == "," else link.i
        own = _own_subject(clause)
        if own is not None and own.left_edge.i == link.i + 1 and first is not None:
            said: str | None = ""
        elif own is None and first is not None and _verb_follows(one, link):
            said = said_again(one, first, link.i) if _agree(first, clause) else None
        else:
            continue
        if said is None:
            continue
        opening = "Mais " if link.lower_ == "mais" else ""
        head = f"{said} " if said else ""
        following = one.doc[link.i + 1]
        made = f"{opening}{head}" or ""
        text = made + following.text if made else following.text
        yield from _cut(one, "coordination", one.doc[start - 1], following, capital(text))


def _cut(one: Read, rule: str, last: "Token", replaced: "Token", said: str) -> Iterator[Proposal]:
    """Cut after token `last`; `said` stands in for all until the end of `replaced`. Both pieces must be whole."""
    text = one.sentence.text
    head = f"{text[: last.idx + len(last.text)]}."
    tail = f"{said}{text[replaced.idx + len(replaced.text) :]}"
    if is_whole(head) and is_whole(tail):
        yield Proposal(rule, one.after(last), one.after(replaced), f". {said}")


def _agree(noun: "Token", clause: "Token") -> bool:
    """Tell whether a subject is one noun or pronoun in the number of the clause's verb."""
    carrier = next((word for word in [clause, *clause.children] if is_finite(word)), clause)
    several = any(token.lower_ in (",", "et", "ou") for token in noun.subtree)
    return not several and (noun.lower_ in ("vous", "nous") or number_of(noun) == number_of(carrier))


def _own_subject(clause: "Token") -> "Token | None":
    """Return the subject of a clause; « vous » before a verb of another person is none, whatever the parse says."""
    own = subject(clause)
    carrier = next((word for word in [clause, *clause.children] if is_finite(word)), clause)
    endings = {"vous": ("ez", "êtes", "faites", "dites"), "nous": ("ons", "sommes")}.get(
        own.lower_ if own is not None else ""
    )
    if own is not None and own.lower_ in ("qui", "que", "dont", "lequel", "laquelle"):
        return None
    return None if endings and not carrier.lower_.endswith(endings) else own


def shared(one: Read) -> Iterator[Proposal]:
    """« doit avoir 27 caractères et commencer par FR » → « … caractères. Il doit commencer par FR »."""
    root, first = one.root, subject(one.root)
    modal = root.lemma_ in ("devoir", "pouvoir")
    heads = [child for child in root.children if child.dep_ == "xcomp"] if modal else [root]
    if first is None or is_denied(root):
        return
    for head in heads:
        for clause in (child for child in head.children if child.dep_ == "conj" and not finite(child)):
            link = next((child for child in clause.children if child.dep_ == "cc"), None)
            carrier = _carried(root, head, clause, modal)
            if link is None or link.lower_ != "et" or not carrier or not _stands_alone(one, link, clause):
                continue
            following = one.doc[link.i + 1]
            said = said_again(one, first, link.i)
            if any(other.dep_ == "conj" and other.i != clause.i for other in (*head.children, *clause.children)):
                continue
            if (
                said is None
                or following.i not in (clause.i, clause.left_edge.i + 1)
                or following.lower_ not in (clause.lower_, "être")
            ):
                continue
            carrier = carrier.removesuffix(" être") if following.lower_ == "être" else carrier
            before = one.doc[link.i - 2] if one.doc[link.i - 1].text == "," else one.doc[link.i - 1]
            yield from _cut(one, "shared", before, following, f"{capital(said)} {carrier} {following.text}")


def _carried(root: "Token", head: "Token", clause: "Token", modal: bool) -> str:
    """Return the words that the second piece says again: « doit », « doit être », « est »; empty where unsure."""
    form, other = (word.morph.get("VerbForm", []) for word in (head, clause))
    if modal and "Inf" in other and "Inf" in form:
        return str(root.text)
    helper = next((child for child in head.children if child.dep_ == "aux:pass"), None)
    if helper is None or "Part" not in other or "Part" not in form:
        return ""
    if modal:
        return f"{root.text} être" if helper.lower_ == "être" else ""
    return str(helper.text) if is_finite(helper) and helper.i == head.i - 1 else ""


def _stands_alone(one: Read, link: "Token", clause: "Token") -> bool:
    """Tell whether nothing before the link hangs on what follows it, nor the reverse, nor a condition on both."""
    inside = {token.i for token in clause.subtree}
    after = [token for token in one.doc[link.i + 1 :] if not token.is_punct]
    root = one.root
    head = subject(root)
    left = head.left_edge.i if head is not None else 0
    if any(token.i not in inside for token in after) or any(i < link.i for i in inside):
        return False
    opens = one.doc[left] if left else None
    if opens is not None and any(not token.is_punct for token in one.doc[:left]):
        return False
    words = {token.lower_.replace("’", "'") for token in after}
    ends = link.i - 1 if one.doc[link.i - 1].text == "," else link.i
    if any(token.text == "," for token in one.doc[max(ends - 3, 0) : ends]):
        return False
    if one.doc[link.i + 1].like_num or one.doc[link.i - 1].like_num:
        return False
    if any(is_finite(token) and one.doc[token.i - 1].text == "," for token in one.doc[root.i + 1 : link.i]):
        return False
    return not words & CONDITIONAL and not {"soit", "ni"} & {token.lower_ for token in one.doc}


def _verb_follows(one: Read, link: "Token") -> bool:
    for token in one.doc[link.i + 1 :]:
        if is_finite(token):
            return True
        if token.lower_ not in (
            "ne",
            "n'",
            "n’",
            "se",
            "s'",
            "s’",
            "en",
            "y",
            "lui",
            "leur",
            "vous",
            "nous",
            "le",
            "la",
            "les",
            "l'",
        ):
            return False
    return False


def relative(one: Read) -> Iterator[Proposal]:
    """« …au demandeur, qui dispose de dix jours. » → « …au demandeur. Le demandeur dispose de dix jours. »"""
    for pronoun in one.doc[2:]:
        if (
            pronoun.lower_ not in ("qui", "lequel", "laquelle", "lesquels", "lesquelles")
            or one.doc[pronoun.i - 1].text != ","
        ):
            continue
        verb = pronoun.head
        if not finite(verb) or pronoun.dep_ not in ("nsubj", "nsubj:pass") or one.root.i > pronoun.i:
            continue
        noun = _antecedent(one, pronoun.i - 2, verb)
        if noun is None or not _ends_the_sentence(one, verb, pronoun):
            continue
        said = repeated(one, noun)
        if said is not None:
            yield from _cut(one, "relative", one.doc[pronoun.i - 2], pronoun, capital(said))


def _ends_the_sentence(one: Read, verb: "Token", pronoun: "Token") -> bool:
    inside = {token.i for token in verb.subtree}
    rest = [token for token in one.doc[pronoun.i :] if not token.is_punct]
    words = {token.lower_.replace("’", "'") for token in rest}
    if any(token.text == "," for token in one.doc[pronoun.i :]):
        return False
    return all(token.i in inside for token in rest) and not words & CONDITIONAL and not is_denied(one.root)


def _antecedent(one: Read, last: int, verb: "Token") -> "Token | None":
    """Return the only noun with a determiner that ends at token `last` and agrees in number with the verb."""
    carrier = next((word for word in [verb, *verb.children] if is_finite(word)), verb)
    found = [
        token
        for token in one.doc[: last + 1]
        if token.pos_ in NOUNS
        and token.right_edge.i >= last
        and (token.i == last or short_right(one, token) == last)
        and determiner(token)
        and number_of(token) == number_of(carrier)
        and token.dep_ != "conj"
    ]
    if any(_completes_another(one, token) for token in found):
        return None
    return found[0] if len(found) == 1 else None


def _completes_another(one: Read, noun: "Token") -> bool:
    """Tell whether a noun hangs with « de » on another one, which could be meant as well."""
    first = noun.left_edge.i
    held = determiner(noun) in ("du", "des") or (first > 0 and one.doc[first - 1].lower_ in ("de", "d'", "d’"))
    held = held or any(child.lower_ in ("de", "d'", "d’") for child in noun.lefts)
    before = next((token for token in reversed(one.doc[:first]) if token.lower_ not in ("de", "d'", "d’")), None)
    return held and before is not None and before.pos_ in (*NOUNS, "ADJ")
