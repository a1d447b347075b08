"""`manage.py messages`: what an operator does with the outbox."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count

from accessform.messages.doubts import close_doubtful, repeat_doubtful
from accessform.messages.letters import take_letters
from accessform.messages.models import OutboxMessage, State
from accessform.messages.sending import send_due


class Command(BaseCommand):
    """Count, send, print, and decide on what is in doubt."""

    help = "Show how many messages wait or left, send what is due, write letters to print, settle doubtful ones."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("status", help="count messages by channel and state")
        actions.add_parser("send", help="send what is due here and now, without a worker")
        letters = actions.add_parser("letters", help="write the letters that are due as PDF, and mark them sent")
        letters.add_argument("--to", required=True, type=Path, metavar="DIR")
        doubtful = actions.add_parser("doubtful", help="list messages that may have left or not")
        decision = doubtful.add_mutually_exclusive_group()
        decision.add_argument("--send-again", action="store_true", help="send them again, even if one comes twice")
        decision.add_argument("--close", action="store_true", help="never send them again")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['action']}")(options)

    def _status(self, options: dict[str, Any]) -> None:
        counted = OutboxMessage.objects.values("recipient__channel", "state").annotate(count=Count("pk"))
        for row in counted.order_by("recipient__channel", "state"):
            self.stdout.write(f"{row['recipient__channel']:8} {row['state']:10} {row['count']}")

    def _send(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"{send_due()} message(s) sent")

    def _letters(self, options: dict[str, Any]) -> None:
        count = 0
        for file in take_letters(options["to"]):
            self.stdout.write(str(file))
            count += 1
        self.stderr.write(f"{count} letter(s) to print")

    def _doubtful(self, options: dict[str, Any]) -> None:
        if options["send_again"]:
            self.stdout.write(f"{repeat_doubtful()} message(s) due again")
            return
        if options["close"]:
            self.stdout.write(f"{close_doubtful()} message(s) closed")
            return
        for message in OutboxMessage.objects.filter(state=State.DOUBTFUL).order_by("changed_at"):
            self.stdout.write(f"{message.pk} {message.kind} {message.changed_at:%Y-%m-%d %H:%M} {message.last_error}")
