"""« deux mois » → « 2 mois »: a count before a unit is read faster in figures. « un » stays: it is an article too."""

import re
from collections.abc import Iterator

from accessform.plain_language.drafting.edits import Intended, Proposal
from accessform.plain_language.wording import ReadingLevel

TO_SIXTEEN = "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()  # noqa: SIM905
TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
VALUES = {word: value for value, word in enumerate(TO_SIXTEEN, 2)} | TENS
VALUES |= {f"dix-{word}": 10 + VALUES[word] for word in ("sept", "huit", "neuf")}
VALUES |= {f"{tens}-{word}": TENS[tens] + VALUES[word] for tens in TENS for word in TO_SIXTEEN[:8]}
VALUES |= {f"soixante-{word}": 60 + VALUES[word] for word in TO_SIXTEEN[8:]} | {
    "quatre-vingts": 80,
    "soixante-quinze": 75,
}

UNITS = (
    r"(?:ann[ée]e|semaine|heure|minute|chiffre|caractère|enfant|euro|point|exemplaire|photo|page|trimestre|semestre"
    r"|jour|demi-journée|vaccination|lettre|étape|question|an)s|mois"
)
NUMERAL = re.compile(
    rf"(?<![\w-])(?P<word>{'|'.join(sorted(VALUES, key=len, reverse=True))})"
    rf"(?P<between>[ \u00a0](?:(?:derni|premi)[eè]re?s[ \u00a0])?)(?={UNITS}\b)",
    re.IGNORECASE,
)


def proposals(text: str, level: ReadingLevel) -> Iterator[Proposal]:
    """Propose a figure for each number written in letters before a unit, at both levels."""
    for found in NUMERAL.finditer(text):
        if not re.search(r"\b(?:et|mille|cent|cents)[ \u00a0]$", text[: found.start()], re.IGNORECASE):
            figure = str(VALUES[found.group("word").lower()])
            yield Proposal("figures", *found.span("word"), figure, intends=(Intended("number", after=figure),))


def figures_of(text: str) -> tuple[Intended, ...]:
    """Return the figures that may stand in `text` for its numbers in letters."""
    words = re.findall(r"[a-zà-ÿ-]+", text.lower())
    return tuple(Intended("number", after=str(VALUES[word])) for word in words if word in VALUES)
