"""`manage.py purge`: delete what has been kept as long as retention.toml allows."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accessform.trust.retention import purge


class Command(BaseCommand):
    """Run every retention handler once; exits 1 when one of them failed. Safe to run at any time, and twice."""

    help = "Delete what has been kept as long as accessform/trust/retention.toml allows."

    def handle(self, *args: Any, **options: Any) -> None:
        report = purge(timezone.now())
        for name, count in report.deleted.items():
            self.stdout.write(f"{name}: {count}")
        if report.failed:
            raise CommandError(f"not purged: {', '.join(report.failed)}")
