"""Ways a page may be presented: chosen by the person in the panel, or wanted by the device."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from playwright.sync_api import BrowserContext

LEVELS = ("standard", "plain", "easy")
SIZES = ("100", "200", "250")
CONTRASTS = ("auto", "more")
SCHEMES = ("light", "dark")
VOICES = ("text", "voice")


@dataclass(frozen=True)
class Look:
    """What a person chose in « Plus de réglages », in the words of its form."""

    reading_level: str = "plain"
    text_size: str = "100"
    contrast: str = "auto"
    color_scheme: str = "light"
    modality: str = "text"

    def __str__(self) -> str:
        return "/".join(asdict(self).values())


def every_look() -> Iterator[Look]:
    """Every combination."""
    return itertools.starmap(Look, itertools.product(LEVELS, SIZES, CONTRASTS, SCHEMES, VOICES))


def choose(context: BrowserContext, address: str, look: Look, *, one_question: bool = False) -> None:
    """Save the panel as `look` says, for the person whose browser this is."""
    token = next((c["value"] for c in context.cookies() if c["name"] == "af_csrf"), None)
    if token is None:
        context.request.get(f"{address}/affichage")
        token = next(c["value"] for c in context.cookies() if c["name"] == "af_csrf")
    sent = {**asdict(look), "help_offers": "on", "voice_autoplay": "on", "spacing": "normal", "typeface": "system"}
    if one_question:
        sent["one_question"] = "on"
    answer = context.request.post(
        f"{address}/affichage",
        form={**sent, "action": "save", "next": "/plan-du-site", "csrfmiddlewaretoken": token},
        headers={"Referer": f"{address}/affichage"},
        max_redirects=0,
    )
    assert answer.status == 303, f"{look}: {answer.status}"


def pairwise(factors: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Return few rows in which every two values of two factors meet at least once; the same rows every time.

    Greedy: each row starts from a pair that is still missing, and takes for every other factor the value that covers
    most of what is missing (the first one listed where several do).
    """
    names = list(factors)
    missing = {((a, x), (b, y)) for a, b in itertools.combinations(names, 2) for x in factors[a] for y in factors[b]}
    order = sorted(missing, key=lambda pair: [(names.index(n), list(factors[n]).index(v)) for n, v in pair])
    rows: list[dict[str, str]] = []
    while missing:
        row = dict(next(pair for pair in order if pair in missing))
        for name in names:
            if name not in row:
                row[name] = max(
                    factors[name], key=lambda value, n=name, r=row: _newly_met(names, {**r, n: value}, missing)
                )
        missing -= _pairs(names, row)
        rows.append(row)
    return rows


def _pairs(names: list[str], row: Mapping[str, str]) -> set[tuple[tuple[str, str], tuple[str, str]]]:
    """Return the pairs that meet in a row, which may be incomplete."""
    return set(itertools.combinations([(name, row[name]) for name in names if name in row], 2))


def _newly_met(names: list[str], row: Mapping[str, str], missing: set[tuple[tuple[str, str], tuple[str, str]]]) -> int:
    return len(_pairs(names, row) & missing)
