"""`manage.py rotate_data_keys`: put everything under the newest of ACCESSFORM_DATA_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accessform.trust.rotation import rotate_everything


class Command(BaseCommand):
    """Re-encrypt fields and files, in small writes; run it again after a cut. docs/operations.md tells the steps."""

    help = "Re-encrypt every field and file with the newest of ACCESSFORM_DATA_KEYS. Safe to interrupt and repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        unreadable = 0
        for report in rotate_everything():
            unreadable += report.unreadable
            self.stdout.write(
                f"{report.name}: {report.renewed} renewed, {report.current} current, {report.unreadable} unreadable"
            )
        if unreadable:
            raise CommandError(
                f"{unreadable} values open with none of the data keys: keep the older keys, look for them"
            )
        self.stdout.write("Nothing depends on the older keys any more; they may be removed from ACCESSFORM_DATA_KEYS.")
