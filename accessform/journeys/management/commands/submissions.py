"""`manage.py submissions`: what the service does with what it receives."""

import argparse
import contextlib
import datetime as dt
import uuid
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accessform.journeys import deliveries, export
from accessform.journeys.corrections.reading import sent_corrections
from accessform.journeys.late_documents import late_files
from accessform.journeys.models import Submission, UploadedFile
from accessform.journeys.receipt import PARIS
from accessform.journeys.webhook_receiver import ReceiverServer
from accessform.trust.files import read_file

EXTENSIONS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/heic": ".heic"}


class Command(BaseCommand):
    """Read, fetch, deliver and export submissions, in official wording."""

    help = "Export submissions, show one, fetch its files, send due deliveries, or run a test receiver."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        _add_export(actions)
        show = actions.add_parser("show", help="print one submission as people read it")
        show.add_argument("reference")
        files = actions.add_parser("files", help="decrypt the files of one submission into a folder")
        files.add_argument("reference")
        files.add_argument("--to", required=True, type=Path, metavar="DIR")
        deliver = actions.add_parser("deliver", help="enqueue every delivery that is due")
        deliver.add_argument("--failed", action="store_true", help="first make due again those that were given up")
        deliver.add_argument("--now", action="store_true", help="send here and now, without a worker")
        receive = actions.add_parser("receive", help="listen on this machine, verify, and print what arrives")
        receive.add_argument("--port", type=int, default=9000)
        receive.add_argument("--secret", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['action']}")(options)

    def _export(self, options: dict[str, Any]) -> None:
        found = export.submissions_between(since=options["since"], until=options["until"], form_slug=options["form"])
        write = export.write_json if options["format"] == "json" else export.write_csv
        with self._output(options) as output:
            count = write(found, output)
        self.stderr.write(f"{count} submission(s) exported")

    def _output(self, options: dict[str, Any]) -> contextlib.AbstractContextManager[IO[str]]:
        if options["output"] is None:
            self.stdout.ending = ""
            if options["bom"]:
                self.stdout.write("\ufeff")
            return contextlib.nullcontext(self.stdout)  # type: ignore[arg-type]
        try:
            return export.open_text(options["output"], bom=options["bom"])
        except OSError as error:
            raise CommandError(f"{options['output']}: {error.strerror}") from error

    def _show(self, options: dict[str, Any]) -> None:
        submission = _find(options["reference"])
        document = submission.document
        moment = submission.submitted_at.astimezone(PARIS).isoformat(timespec="seconds")
        self.stdout.write(f"{submission.reference}  {moment}  {submission.form_slug}@{submission.form_version}")
        self.stdout.write(document["form"]["title"])
        for step in document["steps"]:
            self.stdout.write(f"\n{step['number']}. {step['title']}")
            for entry in step["questions"]:
                self._show_entry(entry)
        for file in late_files(submission):
            self.stdout.write(f"\n+ {file.question_id}: {file.pk} {file.name}")
        for sent in sent_corrections(submission):
            self.stdout.write(f"\n+ {export.describe_correction(sent)}")
        for delivery in submission.deliveries.order_by("target"):
            self.stdout.write(
                f"\n→ {delivery.target}: {delivery.state}, {delivery.attempts} attempt(s) {delivery.last_error}"
            )

    def _show_entry(self, entry: dict[str, Any]) -> None:
        self.stdout.write(f"  {entry['number']} {entry['label']}: {entry['printed']}")
        for file in entry.get("files", ()):
            self.stdout.write(f"      {file['id']} {file['name']}")
        for item in entry.get("items", ()):
            self.stdout.write("    –")
            for child in item:
                self._show_entry(child)

    def _files(self, options: dict[str, Any]) -> None:
        submission = _find(options["reference"])
        named = export.file_ids(submission)
        known = {str(row.pk): row for row in UploadedFile.objects.filter(journey_id=submission.journey_id)}
        folder: Path = options["to"]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for file_id in named:
            if file_id not in known:
                raise CommandError(f"{file_id}: this file was erased")
            self.stdout.write(str(_write_clear(folder, known[file_id])))
        self.stderr.write(f"{len(named)} file(s)")

    def _deliver(self, options: dict[str, Any]) -> None:
        if options["failed"]:
            self.stdout.write(f"{deliveries.reopen_failed()} failed delivery(ies) due again")
        if options["now"]:
            sent = sum(deliveries.deliver(delivery_id) for delivery_id in deliveries.due_ids())
            self.stdout.write(f"{sent} delivered")
        else:
            self.stdout.write(f"{deliveries.deliver_due()} enqueued")

    def _receive(self, options: dict[str, Any]) -> None:
        def show(line: str) -> None:
            self.stdout.write(line)
            self.stdout.flush()

        with ReceiverServer(options["port"], secret=options["secret"], show=show) as server:
            show(f"listening on http://127.0.0.1:{server.server_port}/ – Ctrl-C to stop")
            with contextlib.suppress(KeyboardInterrupt):
                server.serve_forever()


def _add_export(actions: "argparse._SubParsersAction[CommandParser]") -> None:
    parser = actions.add_parser("export", help="write submissions as JSON or CSV")
    parser.add_argument("--since", required=True, type=_day, metavar="YYYY-MM-DD", help="first day, in Paris")
    parser.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="last day, included")
    parser.add_argument("--form", metavar="SLUG")
    parser.add_argument("--format", choices=["json", "csv"], default="json")
    parser.add_argument("--output", metavar="FILE", help="a new file, readable by its owner alone; default: print")
    parser.add_argument("--bom", action="store_true", help="start the file with a byte order mark, for Excel")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-03-31") from error


def _find(reference: str) -> Submission:
    try:
        return Submission.objects.get(reference=reference.strip().upper())
    except Submission.DoesNotExist as error:
        raise CommandError(f"no submission has the reference {reference}") from error


def _write_clear(folder: Path, file: UploadedFile) -> Path:
    """Write one file in clear under its id, never under the name that a stranger's device gave it."""
    path = folder / f"{file.question_id}-{file.pk}{EXTENSIONS.get(file.content_type, '.bin')}"
    path.touch(mode=0o600)
    path.write_bytes(read_file(uuid.UUID(str(file.pk))))
    return path
