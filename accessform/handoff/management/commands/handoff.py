"""`manage.py handoff`: what the people who receive and call back work from."""

import csv
import datetime as dt
import json
import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accessform.handoff.management.spreadsheets import harmless
from accessform.handoff.services.agent_lists import close_callback, list_appointments, list_callbacks


class Command(BaseCommand):
    """List the appointments of a day and the people to call back; say that one was called."""

    help = "Liste les rendez-vous d'un jour et les personnes à rappeler ; note qu'une personne a été rappelée."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        appointments = actions.add_parser("appointments", help="Les rendez-vous d'un jour (aujourd'hui par défaut).")
        appointments.add_argument("--day", type=dt.date.fromisoformat, help="AAAA-MM-JJ")
        callbacks = actions.add_parser("callbacks", help="Les personnes à rappeler, la plus ancienne d'abord.")
        callbacks.add_argument("--form", default="", help="Seulement celles d'une démarche.")
        for listing in (appointments, callbacks):
            listing.add_argument("--format", choices=["json", "csv"], default="json")
        actions.add_parser("called", help="Note qu'une personne a été rappelée.").add_argument("id")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "called":
            self._close(options["id"])
        elif options["action"] == "callbacks":
            self._write(list_callbacks(form=options["form"]), options["format"])
        else:
            day = options["day"] or timezone.localdate()
            self._write(list_appointments(day=day), options["format"])

    def _close(self, identifier: str) -> None:
        try:
            closed = close_callback(request_id=uuid.UUID(identifier))
        except ValueError as error:
            raise CommandError(f"« {identifier} » n'est pas un identifiant de demande.") from error
        if not closed:
            raise CommandError(f"Aucune demande en attente ne porte l'identifiant {identifier}.")
        self.stdout.write("C'est noté.")

    def _write(self, rows: list[dict[str, str]], form: str) -> None:
        if form == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        elif rows:
            writer = csv.DictWriter(self.stdout, fieldnames=list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)
