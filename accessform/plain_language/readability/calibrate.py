"""Fit the level's coefficients: `python -m accessform.plain_language.readability.calibrate [--write] [FOLDER]`.

Data: readme_fr_train.tsv and readme_fr_val.tsv of FOLDER (../shared/data/readability by default), the French part of
ReadMe++ (Naous, Ryan, Lavrouk, Chandra, Xu: "ReadMe++: Benchmarking Multilingual Language Models for Multi-Domain
Readability Assessment", EMNLP 2024; github.com/tareknaous/readme): sentences of 15 domains, rated from 1 (A1) to 6 (C2)
by native speakers. Its licence file is MIT, its README asks for non-commercial research use: the sentences stay outside
this repository, only figures computed from them ship. Its test split is not read.

Method: least squares over the train split, pulled towards the coefficients of the design document. Length and depth
tell almost the same thing (r = 0.85), so that the data alone cannot share the weight between them; PULL is the
strongest pull that costs less than 0.001 of mean absolute error in cross-validation. Prints the figures for the fitted
and the documented coefficients and for Flesch; `--write` puts coefficients and figures into data/fr/readability.toml.
"""

import csv
import hashlib
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from accessform.plain_language.readability.coefficients import FILE
from accessform.plain_language.readability.features import Features, measured
from accessform.plain_language.readability.flesch import flesch
from accessform.plain_language.readability.scoring import FEWEST_WORDS, HIGHEST, LOWEST
from accessform.plain_language.sentences import count_words, sentences_of

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "readability"
SPLITS = {"train": "readme_fr_train.tsv", "val": "readme_fr_val.tsv"}

NAMES = ("length", "syllables", "frequency", "depth", "nominalisations")
DOCUMENTED = np.array([-0.807, 0.856, 0.971, -0.265, 0.118, 2.242])
"""Intercept, then NAMES: the design's formula."""

PULL = 100.0
"""Strength of the pull, in sentences: that of 100 sentences which the documented coefficients fit exactly."""

PULLS = (0.0, 30.0, 100.0, 300.0, 1000.0)
"""The strengths tried; see [cross_validation] in the data file."""

FOLDS = 10

RATED_EASY = 2.0
"""Ratings up to this one (A2) make the easy reference that costs are counted from."""


class Split(NamedTuple):
    """One split, measured: a row a text, the columns are 1 and the features."""

    features: Any
    flesch: Any
    ratings: Any
    long_enough: Any


def measured_split(path: Path) -> Split:
    """Measure the texts of one TSV file with the columns `sentence` and `cefr`."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    texts = [[sentence.text for sentence in sentences_of(row["sentence"])] for row in rows]
    return Split(
        features=np.array([row_of(measured(sentences)) for sentences in texts]),
        flesch=np.array([flesch(sentences) for sentences in texts]),
        ratings=np.array([float(row["cefr"]) for row in rows]),
        long_enough=np.array([sum(map(count_words, sentences)) >= FEWEST_WORDS for sentences in texts]),
    )


def row_of(features: Features) -> list[float]:
    """Return 1 and the features in the order of NAMES."""
    return [1.0, *(getattr(features, name) for name in NAMES)]


def fitted(split: Split, pull: float = PULL) -> Any:
    """Return intercept and coefficients: least squares, each pulled to the documented one in units of its spread."""
    rows, towards = split.features, DOCUMENTED
    penalty = np.diag(pull * rows.std(axis=0) ** 2)
    moved = np.linalg.solve(rows.T @ rows + penalty, rows.T @ (split.ratings - rows @ towards))
    return towards + moved


def cross_validated(split: Split, pull: float) -> float:
    """Return the mean absolute error on texts that the fit did not see, every tenth text in turn."""
    folds = np.arange(len(split.ratings)) % FOLDS
    errors = [
        np.abs(split.features[folds == fold] @ fitted(_part(split, folds != fold), pull) - split.ratings[folds == fold])
        for fold in range(FOLDS)
    ]
    return float(np.concatenate(errors).mean())


def _part(split: Split, kept: Any) -> Split:
    return Split(*(column[kept] for column in split))


def figures(split: Split, predicted: Any) -> dict[str, float]:
    """Return Pearson's r, Spearman's rho and the mean absolute error, all texts and those long enough for a score."""
    kept = split.long_enough
    held = np.clip(predicted, LOWEST, HIGHEST)
    return {
        "pearson": _pearson(predicted, split.ratings),
        "spearman": _pearson(_ranks(predicted), _ranks(split.ratings)),
        "mae": float(np.abs(held - split.ratings).mean()),
        "scored_pearson": _pearson(predicted[kept], split.ratings[kept]),
        "scored_mae": float(np.abs(held - split.ratings)[kept].mean()),
    }


def _pearson(one: Any, other: Any) -> float:
    return float(np.corrcoef(one, other)[0, 1])


def _ranks(values: Any) -> Any:
    """Return ranks from 0, equal values sharing their mean rank."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return ((ends - counts + ends - 1) / 2)[inverse]


def easy_reference(split: Split) -> Any:
    """Return the mean features of the texts rated easy and long enough for a score."""
    return split.features[(split.ratings <= RATED_EASY) & split.long_enough].mean(axis=0)[1:]


def compared(splits: dict[str, Split], coefficients: Any) -> dict[str, dict[str, float]]:
    """Return the figures of the fitted and the documented formula and of Flesch, on each split."""
    from_flesch = np.polyfit(splits["train"].flesch, splits["train"].ratings, 1)
    return {
        f"{name}.{split}": figures(measures, predicted)
        for split, measures in splits.items()
        for name, predicted in (
            ("fitted", measures.features @ coefficients),
            ("documented", measures.features @ DOCUMENTED),
            ("flesch", np.polyval(from_flesch, measures.flesch)),
        )
    }


def as_toml(folder: Path, splits: dict[str, Split], coefficients: Any) -> str:
    """Return the data file: coefficients, easy reference, figures, and what they come from."""
    lines = [
        "# Written by accessform/plain_language/readability/calibrate.py, which says where the data come from.",
        f'fitted_on = "{datetime.now(UTC).date()}"',
        'data = "ReadMe++, French, train and val splits"',
        f"pull = {PULL}",
        *_table("sha256", {name: f'"{_sha256(folder / file)}"' for name, file in SPLITS.items()}),
        *_table("coefficients", dict(zip(("intercept", *NAMES), coefficients.round(3), strict=True))),
        *_table(
            "cross_validation", {f"{pull:.0f}": round(cross_validated(splits["train"], pull), 4) for pull in PULLS}
        ),
        *_table("easy", dict(zip(NAMES, easy_reference(splits["train"]).round(3), strict=True))),
    ]
    for name, found in compared(splits, coefficients).items():
        lines += _table(f"figures.{name}", {key: round(value, 3) for key, value in found.items()})
    return "\n".join(lines) + "\n"


def _table(name: str, values: dict[str, Any]) -> list[str]:
    return ["", f"[{name}]", *(f"{key} = {value}" for key, value in values.items())]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(arguments: list[str]) -> int:
    """Fit, print, and with --write keep."""
    folders = [Path(argument) for argument in arguments if argument != "--write"]
    folder = folders[0] if folders else FOLDER
    splits = {name: measured_split(folder / file) for name, file in SPLITS.items()}
    toml = as_toml(folder, splits, fitted(splits["train"]))
    sys.stdout.write(toml)
    if "--write" in arguments:
        FILE.write_text(toml, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
