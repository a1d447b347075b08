"""`manage.py corrections`: ask a person for a piece or a correction, list what was asked, withdraw it."""

import argparse
import datetime as dt
import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accessform.journeys.contact import current_service
from accessform.journeys.corrections.folding import answers_in
from accessform.journeys.corrections.reading import current_entries
from accessform.journeys.corrections.requests import Asked, BadRequestToPerson, ask, askable_ids, withdraw
from accessform.journeys.models import CorrectionRequest, RequestKind, Submission
from accessform.journeys.receipt import PARIS


class Command(BaseCommand):
    """What the service asks of people after they have sent."""

    help = "Ask for a missing piece or a correction, list what was asked, or withdraw a request."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        asked = actions.add_parser("ask", help="ask a person for a piece or a correction")
        asked.add_argument("reference")
        asked.add_argument("--kind", choices=RequestKind.values, required=True)
        asked.add_argument("--question", action="append", required=True, metavar="ID", help="repeat for more")
        asked.add_argument("--words", required=True, help="what the person reads, plain text, 1,000 characters at most")
        asked.add_argument("--due", type=_day, metavar="YYYY-MM-DD")
        listed = actions.add_parser("list", help="list what was asked about a submission")
        listed.add_argument("reference")
        taken_back = actions.add_parser("withdraw", help="take a request back")
        taken_back.add_argument("id", type=uuid.UUID)

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['action']}")(options)

    def _ask(self, options: dict[str, Any]) -> None:
        submission = _find(options["reference"])
        unknown = set(options["question"]) - set(askable_ids(submission))
        if unknown:
            known = ", ".join(askable_ids(submission))
            raise CommandError(f"not asked of this person: {', '.join(sorted(unknown))} (asked: {known})")
        service = current_service(submission.journey.version, answers_in(current_entries(submission)))
        asked = Asked(options["kind"], tuple(options["question"]), options["words"], service.name, options["due"])
        try:
            request = ask(submission=submission, asked=asked, key=uuid.uuid4())
        except BadRequestToPerson as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(request.pk))

    def _list(self, options: dict[str, Any]) -> None:
        for row in _find(options["reference"]).correction_requests.order_by("asked_at"):
            moment = row.asked_at.astimezone(PARIS).isoformat(timespec="seconds")
            self.stdout.write(f"{row.pk}  {moment}  {row.kind}  {','.join(row.questions)}  {row.ended or 'open'}")

    def _withdraw(self, options: dict[str, Any]) -> None:
        row = CorrectionRequest.objects.filter(pk=options["id"]).first()
        if row is None or not withdraw(row):
            raise CommandError("no such request is open")
        self.stdout.write("withdrawn")


def _find(reference: str) -> Submission:
    found = Submission.objects.select_related("journey__version__form").filter(reference=reference.strip().upper())
    submission = found.first()
    if submission is None:
        raise CommandError(f"no submission has the reference {reference}")
    return submission


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-03-31") from error
