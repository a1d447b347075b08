"""`manage.py import_places FILE --source …`: places that others publish, into this installation."""

import csv
import datetime as dt
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError

from accessform.handoff.imported.reading import SOURCES
from accessform.handoff.imported.rows import FileRefused
from accessform.handoff.imported.tables import SIZE_MAX
from accessform.handoff.management.spreadsheets import harmless
from accessform.handoff.services.importing import Report, import_file

WORDS = {
    "created": "créés",
    "changed": "modifiés",
    "unchanged": "inchangés",
    "closed": "fermés",
    "refused": "refusés",
    "repaired": "réparés",
}


class Command(BaseCommand):
    """Create, change and close the places of one source; run again, it changes nothing."""

    help = "Importe les lieux d'un fichier public (CSV ou JSON). Relancé, il ne change rien."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="le fichier, tel que publié")
        parser.add_argument("--source", required=True, choices=sorted(SOURCES))
        parser.add_argument("--date", type=dt.date.fromisoformat, help="jour que le fichier décrit (AAAA-MM-JJ)")
        parser.add_argument("--report", type=Path, help="écrit ici ce qu'est devenue chaque ligne (CSV)")
        parser.add_argument("--dry-run", action="store_true", help="dit tout, n'écrit rien")
        parser.add_argument("--allow-closing", action="store_true", help="accepte de fermer plus d'un lieu sur cinq")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            report = import_file(
                read_file(path),
                source=options["source"],
                file_name=path.name,
                file_date=options["date"] or find_date(path.name),
                allow_closing=options["allow_closing"],
                dry_run=options["dry_run"],
            )
        except FileRefused as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"La base a refusé l'écriture, rien n'a changé : {error}. Relancez.") from error
        self._print(report, dry_run=options["dry_run"])
        if options["report"]:
            _write_report(options["report"], report)

    def _print(self, report: Report, *, dry_run: bool) -> None:
        for note in report.notes:
            self.stdout.write(f"Fichier : {note}.")
        for line in report.lines:
            if line.why:
                where = f"ligne {line.number}" if line.number else "absent du fichier"
                self.stdout.write(f"{where}, lieu {line.source_id or '?'} : {_say(line.outcome)}. {line.why}")
        said = ", ".join(f"{count} {WORDS[name]}" for name, count in report.counts.items())
        self.stdout.write(f"{'Essai, rien n’est écrit : ' if dry_run else ''}{said}.")
        self.stdout.write(f"Horaires lus : {report.with_hours} lieux ; sans horaires : {report.without_hours}.")


def _say(outcome: str) -> str:
    return {"refused": "refusé", "closed": "fermé"}.get(outcome, "réparé")


def find_date(name: str) -> dt.date | None:
    """Return the day that a file's name tells (20240801, 2024-08-01), None where it tells none."""
    for digits in re.findall(r"(?<!\d)(20\d{2}-?\d{2}-?\d{2})(?!\d)", name):
        try:
            return dt.datetime.strptime(digits.replace("-", ""), "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def read_file(path: Path) -> bytes:
    """Return the bytes of a file, one more than is read at most; raises CommandError where it does not open."""
    try:
        with path.open("rb") as file:
            return file.read(SIZE_MAX + 1)
    except OSError as error:
        raise CommandError(f"Le fichier ne s'ouvre pas : {error.strerror} ({path}).") from error


def _write_report(path: Path, report: Report) -> None:
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(("line", "id", "name", "outcome", "why"))
            writer.writerows(
                (line.number or "", *(harmless(cell) for cell in (line.source_id, line.name, line.outcome, line.why)))
                for line in report.lines
            )
    except OSError as error:
        raise CommandError(f"L'import est fait, mais le compte rendu ne s'écrit pas : {error.strerror}.") from error
