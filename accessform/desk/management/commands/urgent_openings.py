"""manage.py urgent_openings: the files that were opened without consent, by whom, when and why."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accessform.handoff.models import UrgentOpening


class Command(BaseCommand):
    """Read it every week where the setting is on; give the right to few accounts, by name."""

    help = "List the files opened without consent; --allow and --refuse give an account the right, or take it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare whose right changes."""
        parser.add_argument("--allow", metavar="ACCOUNT")
        parser.add_argument("--refuse", metavar="ACCOUNT")

    def handle(self, *args: Any, **options: Any) -> None:
        """Change a right, or list."""
        if name := options["allow"] or options["refuse"]:
            user = get_user_model().objects.filter(username=name).first()
            if user is None:
                raise CommandError(f"aucun compte ne s'appelle {name}")
            right = Permission.objects.get(codename="open_without_consent", content_type__app_label="handoff")
            (user.user_permissions.add if options["allow"] else user.user_permissions.remove)(right)
            self.stdout.write(f"{name} : {'peut ouvrir' if options['allow'] else 'ne peut plus ouvrir'} sans accord")
            return
        for row in UrgentOpening.objects.all():
            at = timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M")
            self.stdout.write(f"{at} {row.account}, {row.desk}, {row.place_name} : {row.reason or '(effacée)'}")
