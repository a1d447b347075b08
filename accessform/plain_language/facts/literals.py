"""What is written as such: addresses, telephone numbers, references to law, forms, dates and times of day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from accessform.plain_language.facts.reading import bare

SPACE = r"[ \u00a0\u202f]*"
GAP = r"[ \u00a0\u202f]+"
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("janvier", "janv."), ("février", "févr."), ("mars",), ("avril", "avr."), ("mai",), ("juin",),
            ("juillet", "juil."), ("août",), ("septembre", "sept."), ("octobre", "oct."), ("novembre", "nov."),
            ("décembre", "déc."),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
DAYS_IN_WORDS = {"premier": 1, "quinze": 15, "trente": 30, "trente et un": 31, "dix": 10, "cinq": 5, "vingt": 20}
MONTH = r"(?P<month>" + "|".join(re.escape(name) for name in sorted(MONTHS, key=len, reverse=True)) + r")(?!\w)"


@dataclass(frozen=True)
class Literal:
    """One literal: its kind, its canonical key, the words, and where they stand (code points)."""

    kind: str
    key: str
    text: str
    start: int
    end: int


ARTICLE = (
    r"(?P<letter>\b[LRDA])?\.?"
    + SPACE
    + r"(?P<star>\*)?(?P<article>\d+(?:[-‑]\d+)*)(?:"
    + GAP
    + r"(?P<latin>bis|ter|quater))?"
)
LAW_CODES = (
    "action|assurance|civi|commerce|consommation|construction|éducation|électoral|entrée|environnement|famille|forestier"
    "|général|impôts|justice|monétaire|mutualité|patrimoine|pénal|procédure|propriété|relations|route|rural|santé"
    "|sécurité|service|sport|tourisme|transport|travail|urbanisme"
)
LITERALS = (
    (
        "address",
        re.compile(
            r"https?://[^\s<>»\"]+|www\.[^\s<>»\"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:[\w-]+\.)+(?:fr|com|org|eu|net)\b(?:/[\w\-/.]*)?"
        ),
    ),
    ("telephone", re.compile(r"(?<!\d)(?:\+33" + SPACE + r"(?:\(0\))?|0)[1-9](?:[ \u00a0\u202f.\-]?\d{2}){4}(?!\d)")),
    (
        "telephone",
        re.compile(
            r"(?<![\d,.])(?P<short>3[69]\d\d|39[ \u00a0\u202f]\d\d|36[ \u00a0\u202f]\d\d)(?![\d,])(?!"
            + SPACE
            + r"(?:€|euros|%|jours|mois))"
        ),
    ),
    (
        "reference",
        re.compile(
            r"\bcerfa\b(?:" + SPACE + r"n[°o])?" + SPACE + r"(?P<cerfa>\d{5}(?:" + SPACE + r"\*" + SPACE + r"\d\d)?)",
            re.IGNORECASE,
        ),
    ),
    (
        "reference",
        re.compile(
            r"\b(?P<law>loi|décret|ordonnance|arrêté|règlement|directive|circulaire)\b[^.;\n\d]{0,20}?(?:n[°o]|\((?:UE|CE)\))"
            + SPACE
            + r"(?P<number>\d{2,4}[-‑/]\d+)",
            re.IGNORECASE,
        ),
    ),
    (
        "reference",
        re.compile(
            r"\b(?:articles?|art\.)"
            + GAP
            + ARTICLE
            + r"(?P<more>(?:(?:"
            + SPACE
            + r",|"
            + GAP
            + r"(?:et|ou|à))"
            + GAP
            + r"[LRDA]?\.?"
            + SPACE
            + r"\*?\d+(?:[-‑]\d+)*)*)",
            re.IGNORECASE,
        ),
    ),
    ("reference", re.compile(r"(?P<letter>\b[LRDA])\.?" + SPACE + r"\*?(?P<article>\d{2,}(?:[-‑]\d+)*)\b")),
    (
        "reference",
        re.compile(
            r"\bcode" + GAP + r"(?:(?:de la|de l['’]|du|des|de)" + SPACE + r")?(?P<code>" + LAW_CODES + r")\w*",
            re.IGNORECASE,
        ),
    ),
    (
        "date",
        re.compile(
            r"(?<!\d)(?P<day>\d{1,2}|"
            + "|".join(DAYS_IN_WORDS)
            + r")(?:er|ᵉʳ)?"
            + GAP
            + MONTH
            + r"(?:"
            + GAP
            + r"(?P<year>\d{4})\b)?",
            re.IGNORECASE,
        ),
    ),
    (
        "date",
        re.compile(
            r"(?<![\d/.])(?P<day>\d{1,2})(?P<sep>[/.])(?P<number>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?![\d/])"
        ),
    ),
    ("date", re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?![\d-])")),
    ("date", re.compile(r"\b" + MONTH + r"(?:" + GAP + r"(?P<year>\d{4})\b)?", re.IGNORECASE)),
    (
        "time",
        re.compile(
            r"(?<![\d,])(?P<hour>[01]?\d|2[0-4])"
            + SPACE
            + r"(?:heures?|h)\b(?:"
            + SPACE
            + r"(?P<minute>[0-5]\d)\b|"
            + GAP
            + r"(?P<half>et demie|et quart|trente|quinze))?",
            re.IGNORECASE,
        ),
    ),
    ("time", re.compile(r"(?<![\d,:])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:])")),
    ("time", re.compile(r"\b(?P<word>midi|minuit)\b", re.IGNORECASE)),
)
HOURS_IN_A_DAY = 24
HALVES = {"et demie": "30", "et quart": "15", "trente": "30", "quinze": "15"}
CLOCK = re.compile(
    r"(?:\bà|\bvers|\bde|\bentre|\bdès|\bavant|\baprès|\bet|\bjusqu['’]à|-)[ \u00a0\u202f]*$", re.IGNORECASE
)


def literals_of(text: str) -> list[Literal]:
    """Return the literals of `text`, none over another: the kind listed first wins."""
    found: list[Literal] = []
    taken: set[int] = set()
    for kind, pattern in LITERALS:
        for match in pattern.finditer(text):
            if taken.isdisjoint(range(match.start(), match.end())):
                made = list(_made(kind, match, text))
                found += made
                if made:
                    taken.update(range(match.start(), match.end()))
    return sorted(found, key=lambda literal: literal.start)


def _made(kind: str, match: re.Match[str], text: str) -> Iterator[Literal]:
    for key in _keys(kind, match, text):
        yield Literal(kind, key, match.group().strip(" .,"), match.start(), match.end())


def _keys(kind: str, match: re.Match[str], text: str) -> list[str]:
    if kind == "address":
        return [re.sub(r"^(?:https?://)?(?:www\.)?", "", match.group().lower()).rstrip("/.,;:)")]
    if kind == "telephone":
        return [re.sub(r"^\+?33(?:\(0\))?", "0", re.sub(r"[^\d+()]", "", match.group()))]
    if kind == "reference":
        return _references(match)
    if kind == "date":
        return _date(match)
    return _time(match, text)


def _references(match: re.Match[str]) -> list[str]:
    named = match.groupdict()
    if named.get("cerfa"):
        return ["cerfa " + re.sub(r"\D", "", named["cerfa"])[:5]]
    if named.get("code"):
        return ["code " + named["code"].lower()]
    if named.get("number"):
        return [f"{bare(named['law'])} {named['number']}".replace("‑", "-")]
    letter = (named.get("letter") or "").upper()
    first = letter + (named["article"] or "").replace("‑", "-") + (named.get("latin") or "")
    more = re.findall(r"([LRDA]?)\.?[ \u00a0\u202f]*\*?(\d+(?:[-‑]\d+)*)", named.get("more") or "", re.IGNORECASE)
    return ["article " + first, *("article " + (mark.upper() or letter) + number for mark, number in more)]


def _date(match: re.Match[str]) -> list[str]:
    named = match.groupdict()
    month = int(named["number"]) if named.get("number") else MONTHS[named["month"].lower()]
    if "day" not in named and not named.get("year") and match.group() != match.group().lower():
        return []
    year = named.get("year") or "-"
    year = "20" + year if len(year) == 2 else year
    day = (named.get("day") or "-").lower()
    day = str(DAYS_IN_WORDS.get(day, day)).lstrip("0")
    return [f"{year}/{month}/{day}"] if 1 <= month <= 12 else []


def _time(match: re.Match[str], text: str) -> list[str]:
    named = match.groupdict()
    if named.get("word"):
        return ["12:00" if named["word"].lower() == "midi" else "24:00"]
    minute = named.get("minute") or HALVES.get((named.get("half") or "").lower(), "")
    if not minute and (int(named["hour"]) == HOURS_IN_A_DAY or not CLOCK.search(text[: match.start()][-12:])):
        return []
    return [f"{int(named['hour'])}:{minute or '00'}"]
