"""manage.py designer NAME: create or reopen an account for the workbench. No account exists until this is run."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand

from accessform.trust.staff.passwords import give_account
from forms_catalog.workbench.access import DESIGNERS


class Command(BaseCommand):
    """The password is asked for, or read from the first line of the input; it never stands on a command line."""

    help = "Create a designer's account, or give an existing one the right and a new password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the name and where the password comes from."""
        parser.add_argument("name")
        parser.add_argument("--password-from-input", action="store_true", help="read it from the first line of stdin")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create or change the account."""
        user, created = give_account(options["name"], from_input=options["password_from_input"])
        user.groups.add(Group.objects.get_or_create(name=DESIGNERS)[0])
        self.stdout.write(f"{options['name']} : {'compte créé' if created else 'mot de passe changé'}")
