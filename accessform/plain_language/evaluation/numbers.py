"""One number of a text made another, in digits or in words; dates, references and codes are left to other kinds."""

import re

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
IN_DIGITS = re.compile(
    rf"""(?<![\w,.-])(?<!n°[ \u00a0])(?<![Aa]rticle[ \u00a0])(?<!articles[ \u00a0])(?<!\b[LRD]\.[ \u00a0])(?<!avant[ ])
    (?P<number>[1-9]\d{{0,2}}(?:[ \u00a0]\d{{3}})*(?:,\d+)?)
    (?![\d-])(?!er\b)(?![ \u00a0](?:{MONTHS})\b)(?P<noun>[ \u00a0][a-zé]+)?""",
    re.VERBOSE,
)
YEAR = re.compile(r"(?:19|20)\d\d")
IN_WORDS = {
    "deux": "trois",
    "trois": "cinq",
    "quatre": "six",
    "cinq": "huit",
    "six": "neuf",
    "huit": "douze",
    "neuf": "six",
    "dix": "vingt",
    "onze": "neuf",
    "douze": "dix-huit",
    "treize": "quinze",
    "quinze": "vingt",
    "trente": "soixante",
    "quarante-cinq": "soixante",
    "quarante-huit": "soixante-douze",
    "soixante": "trente",
    "dix-huit": "vingt-quatre",
    "cinquante": "soixante",
    "trente-six": "vingt-quatre",
    "vingt-quatre": "quarante-huit",
}
WORD = re.compile(
    r"(?<![\w-])(?<![Ll]es )(?<![Cc]es )(?<!des )(?<!tous )(?<!dans )(?<!à )(?P<word>"
    + "|".join(sorted(IN_WORDS, key=len, reverse=True))
    + r")(?![\w-]| et un| cas\b| conditions?\b| choses\b| limites\b| documents\b| d'entre| parties\b)"
)
ONE = re.compile(r"\bd'un (?=mois\b|an\b)")


def changed_numbers(text: str) -> list[str]:
    """Return `text` with one number changed, once for each number that it has."""
    digits = [
        text[: found.start("number")] + _another(found["number"]) + _plural(found) + text[found.end() :]
        for found in IN_DIGITS.finditer(text)
        if not YEAR.fullmatch(found["number"])
    ]
    words = [text[: found.start()] + IN_WORDS[found["word"]] + text[found.end() :] for found in WORD.finditer(text)]
    ones = [
        text[: found.start()] + "de trois " + re.sub(r"^an\b", "ans", text[found.end() :])
        for found in ONE.finditer(text)
    ]
    return digits + words + ones


def _another(number: str) -> str:
    """Return a number that differs in its leading digit: 1 becomes 3, 9 becomes 8, any other one more."""
    leading = number[0]
    if len(number) == 1:
        return "3" if leading == "1" else str(int(leading) + 1)
    return ("8" if leading == "9" else str(int(leading) + 1)) + number[1:]


def _plural(found: re.Match[str]) -> str:
    noun = found["noun"] or ""
    return noun + "s" if found["number"] == "1" and noun and noun[-1] not in "sx" else noun
