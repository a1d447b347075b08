"""Long enumerations made lists, with their « et » or « ou » said: what stands after a colon, or repeats « à »."""

import re
from collections.abc import Iterator

from accessform.plain_language.drafting.edits import Proposal
from accessform.plain_language.sentences import Sentence, count_words, sentences_of
from accessform.plain_language.wording import ReadingLevel

FEWEST_ITEMS = 3
FEWEST_WORDS = 15
LONGEST_ITEM = 12
"""Words. A list is worth its room from three items in a sentence of fifteen words; an item is no clause."""

AFTER_COLON = re.compile(r"(?P<intro>[^:;()«»\n]{8,}?)[ \u00a0]?:[ \u00a0](?P<items>[^:;()«»\n]+)\.$")
REPEATED = re.compile(r"(?P<intro>[^,:;()«»\n]{15,}?)(?P<link> | qu['’])(?P<items>(?:à |au |aux )[^:;()«»\n]+)\.$")
PREPOSITIONS = frozenset("de pour lors par sur en dans avec sans sous chez après avant selon".split())  # noqa: SIM905
LAST = re.compile(r",? (?P<link>et|ou) (?=[^,]+$)")
SAID_AGAIN = re.compile(r"(?:aux? |à (?:l['’]|(?:la|une?|son|sa|ses|votre|vos|leurs?|cette|ce|tout|toute|chaque) ))")
CLAUSE = re.compile(r"\b(?:qui|que|dont|lequel|laquelle|où|est|sont|ne|n['’]|si|lorsque|sauf)\b", re.IGNORECASE)


def proposals(text: str, level: ReadingLevel) -> Iterator[Proposal]:
    """Propose a list for each long enumeration, the same at both levels; never inside a list."""
    if re.search(r"(?:^|\n)[ \t]*[-•–*]", text):
        return
    for sentence in sentences_of(text):
        if count_words(sentence.text) >= FEWEST_WORDS:
            yield from _after_colon(sentence, text)
            yield from _repeated(sentence, text)


def _after_colon(sentence: Sentence, text: str) -> Iterator[Proposal]:
    found = AFTER_COLON.fullmatch(sentence.text)
    items = _items(found.group("items")) if found else None
    if found and items:
        yield _listed(sentence, text, found.end("intro"), items)


def _repeated(sentence: Sentence, text: str) -> Iterator[Proposal]:
    """« …délivrée à l'intéressé, à ses parents ou à son conjoint. »: every item says « à » again."""
    found = REPEATED.fullmatch(sentence.text)
    items = _items(found.group("items")) if found else None
    if found and items and all(re.match(SAID_AGAIN, item) for _, item in items):
        intro = " que" if "qu" in found.group("link") else ""
        yield _listed(sentence, text, found.start("link"), items, intro)


def _items(enumeration: str) -> list[tuple[str, str]] | None:
    """Return each item with the word that links it, or None where the enumeration is not one for sure."""
    last = LAST.search(enumeration)
    if not last:
        return None
    heads = enumeration[: last.start()].split(", ")
    tail = enumeration[last.end() :]
    items = [*heads, tail]
    sure = (
        len(items) >= FEWEST_ITEMS
        and all(0 < count_words(item) <= LONGEST_ITEM for item in items)
        and not any(CLAUSE.search(item) or re.search(r"\b(?:et|ou)\b", item) for item in items)
        and len({_kind(item) for item in items}) == 1
    )
    return [("", head) for head in heads] + [(last.group("link"), tail)] if sure else None


def _kind(item: str) -> str:
    """Return how an item begins: items of one list begin alike."""
    if re.match(r"(?:à|au|aux)\b", item):
        return "à"
    if re.match(r"(?:l[ea]s?|une?|des?|du|votre|vos|son|sa|ses|leurs?|cette|ce)\b|[ld]['’]", item, re.IGNORECASE):
        return "determined"
    first = item.split(" ", 1)[0].lower()
    return first if first in PREPOSITIONS else "bare"


def _listed(sentence: Sentence, text: str, at: int, items: list[tuple[str, str]], intro: str = "") -> Proposal:
    """Put the items in a list from `at` in the sentence; what follows the sentence begins a line of its own."""
    made = ",\n".join(f"- {link} {item}" if link else f"- {item}" for link, item in items)
    rest = text[sentence.end :]
    spaces = len(rest) - len(rest.lstrip(" \u00a0"))
    alone = not rest.strip() or rest[spaces : spaces + 1] == "\n"
    end = sentence.end if alone else sentence.end + spaces
    return Proposal("list", sentence.start + at, end, f"{intro}\u00a0:\n{made}.{'' if alone else chr(10)}")
