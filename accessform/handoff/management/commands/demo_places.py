"""`manage.py demo_places`: a place to try appointments with."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accessform.handoff.services.demonstration import create_demonstration


class Command(BaseCommand):
    """Create the demonstration place with an agenda that never runs out; running it again changes nothing."""

    help = "Crée le lieu de démonstration et son agenda sans fin (refusé en production)."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Les données de démonstration sont refusées en production (ACCESSFORM_MODE).")
        self.stdout.write(f"{create_demonstration().name} : prêt.")
