"""Words in capital letters: those that shout, and those that are acronyms nobody expanded."""

import re
from collections.abc import Iterator

from accessform.plain_language.glossary import meaning_of
from accessform.plain_language.linting.findings import typeset
from accessform.plain_language.linting.phrases import words_of_list
from accessform.plain_language.linting.reading import Match, Reading

UPPER = r"[A-ZÀ-ÖØ-ÞŒ]"
RUN = re.compile(rf"(?<![\w/-]){UPPER}{{2,}}(?:[ '-]{UPPER}+)*(?![\w/-])")
WORD = re.compile(rf"{UPPER}+")
LONGEST_ACRONYM = 6
"""Letters: beyond, a word in capitals is a word (URSSAF has six; seven and more are in the list of acronyms)."""
ACRONYM = re.compile(rf"(?<![\w/.-])(?:{UPPER}{{2,{LONGEST_ACRONYM}}}|(?:{UPPER}\.){{2,{LONGEST_ACRONYM}}})(?![\w/-])")
ROMAN = re.compile(r"[IVX]+")
SAYS_WHAT_IT_IS = r"\s?(?:,|:|=|est (?:un|l)|sont |c'est|signifie|veut dire|désigne|correspond|remplace)"
SMALL_WORDS = frozenset(
    "à au aux avec chez d dans de des du en et l la le les ou par pour sans sous sur un une".split()  # noqa: SIM905
)


def shouted(reading: Reading) -> Iterator[Match]:
    """Yield the words written in capitals that are no acronym, together where they stand together."""
    for run in RUN.finditer(reading.prose):
        if any(_is_shouted(word, reading) for word in WORD.findall(run.group())):
            yield Match(run.start(), run.end(), run.group())


def _is_shouted(word: str, reading: Reading) -> bool:
    if word in words_of_list("acronyms_known_to_all") or reading.is_known(word):
        return False
    return len(word) > LONGEST_ACRONYM or word.lower() in words_of_list("words_often_shouted")


def bare_acronyms(reading: Reading) -> Iterator[Match]:
    """Yield the first place of each acronym that the text does not say in full and that not everybody knows."""
    seen: set[str] = set()
    shouts = [(match.start, match.end) for match in shouted(reading)]
    for found in ACRONYM.finditer(reading.prose):
        short = found.group().replace(".", "")
        if short in seen or any(start <= found.start() < end for start, end in shouts):
            continue
        seen.add(short)
        if not (_is_everyday(short, reading) or _is_expanded(short, found.group(), reading)):
            yield Match(found.start(), found.end(), found.group(), instead=_advice(short))


def _is_everyday(short: str, reading: Reading) -> bool:
    return short in words_of_list("acronyms_known_to_all") or bool(ROMAN.fullmatch(short)) or reading.is_known(short)


def _is_expanded(short: str, written: str, reading: Reading) -> bool:
    """Tell whether the text says the acronym in full, or says what it is."""
    if re.search(rf"{re.escape(written)}(?:{SAYS_WHAT_IT_IS}|\s\({short[0]})", reading.prose, re.IGNORECASE):
        return True
    words = re.findall(r"[^\W\d_]+", reading.prose.replace(written, "·").lower())
    initials = ("".join(word[0] for word in kept) for kept in (words, [w for w in words if w not in SMALL_WORDS]))
    return any(_folded(short) in _folded(letters) for letters in initials)


def _folded(letters: str) -> str:
    return letters.lower().translate(str.maketrans("àâéèêëîïôûùç", "aaeeeeiiouuc"))


def _advice(short: str) -> str:
    meaning = meaning_of(short)
    written = f"« {meaning} ({short}) »" if meaning else f"« … ({short}) »"
    return typeset(
        f"Écrivez le nom en entier, puis le sigle si la personne le verra ailleurs : {written}. "
        "Ou expliquez-le dans « terms » du formulaire."
    )
