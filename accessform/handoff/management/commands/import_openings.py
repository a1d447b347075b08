"""`manage.py import_openings FILE --source …`: when agents receive, from a spreadsheet."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError

from accessform.handoff.dates_in_words import say_moment
from accessform.handoff.imported.rows import FileRefused
from accessform.handoff.management.commands.import_places import read_file
from accessform.handoff.services.opening_imports import OpeningsReport, import_openings


class Command(BaseCommand):
    """Create and remove openings; run again, it changes nothing; it never touches an appointment."""

    help = (
        "Importe les plages d'ouverture d'un fichier CSV (place, agent, motifs, first_day, starts, ends, rule, "
        "et except si l'on veut). Relancé, il ne change rien. Il ne touche à aucun rendez-vous."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="le fichier")
        parser.add_argument("--source", required=True, help="source des lieux que « place » désigne")
        parser.add_argument("--dry-run", action="store_true", help="dit tout, n'écrit rien")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_openings(read_file(options["file"]), source=options["source"], dry_run=options["dry_run"])
        except FileRefused as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"La base a refusé l'écriture, rien n'a changé : {error}. Relancez.") from error
        self._print(report, dry_run=options["dry_run"])

    def _print(self, report: OpeningsReport, *, dry_run: bool) -> None:
        for note in report.notes:
            self.stdout.write(f"Fichier : {note}.")
        for number, why in report.refused:
            self.stdout.write(f"ligne {number} : refusée. {why}")
        for conflict in report.conflicts:
            when = say_moment(conflict.starts_at, conflict.starts_at.tzinfo)
            self.stdout.write(
                f"rendez-vous hors des plages, conservé : {when}, {conflict.place}, {conflict.agent} "
                f"({conflict.appointment})"
            )
        said = f"{report.created} créées, {report.kept} inchangées, {report.removed} retirées"
        counts = f"{said}, {len(report.refused)} refusées, {len(report.conflicts)} rendez-vous hors des plages"
        self.stdout.write(f"{'Essai, rien n’est écrit : ' if dry_run else ''}{counts}.")
