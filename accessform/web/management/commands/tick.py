"""`manage.py tick`: do what is due, once or for ever."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from accessform.web.periodic import run_due_jobs

PAUSE_SECONDS = 5.0


class Command(BaseCommand):
    """Run the periodic jobs of every room."""

    help = "Run the jobs that are due (deliveries, messages, reminders, retention, clean-up); --forever keeps watching."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--forever", action="store_true", help="stay and run each job when it is due")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            close_old_connections()
            run_due_jobs()
            if not options["forever"]:
                return
            time.sleep(PAUSE_SECONDS)
