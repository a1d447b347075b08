"""A file of places, CSV or JSON, into rows of text; hostile until read within limits. Pure."""

import codecs
import csv
import io
import json
from collections.abc import Collection
from typing import Any

from accessform.handoff.imported.rows import FileRefused

SIZE_MAX = 64 * 1024 * 1024
"""Largest file that is read, in bytes; the national file of digital-mediation places weighs 25 MB."""
ROWS_MAX = 200_000
DELIMITERS = (",", ";", "\t", "|")

Row = dict[str, str]


def read_table(content: bytes, *, required: Collection[str]) -> tuple[list[Row], list[str]]:
    """Return the rows of a CSV or JSON file by column name, and what was odd about the file.

    Raises FileRefused where it is empty, too large, no table, or lacks one of the `required` columns.
    """
    if len(content) > SIZE_MAX:
        raise FileRefused(f"Le fichier dépasse {SIZE_MAX // 1024 // 1024} Mo.")
    text, notes = _decode(content)
    if not text.strip():
        raise FileRefused("Le fichier est vide.")
    rows = _read_json(text) if text.lstrip()[:1] in "[{" else _read_csv(text)
    if not rows:
        raise FileRefused("Le fichier ne contient aucun lieu.")
    if len(rows) > ROWS_MAX:
        raise FileRefused(f"Le fichier compte plus de {ROWS_MAX} lignes.")
    columns = {name for row in rows for name in row}
    if missing := sorted(set(required) - columns):
        raise FileRefused(
            f"Colonnes absentes : {', '.join(missing)}. Le fichier contient : {', '.join(sorted(columns))[:500]}. "
            "Vérifiez le fichier et --source."
        )
    blank = dict.fromkeys(required, "")
    return [{**blank, **row} if row else {} for row in rows], notes


def _decode(content: bytes) -> tuple[str, list[str]]:
    """Decode UTF-8 (with or without mark), UTF-16 with its mark, else Windows-1252, which is said."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), ["fichier en UTF-16"]
        except UnicodeDecodeError as error:
            raise FileRefused("Le fichier commence comme de l'UTF-16 et n'en est pas.") from error
    if b"\x00" in content:
        raise FileRefused("Le fichier n'est pas un texte : il contient des octets nuls.")
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), ["fichier en Windows-1252 et non en UTF-8 : lu comme tel"]
    except UnicodeDecodeError as error:
        raise FileRefused("L'encodage du fichier n'est ni UTF-8 ni Windows-1252 : enregistrez-le en UTF-8.") from error


def _read_csv(text: str) -> list[Row]:
    head = text.lstrip().split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise FileRefused(f"Le fichier n'est pas un CSV lisible : {error}.") from error
    if not table:
        return []
    names = [name.strip() for name in table[0]]
    if len(set(names)) < len(names):
        raise FileRefused("Deux colonnes portent le même nom.")
    return [_name_cells(names, cells) for cells in table[1:] if any(cell.strip() for cell in cells)]


def _name_cells(names: list[str], cells: list[str]) -> Row:
    """Name the cells of a row; one with too many or too few is shifted, and is told so by an empty row."""
    if len(cells) != len(names):
        return {}
    return {name: cell.strip() for name, cell in zip(names, cells, strict=True)}


def _read_json(text: str) -> list[Row]:
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileRefused(f"Le fichier n'est pas un JSON lisible : {str(error)[:200]}.") from error
    if not isinstance(data, list):
        raise FileRefused("Le fichier JSON doit être une liste de lieux.")
    return [_flatten(item) if isinstance(item, dict) else {} for item in data]


def _flatten(item: dict[str, Any]) -> Row:
    """Return the columns of one JSON place as text; lists become values between « ; », anything deeper is left out."""
    row = {}
    for name, value in item.items():
        values = value if isinstance(value, list) else [value]
        kept = [str(part) for part in values if isinstance(part, str | int | float) and not isinstance(part, bool)]
        row[str(name)] = ";".join(kept).strip()
    return row
