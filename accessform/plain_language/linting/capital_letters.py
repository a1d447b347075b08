"""Words in capital letters: those that shout, and those that are acronyms nobody expanded."""

import re
from collections.abc import Iterator

from accessform.plain_language.glossary import acronyms, find_acronyms, meaning_of
from accessform.plain_language.linting.findings import typeset
from accessform.plain_language.linting.phrases import words_of_list
from accessform.plain_language.linting.reading import Match, Reading

UPPER = r"[A-ZÀ-ÖØ-ÞŒ]"
RUN = re.compile(rf"(?<![\w/-]){UPPER}{{2,}}(?:[ '-]{UPPER}+)*(?![\w/-])")
WORD = re.compile(rf"{UPPER}+")
LONGEST_ACRONYM = 6
"""Letters: beyond, a word in capitals is a word, except what the glossary knows (AGEFIPH)."""
DOTTED = rf"(?:{UPPER}\.){{2,{LONGEST_ACRONYM}}}"
ACRONYM = re.compile(rf"(?<![\w/.-])(?:{UPPER}{{2,{LONGEST_ACRONYM}}}|{DOTTED})(?![\w/-])")
ROMAN = re.compile(r"[IVX]+")
KINDS = r"""(?:aide|allocation|caisse|carte|service|numéro|papier|document|prime|pension|maison|commission|organisme
    |fonds|impôt|contrat|régime|règle)s?\b"""
"""Words by which a text says what an acronym is, beside it."""
AFTER_IT = rf"""\s?(?:
    =|est\s(?:une?\s|l)|sont\s(?:les|des|une?)\s|c'est|signifie|veut\sdire|désigne
    |:\s(?:c'est|les?|la|l'|une?|des)\b
    |,\s(?:qui|c'est|pour|(?:une?\s|l[ea]\s|l')?{KINDS})\b
    )"""
"""What follows an acronym that is explained in the same breath: « la PCH, aide liée au handicap »."""
BEFORE_IT = rf"""\b{KINDS}[^,.;:?!()]{{0,40}},\s(?:l[ea]s?\s|l'|\w+\sou\s)?"""
"""What comes before it: « l'aide au logement, APL ou AL »."""
SHORTEST_INITIALS = 3
"""Letters: any text has two words in a row with given initials."""
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
    if len(word) > LONGEST_ACRONYM:
        return word not in acronyms()
    return word.lower() in words_of_list("words_often_shouted")


def bare_acronyms(reading: Reading) -> Iterator[Match]:
    """Yield the first place of each acronym that the text does not say in full and that not everybody knows."""
    seen: set[str] = set()
    shouts = [(match.start, match.end) for match in shouted(reading)]
    for start, written in _acronyms_in(reading.prose):
        short = written.replace(".", "")
        if short in seen or any(begin <= start < end for begin, end in shouts):
            continue
        seen.add(short)
        if not (_is_everyday(short, reading) or _is_expanded(short, written, reading.prose)):
            yield Match(start, start + len(written), written, instead=_advice(short))


def _acronyms_in(prose: str) -> list[tuple[int, str]]:
    """Return where acronyms stand: written as such, or known to the glossary with two capitals (C2S, PUMa)."""
    places = {found.start(): found.group() for found in ACRONYM.finditer(prose)}
    for known in find_acronyms(prose):
        written = prose[known.start : known.end]
        if sum(letter.isupper() for letter in written) > 1:
            places.setdefault(known.start, written)
    return sorted(places.items())


def _is_everyday(short: str, reading: Reading) -> bool:
    return short in words_of_list("acronyms_known_to_all") or bool(ROMAN.fullmatch(short)) or reading.is_known(short)


def _is_expanded(short: str, written: str, prose: str) -> bool:
    """Tell whether the text says the acronym in full, or says what it is."""
    name = rf"(?<!\w){re.escape(written)}(?!\w)"
    explained = rf"{name}(?:{AFTER_IT}|\s\({re.escape(short[0])})|{BEFORE_IT}{name}"
    if re.search(explained, prose, re.IGNORECASE | re.VERBOSE):
        return True
    if any(known.meaning.lower() in prose.lower() for known in acronyms().get(short, ())):
        return True
    words = re.findall(r"[^\W\d_]+", prose.replace(written, "·").lower())
    initials = "".join(word[0] for word in words if word not in SMALL_WORDS)
    return len(short) >= SHORTEST_INITIALS and _folded(short) in _folded(initials)


def _folded(letters: str) -> str:
    return letters.lower().translate(str.maketrans("àâéèêëîïôûùç", "aaeeeeiiouuc"))


def _advice(short: str) -> str:
    meaning = meaning_of(short)
    written = f"« {meaning} ({short}) »" if meaning else f"« … ({short}) »"
    return typeset(
        f"Écrivez le nom en entier, puis le sigle si la personne le verra ailleurs : {written}. "
        "Ou expliquez-le dans « terms » du formulaire."
    )
