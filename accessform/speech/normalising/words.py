"""Titles, abbreviations, Roman numerals and acronyms, in words."""

import re
from functools import cache

from accessform.plain_language.glossary import acronyms
from accessform.speech.normalising import numbers
from accessform.speech.normalising.lexicon import alternatives, lexicon

CAPITAL = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ"
SMALL = "a-zàâäçéèêëîïôöùûüÿœæ"
BARE_MISTER = re.compile(r"\bM(?=/M(?:me|lle)\b)")
LAST_TITLE = re.compile(r"(?:(?<=Mme/)|(?<=Mme ou )|(?<=Mme et ))M\b\.?(?=\W|$)|(?<=et )MM\.(?=\W|$)")
PAGE = re.compile(r"\bp(p?)\. ?(?=\d)")
HEADING = re.compile(rf"^([IVX]+)\.(?= [{CAPITAL}])")
NUMBER_SIGN = re.compile(r"\b[Nn](?:°|º|o(?=\s?\d))s?\s?")
CENTURY = re.compile(r"\b([IVX]+)(e|ème|er)s?(?= (?:siècle|République|arrondissement|Empire|dynastie|millénaire)|\b)")
SAINT = re.compile(rf"\b(St|Ste|Sts)(?=[-\s][{CAPITAL}])")
DOTTED_ACRONYM = re.compile(r"\b(?:[A-Z]\.){2,}(?:[A-Z]\b)?")
CAPITALS_RUN = re.compile(rf"\b[{CAPITAL}]{{2,}}(?:['’ -]+[{CAPITAL}]+)+\b")
ACRONYM = re.compile(rf"\b[{CAPITAL}]{{2,}}(s)?\b(?!['’])")
SAYABLE = re.compile(r"^[BCDFGJKLMNPRSTVZ]?[AEIOU](?:[BCDFGJKLMNPRSTVZ]{1,2}[AEIOU])+[BCDFGLMNRST]?$")
SHORTEST_SAID = 4
HEADING_WORD = 6
INITIALS = re.compile(r"\b([A-Z])\.-([A-Z])\.")
INITIAL = re.compile(rf"\b([{CAPITAL}])\.(?=\s?[{CAPITAL}][{SMALL}])")


def say_words(text: str) -> str:
    """Return `text` with titles, abbreviations, Roman numerals and acronyms in words. Figures stay."""
    text = BARE_MISTER.sub("M.", text)
    text = LAST_TITLE.sub(lambda match: "messieurs" if match.group().startswith("MM") else "monsieur", text)
    text = PAGE.sub(lambda match: f"page{'s' if match[1] else ''} ", text)
    text = HEADING.sub(_heading, text)
    text = NUMBER_SIGN.sub(lambda match: "numéro " if match.group()[0] == "n" else "Numéro ", text)
    text = _titles().sub(lambda match: lexicon().titles[match[1]] + ("" if match[2] is None else " "), text)
    text = SAINT.sub(lambda match: {"St": "Saint", "Ste": "Sainte", "Sts": "Saints"}[match[1]], text)
    text = _abbreviations().sub(_abbreviation, text)
    text = _streets().sub(lambda match: lexicon().streets[match[1].lower()], text)
    text = _words().sub(lambda match: lexicon().words[match[1]], text)
    return _say_acronyms(_say_romans(text))


@cache
def _titles() -> re.Pattern[str]:
    """Match a title before a name, before « ou » or « et », beside a slash, or alone before a mark."""
    name = rf"(?=\s+(?:[{CAPITAL}]|ou |et ))"
    return re.compile(
        rf"\b({alternatives(lexicon().titles)})(?:(?=/)|{name}|(?<=\.)(?=[{CAPITAL}][{SMALL}])()|(?<![M.])(?=\W|$))"
    )


@cache
def _abbreviations() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])({alternatives(lexicon().abbreviations)})(?!\w)", re.IGNORECASE)


@cache
def _streets() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.])((?i:{alternatives(lexicon().streets)}))(?=\s+(?:de |du |des |d'|la |l'){{0,2}}[{CAPITAL}])"
    )


@cache
def _words() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({alternatives(lexicon().words)})(?![\w-])")


def _abbreviation(match: re.Match[str]) -> str:
    table = lexicon().abbreviations
    written = match[1]
    said = table.get(written) or table.get(written.lower())
    if said is None:
        return written
    return said[0].upper() + said[1:] if written[0].isupper() and not written.isupper() else said


def _say_romans(text: str) -> str:
    rulers, parts = alternatives(lexicon().rulers), alternatives(lexicon().parts)
    text = re.sub(rf"\b({rulers}) ([IVX]+)(er)?\b", _ruler, text)
    text = CENTURY.sub(_century, text)
    return re.sub(rf"\b({parts})s? ([IVX]+)\b", _part, text, flags=re.IGNORECASE)


def _ruler(match: re.Match[str]) -> str:
    value = numbers.roman(match[2])
    if value is None:
        return match.group()
    if value == 1:
        return f"{match[1]} premi{'ère' if match[1] in ('Élisabeth', 'Elisabeth', 'Catherine') else 'er'}"
    return f"{match[1]} {numbers.cardinal(value)}"


def _century(match: re.Match[str]) -> str:
    value = numbers.roman(match[1])
    return match.group() if value is None else numbers.ordinal(value)


def _heading(match: re.Match[str]) -> str:
    """Return « II. Vos ressources » as « deux. Vos ressources »."""
    value = numbers.roman(match[1])
    return match.group() if value is None else f"{numbers.cardinal(value)}."


def _part(match: re.Match[str]) -> str:
    value = numbers.roman(match[2])
    return match.group() if value is None else f"{match[1]} {numbers.cardinal(value)}"


def _say_acronyms(text: str) -> str:
    text = DOTTED_ACRONYM.sub(lambda match: match.group().replace(".", "") + " ", text)
    text = CAPITALS_RUN.sub(_lower_heading, text)
    text = INITIALS.sub(lambda match: f"{numbers.spell(match[1])} {numbers.spell(match[2])}", text)
    text = INITIAL.sub(lambda match: numbers.spell(match[1]) or match[1], text)
    return ACRONYM.sub(_acronym, text)


def _lower_heading(match: re.Match[str]) -> str:
    """Return a run of capitals as words when it is a heading (« NOM DE FAMILLE »), unchanged when acronyms."""
    written = re.findall(rf"[{CAPITAL}]+", match.group())
    known = [word for word in written if word in lexicon().said or _is_spelled(word)]
    if not known and any(len(word) >= HEADING_WORD for word in written):
        return match.group().lower()
    return match.group()


def _is_spelled(word: str) -> bool:
    """Tell whether people say the letters: the lexicon says so, or the glossary knows it and the lexicon no sound."""
    return word in lexicon().spelled or (word in acronyms() and word not in lexicon().said)


def _acronym(match: re.Match[str]) -> str:
    word = match.group().removesuffix("s")
    said = lexicon().said.get(word)
    if said is not None:
        return said
    if word in lexicon().shouted or numbers.spell(word).count(" ") == 0 or not word.isascii():
        return word.lower()
    if _is_spelled(word) or len(word) < SHORTEST_SAID:
        return numbers.spell(word)
    return word.lower() if len(word) > HEADING_WORD or SAYABLE.match(word) else numbers.spell(word)
