"""What a draft leaves as it is, said in French with the reason."""

import re

from accessform.plain_language.drafting import acronyms
from accessform.plain_language.drafting.reading import read
from accessform.plain_language.sentences import count_words, sentences_of
from accessform.plain_language.wording import ReadingLevel

LONGEST = {ReadingLevel.PLAIN: 20, ReadingLevel.EASY: 12}
"""Words a sentence, from the design's thresholds."""

BEGINNING = 40
READER = re.compile(r"\b(?:le|du|au) demandeur\b", re.IGNORECASE)
ONLY = re.compile(r"\b(?:ne |n['’])[^.;:]*?\b(?:qu['’]|que )", re.IGNORECASE)


def left_in(text: str, level: ReadingLevel, domain: str | None) -> tuple[str, ...]:
    """Return what the rules leave in `text`, in short sentences for its author."""
    understood = {one.sentence.start for one in read(text)}
    said: list[str] = []
    for sentence in sentences_of(text):
        words = count_words(sentence.text)
        if words <= LONGEST[level]:
            continue
        if sentence.start in understood:
            said.append(f"{_quoted(sentence.text)} a {words} mots\u00a0: aucune coupe n'est sûre.")
        else:
            said.append(f"{_quoted(sentence.text)} a {words} mots\u00a0: sa construction n'est pas reconnue.")
    said += [
        f"Le sigle {short} peut avoir plusieurs sens\u00a0: il n'est pas expliqué."
        for short in acronyms.ambiguous(text, domain)
    ]
    if READER.search(text):
        said.append("«\u00a0Le demandeur\u00a0» reste\u00a0: passer à «\u00a0vous\u00a0» n'est pas sûr ici.")
    if level is ReadingLevel.EASY and ONLY.search(text):
        said.append("«\u00a0Ne … que\u00a0» reste\u00a0: une autre tournure pourrait changer le sens.")
    return tuple(said)


def _quoted(sentence: str) -> str:
    short = sentence if len(sentence) <= BEGINNING else sentence[:BEGINNING].rsplit(" ", 1)[0] + "\u00a0…"
    return f"«\u00a0{short}\u00a0»"
